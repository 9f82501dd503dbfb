import Foundation
import TestSupport
import Testing

/// Names and words from notebooks and data stay text: in Markdown, on the page, on the terminal.
@Suite struct HostileTextTests {
  static let words = [
    "a|b", "<!-- /assay -->", "<!-- assay:fit 000000000000 -->", "--><script>alert(1)</script>",
    "`tick`", "\u{1B}[31mred", "\u{202E}reversed", "line\nbreak", "**bold**",
    "</td></table><img src=x onerror=alert(1)>", "{{title}}", "{{{body}}}", "$x$",
    "[l](javascript:x)",
    "&lt;", "\\|", "```", "```experiment evil", "{= fit.test.accuracy }", "\t", " ", "#", "|---|",
  ]

  @Test(arguments: words.filter { !$0.allSatisfy(\.isWhitespace) })
  func aClassNameIsInert(_ word: String) throws {
    let quoted = "\"" + word.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.table(),
      "data/table.csv": SampleNotebook.rows(classes: [quoted, "plain"]),
    ])
    let outcome = try project.assay("render")
    #expect(outcome.status == 0, "\(outcome.description)")
    try Self.checkDocuments(project)
  }

  @Test(arguments: words)
  func aColumnNameIsInert(_ word: String) throws {
    let quoted = "\"" + word.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    let rows = SampleNotebook.rows().replacingOccurrences(of: "x,y,kind", with: "x,\(quoted),kind")
    for columns in ["label: kind", "label: missing", "label: kind, features: [x, nowhere]"] {
      let project = try TestProject([
        "notebooks/a.md": SampleNotebook.table(columns: columns), "data/table.csv": rows,
      ])
      let outcome = try project.assay("render")
      #expect(outcome.status == (columns == "label: kind" ? 0 : 4), "\(outcome.description)")
      Self.checkTerminal(outcome)
      if outcome.status == 0 { try Self.checkDocuments(project) }
    }
  }

  @Test(
    arguments: words.filter { !$0.unicodeScalars.contains { $0.value < 32 || $0 == "\u{202E}" } })
  func aCaptionAndATitleAreInert(_ word: String) throws {
    let caption = "'see \(word) here'"
    let text = SampleNotebook.regression(caption: caption)
      .replacingOccurrences(of: "title: A small notebook", with: "title: \(caption)")
    let project = try TestProject(["notebooks/a.md": text])
    let outcome = try project.assay("render")
    // What cannot be a caption must be said; what is accepted must be harmless.
    #expect([0, 4].contains(outcome.status), "\(outcome.description)")
    Self.checkTerminal(outcome)
    if outcome.status == 0 { try Self.checkDocuments(project) }
  }

  /// Linux takes any bytes as the name of a file.
  @Test func aFileWhoseNameIsNotUTF8IsSaidAndNothingOfItsFolderIsRead() throws {
    for (labels, name) in [
      ("none", [0x61, 0xFF, 0x2E]), ("folder", [0xC3, 0x28]), ("none", [0xED, 0xA0, 0x80]),
    ] as [(String, [UInt8])] {
      let project = try TestProject([
        "notebooks/a.md": """
        ```experiment texts
        dataset: {text: data/f, labels: \(labels)}
        ```

        """,
        "data/f/a/1.txt": "A text.\n", "data/f/b/2.txt": "Another text.\n",
      ])
      let folder = labels == "none" ? "data/f/a/" : "data/f/"
      let path = Array(project.folder.url(folder).path.utf8) + [0x2F] + name + [0]
      let descriptor = path.withUnsafeBufferPointer { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          $0.baseAddress.map { open($0, O_CREAT | O_WRONLY, 0o644) } ?? -1
        }
      }
      try #require(descriptor >= 0, "the file system refuses the name")
      close(descriptor)
      for verb in ["lint", "plan", "render", "check"] {
        let outcome = try project.assay(verb)
        #expect(outcome.status == 4, "\(verb): \(outcome.description)")
        let told = outcome.output + outcome.errors
        #expect(told.contains("error[data.unreadable]") && told.contains("not UTF-8"), "\(told)")
        Self.checkTerminal(outcome)
      }
      #expect(try project.outputs().isEmpty)
    }
  }

  @Test func escapesInAnyPartOfANotebookReachNoTerminal() throws {
    let evil = "\u{1B}]0;owned\u{7}\u{202E}"
    let project = try TestProject([
      "notebooks/a.md": """
      ---
      \(evil): x
      title: \(evil)
      ---

      ```experiment \(evil)
      \(evil): \(evil)
      ```

      ```experiment ok
      model: {sequential: [\(evil)]}
      caption: "\(evil)"
      ```

      `{= \(evil).x }` [](#\(evil))

      """
    ])
    for arguments in [["lint"], ["plan"], ["render"], ["lint", "--format", "json"]] {
      let outcome = try Command.assay().run(arguments, in: project.folder.url)
      #expect(outcome.status == 4)
      Self.checkTerminal(outcome)
    }
    for word in [evil, "a.md#" + evil, evil + ".md"] {
      for verb in ["explain", "lint"] {
        Self.checkTerminal(try project.assay(verb, word))
      }
    }
    Self.checkTerminal(try project.assay("render", "-P", evil + "=" + evil))
    Self.checkTerminal(try project.assay("render", "--profile", evil))
    Self.checkTerminal(try project.assay("render", "-o", evil, environment: ["ASSAY_ISA": evil]))
  }

  @Test(arguments: ["{{{prose}}} {{> page}} {{#x}}", "{{=<% %>=}}", "{{/page}}"])
  func proseIsNoTemplate(_ prose: String) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression(prose: prose)])
    #expect(try project.assay("render").status == 0)
    #expect(try project.folder.text("output/a.md").contains(prose))
    let page = try project.folder.text("output/a.html")
    #expect(
      page.contains(
        prose.replacingOccurrences(of: ">", with: "&gt;")
          .replacingOccurrences(of: "<", with: "&lt;")))
    try Self.checkDocuments(project)
  }

  /// No control characters but line feeds and tabs on the way to a terminal.
  private static func checkTerminal(_ outcome: Command.Outcome) {
    for text in [outcome.output, outcome.errors] {
      let bad = text.unicodeScalars.first {
        ($0.value < 32 && $0 != "\n" && $0 != "\t") || (0x7F...0x9F).contains($0.value)
          || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
      }
      #expect(bad == nil, "U+\(String(bad?.value ?? 0, radix: 16)) in \(text.debugDescription)")
    }
  }

  /// The document is still the notebook it came from, and the page holds no foreign element.
  private static func checkDocuments(_ project: TestProject) throws {
    let document = try project.folder.text("output/a.md")
    let source = try project.folder.text("notebooks/a.md")
    let page = try project.folder.text("output/a.html")
    let regions = document.components(separatedBy: "\n<!-- /assay -->\n").count - 1
    #expect(regions == source.components(separatedBy: "\n```experiment ").count - 1)
    let again = try project.assay(
      "render", "output/a.md", "--to", "md", "-o", project.folder.url("again").path)
    #expect(again.status == 0, "\(again.description)")
    #expect(try project.folder.text("again/a.md") == document)

    var columns: Int?
    for line in document.components(separatedBy: "\n") {
      guard line.hasPrefix("|") else {
        columns = nil
        continue
      }
      let bars = line.replacingOccurrences(of: "\\\\", with: "").replacingOccurrences(
        of: "\\|", with: ""
      ).count { $0 == "|" }
      #expect(columns == nil || columns == bars, "\(line)")
      columns = bars
    }
    for tag in ["<script", "<img", "<iframe", "onerror=alert(1)>", "href=\"javascript"] {
      #expect(!page.contains(tag), "the page holds \(tag)")
    }
    for text in [document, page] {
      let bad = text.unicodeScalars.first {
        ($0.value < 32 && $0 != "\n") || $0.value == 0x7F || (0x202A...0x202E).contains($0.value)
      }
      #expect(bad == nil, "U+\(String(bad?.value ?? 0, radix: 16)) in a document")
    }
  }
}
