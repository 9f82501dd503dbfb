import Diagnostics
import Experiments
import FoundationEssentials
import Testing

/// `Tests/Fixtures/language/spec.md`: every rule of the language by example.
///
/// An example is a fence `~~~~~ notebook`, perhaps fences `~~~~~ file PATH` with notebooks that it
/// uses, and a fence `~~~~~ expect` with the diagnostics and the dump. `GOLDEN=all` writes what is
/// expected anew.
struct LanguageSpecificationTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let number: Int
    let section: String
    let line: Int
    var notebook = ""
    var parameters: [ParameterOverride] = []
    var profile: String?
    var files: [String: String] = [:]
    var expected = ""
    /// Lines of the `expect` fence's content.
    var expectedLines = 0..<0

    var testDescription: String { "\(number) (line \(line), \(section))" }

    var actual: String {
      let result = decode(notebook, parameters: parameters, profile: profile, files: files)
      return result.diagnostics.map { $0.line() }.joined() + result.notebook.dump
    }
  }

  static let examples: [Example] = {
    guard let text = try? LanguageFixtures.read("language/spec.md") else { return [] }
    return examples(in: text)
  }()

  @Test func thereAreExamplesOfEveryRule() {
    #expect(Self.examples.count >= 60)
  }

  @Test(arguments: examples)
  func exampleHolds(_ example: Example) {
    if ProcessInfo.processInfo.environment["GOLDEN"] == "all" { return }
    #expect(example.actual == example.expected)
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["GOLDEN"] == "all"))
  func writesExpectationsAnew() throws {
    var lines = try LanguageFixtures.read("language/spec.md")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for example in Self.examples.reversed() {
      let actual = example.actual.split(separator: "\n", omittingEmptySubsequences: false)
      lines.replaceSubrange(example.expectedLines, with: actual.dropLast().map(String.init))
    }
    try Data(lines.joined(separator: "\n").utf8)
      .write(to: URL(filePath: LanguageFixtures.path("language/spec.md")))
  }

  /// Cuts the examples out of the specification.
  static func examples(in text: String) -> [Example] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var examples: [Example] = []
    var section = ""
    var current: Example?
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if line.hasPrefix("#") { section = String(line.drop { $0 == "#" || $0 == " " }) }
      guard line.hasPrefix("~~~~~ ") else {
        index += 1
        continue
      }
      let words = line.dropFirst(6).split(separator: " ").map(String.init)
      let start = index + 1
      var end = start
      while end < lines.count, lines[end] != "~~~~~" { end += 1 }
      let body = lines[start..<end].map { $0 + "\n" }.joined()
      switch words.first {
      case "notebook":
        var example = Example(number: examples.count + 1, section: section, line: start)
        example.notebook = body.replacing("␉", with: "\t")
        for word in words.dropFirst() {
          let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
          if parts.count == 2, parts[0] == "--profile" { example.profile = parts[1] }
          if parts.count == 2, parts[0].hasPrefix("-P") {
            example.parameters.append(
              ParameterOverride(name: String(parts[0].dropFirst(2)), text: parts[1]))
          }
        }
        current = example
      case "file": current?.files[words.last ?? ""] = body
      default:
        if var example = current {
          example.expected = body
          example.expectedLines = start..<end
          examples.append(example)
        }
        current = nil
      }
      index = end + 1
    }
    return examples
  }
}
