import Foundation
import TestSupport
import Testing

/// The laws of design §3 on the command: the same bytes each time, and a rendered document is a
/// notebook.
@Suite struct RepeatedRenderTests {
  private static let notebook = SampleNotebook.regression(
    prose: "Ends with two spaces.  \n\tTabs too.")

  @Test func renderingTwiceWritesTheSameBytes() throws {
    let project = try TestProject(["notebooks/a.md": Self.notebook])
    #expect(try project.assay("render").status == 0)
    let first = try project.outputs()
    #expect(first.keys.sorted() == ["a.html", "a.ledger.json", "a.md"])
    #expect(try project.assay("render").status == 0)
    #expect(differences(first, try project.outputs()) == [])
    try FileManager.default.removeItem(at: project.folder.url("output"))
    #expect(try project.assay("render").status == 0)
    #expect(differences(first, try project.outputs()) == [])
  }

  @Test func renderingARenderedDocumentGivesTheSameDocuments() throws {
    let project = try TestProject(["notebooks/x/a.md": Self.notebook])
    #expect(try project.assay("render").status == 0)
    let first = try project.outputs()
    #expect(first.keys.sorted() == ["x/a.html", "x/a.ledger.json", "x/a.md"])
    let again = try project.assay("render", "output/x/a.md", "-o", "elsewhere")
    #expect(again.status == 0, "\(again.description)")
    #expect(
      differences(first, try project.outputs(in: "elsewhere")).filter { $0.hasSuffix("md") } == [])
    #expect(differences(first, try project.outputs(in: "elsewhere")) == [])
    let over = try project.assay("render", "output")
    #expect(over.status == 0, "\(over.description)")
    #expect(differences(first, try project.outputs()) == [])
  }

  @Test(arguments: ["\n", "\r\n"])
  func renderingInPlaceIsIdempotentAndTheSourceComesBack(_ lineEnd: String) throws {
    let source = Self.notebook.replacingOccurrences(of: "\n", with: lineEnd)
    let project = try TestProject(["a.md": source])
    let first = try project.assay("render", "--in-place", "a.md")
    #expect(first.status == 0, "\(first.description)")
    let once = try project.folder.text("a.md")
    #expect(once != source)
    #expect(Self.withoutGenerated(once, source: source) == source)
    #expect(try project.assay("render", "--in-place", "a.md").status == 0)
    #expect(try project.folder.text("a.md") == once)
    #expect(!project.folder.exists("output/a.html"))
  }

  @Test func aPublishedDocumentIsTheNotebookRenderedInPlace() throws {
    let project = try TestProject(["notebooks/a.md": Self.notebook])
    #expect(try project.assay("render").status == 0)
    #expect(try project.assay("render", "--in-place").status == 0)
    #expect(
      try project.folder.bytes("notebooks/a.md") == project.folder.bytes("output/a.md"))
  }

  @Test func theWorkingFolderTheClockAndTheLocaleAreNotInTheOutput() throws {
    let here = try TestProject(["notebooks/a.md": Self.notebook], name: "distinctive")
    #expect(try here.assay("render").status == 0)
    let first = try here.outputs()
    let there = try TestProject(["notebooks/a.md": Self.notebook], name: "elsewhere")
    let status = try there.assay(
      "render", "a.md", "--to", "md,html", in: "notebooks",
      environment: [
        "LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo", "HOME": "/nowhere", "LANG": "tr_TR",
      ]
    ).status
    #expect(status == 0)
    #expect(differences(first, try there.outputs()) == [])

    let host = ProcessInfo.processInfo.hostName
    for (name, bytes) in first {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains(here.folder.url.path), "\(name) holds its own path")
      #expect(!text.contains("distinctive"), "\(name) holds its own path")
      #expect(!text.contains("/tmp/"), "\(name) holds an absolute path")
      // One that is a plain word may be a word of the text.
      if host.count > 3, host.contains(where: { $0 == "." || $0.isNumber }) {
        #expect(!text.contains(host), "\(name) holds the host's name")
      }
      let year = Calendar(identifier: .gregorian).component(.year, from: Date())
      #expect(!text.contains("\(year)-"), "\(name) holds a date")
    }
  }

  @Test func aProfileAndAParameterNeverReplaceThePublishedDocument() throws {
    let text = Self.notebook.replacingOccurrences(
      of: "seed: 3", with: "seed: 3\nparams: {size: 10}"
    )
    .replacingOccurrences(of: "batch_size: 10", with: "batch_size: $size")
    .replacingOccurrences(
      of: "caption: A small run", with: "profiles: {smoke: {train: {epochs: 1}}}")
    let project = try TestProject(["notebooks/a.md": text])
    #expect(try project.assay("render").status == 0)
    let first = try project.outputs()
    #expect(try project.assay("render", "--profile", "smoke").status == 0)
    #expect(try project.assay("render", "-P", "size=5").status == 0)
    let then = try project.outputs()
    #expect(differences(first, then).count == 6)
    for name in first.keys { #expect(first[name] == then[name]) }
    #expect(then["a.smoke.md"] != nil)
    #expect(then["a.smoke.md"] != first["a.md"])
  }

  /// Takes away what `render` put in, without the program's own parser: regions by their markers,
  /// inlines by the comment that follows them.
  private static func withoutGenerated(_ document: String, source: String) -> String {
    let end = source.contains("\r\n") ? "\r\n" : "\n"
    var lines: [String] = []
    var isInside = false
    for line in document.components(separatedBy: end) {
      if line.hasPrefix("<!-- assay:") { isInside = true }
      if !isInside { lines.append(line) }
      if line == "<!-- /assay -->" { isInside = false }
    }
    var text = lines.joined(separator: end)
    let value = /`[^`]*`<!--=( ?[^>]*?)-->/
    text = text.replacing(value) { "`{=\($0.output.1)}`" }
    return text.replacing(/\[[^\]]*\](\([^)]*\))<!--=-->/) { "[]\($0.output.1)" }
  }
}
