import Diagnostics
import Foundation
import Notebooks
import TestSupport
import Testing

/// Documents without blocks and inlines give exactly what libcmark gives.
@Suite struct CommonmarkConformanceTests {
  /// Markdown and HTML of the examples of the CommonMark specification, when it is at hand.
  static let examples: [(markdown: String, html: String)]? = {
    guard let file = TestFiles.shared("commonmark/spec-0.30.txt"),
      let text = try? String(contentsOf: file, encoding: .utf8)
    else { return nil }
    let fence = String(repeating: "`", count: 32)
    var examples: [(String, String)] = []
    var parts: [String]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == fence + " example" {
        parts = [""]
      } else if line == fence, let both = parts, both.count == 2 {
        examples.append(
          (
            both[0].replacingOccurrences(of: "→", with: "\t"),
            both[1].replacingOccurrences(of: "→", with: "\t")
          ))
        parts = nil
      } else if line == ".", parts?.count == 1 {
        parts?.append("")
      } else if let last = parts?.indices.last {
        parts?[last] += line + "\n"
      }
    }
    return examples
  }()

  /// The command that libcmark's package brings along.
  static let command = ["/usr/bin/cmark", "/usr/local/bin/cmark"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(.enabled(if: examples != nil, "the CommonMark specification is not beside the package"))
  func specificationExamplesRenderAsSpecified() throws {
    let examples = try #require(Self.examples)
    #expect(examples.count == 652)
    for (number, example) in examples.enumerated() {
      #expect(
        html(example.markdown, allowHTML: true) == example.html, "example \(number + 1)")
      #expect(NotebookLaws.violation(example.markdown) == nil, "example \(number + 1)")
    }
  }

  @Test(
    .enabled(
      if: examples != nil && command != nil, "the specification or the cmark command is missing"))
  func safePagesAreThoseOfTheCommand() throws {
    let examples = try #require(Self.examples)
    for (number, example) in examples.enumerated() {
      let expected = try cmark(example.markdown, [])
      #expect(html(example.markdown, allowHTML: false) == expected, "example \(number + 1)")
    }
  }

  @Test(.enabled(if: command != nil, "the cmark command is missing"))
  func documentsOfTheProjectRenderAsTheCommandDoes() throws {
    let documents = ["README.md", "CONTRIBUTING.md", "NUMERICS.md"]
      .map { TestFiles.root.appending(path: $0) }
    for document in documents where FileManager.default.fileExists(atPath: document.path()) {
      let text = try String(contentsOf: document, encoding: .utf8)
      #expect(html(text, allowHTML: true) == (try cmark(text, ["--unsafe"])))
      #expect(html(text, allowHTML: false) == (try cmark(text, [])))
    }
  }

  private func html(_ markdown: String, allowHTML: Bool) -> String {
    Notebook.parse(SourceFile(path: "n.md", text: markdown)).notebook
      .html(allowHTML: allowHTML, block: { _ in nil }, inline: { _ in nil }, anchors: [])
  }

  private func cmark(_ markdown: String, _ arguments: [String]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".md")
    try Data(markdown.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let command = Command(path: try #require(Self.command))
    let folder = file.deletingLastPathComponent()
    return try command.run(arguments + [file.path()], in: folder).output
  }
}
