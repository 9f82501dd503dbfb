import Diagnostics
import Foundation
import Notebooks
import Testing

/// `Tests/Fixtures/notebooks/spec.md`: the notebook format, by example.
///
/// `GOLDEN=all swift test --filter NotebookSpecification` rewrites the expectations; read the
/// difference before committing it.
@Suite struct NotebookSpecificationTests {
  static let specification = Result {
    try SpecificationByExample(path: TestFiles.fixtures.appending(path: "spec.md"))
  }
  static var examples: [SpecificationByExample.Example] {
    (try? specification.get().examples) ?? []
  }

  @Test func specificationHoldsExamples() throws {
    let specification = try Self.specification.get()
    #expect(specification.examples.count > 50)
    if ProcessInfo.processInfo.environment["GOLDEN"] == "all" {
      try specification.record(specification.examples.map(Self.actual))
      Issue.record("expectations were rewritten; run again without GOLDEN")
    }
  }

  @Test(arguments: examples)
  func exampleHolds(_ example: SpecificationByExample.Example) {
    let actual = Self.actual(example)
    #expect(
      actual == example.expected,
      "\(example.testDescription), got:\n\(SpecificationByExample.encoded(actual))")
  }

  /// Every example, whatever it shows, also obeys the laws.
  @Test(arguments: examples)
  func exampleObeysLaws(_ example: SpecificationByExample.Example) {
    #expect(NotebookLaws.violation(example.input) == nil)
  }

  private static func actual(_ example: SpecificationByExample.Example) -> String {
    let file = SourceFile(path: "n.md", text: example.input)
    let (notebook, diagnostics) = Notebook.parse(file)
    switch example.mode {
    case "source": return notebook.source
    case "woven": return notebook.woven(region: SampleResults.region, inline: SampleResults.inline)
    case "html", "safe html":
      let targets = notebook.inlines.compactMap {
        if case .reference(let target) = $0.kind { target.text } else { nil }
      }
      return notebook.html(
        allowHTML: example.mode == "html",
        block: { "<figure id=\"\($0.name)\"></figure>" },
        inline: { inline in
          if case .reference(let target) = inline.kind {
            return "<a href=\"#\(target.text)\">Figure 1</a>"
          }
          return "<b>42</b>"
        }, anchors: Set(targets))
    default:
      return notebook.dump + diagnostics.map(summary).joined()
    }
  }

  private static func summary(_ diagnostic: Diagnostic) -> String {
    var text = "\(diagnostic.severity.rawValue)[\(diagnostic.id)]"
    if let range = diagnostic.range {
      text +=
        " \(range.start.line):\(range.start.column) \"\(range.text.escapingControlCharacters)\""
    }
    text += " \(diagnostic.message)\n"
    for note in diagnostic.notes {
      if let start = note.range?.start {
        text += "  note \(start.line):\(start.column) \(note.message)\n"
      }
    }
    return text
  }
}
