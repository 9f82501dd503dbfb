import Foundation
import Testing

/// A Markdown file of numbered examples, each an input and what is expected of it.
///
/// The form is that of CommonMark's own specification: a fence of 32 backticks whose info string
/// begins `example`, the input, a line with a single dot, the expectation. What an editor would
/// not show is written with a visible stand-in (``visible``).
struct SpecificationByExample {
  struct Example: Sendable, CustomTestStringConvertible {
    let number: Int
    /// The words after `example`.
    let mode: String
    let line: Int
    let section: String
    let input: String
    let expected: String

    var testDescription: String { "example \(number) (line \(line)): \(section)" }
  }

  static let fence = String(repeating: "`", count: 32)

  /// Stand-ins and what they stand for.
  static let visible: [(mark: String, meaning: String)] = [
    ("→", "\t"), ("␠", " "), ("␍", "\r"), ("␀", "\0"), ("‹BOM›", "\u{FEFF}"), ("∎\n", ""),
  ]

  let path: URL
  let examples: [Example]

  init(path: URL) throws {
    self.path = path
    let text = try String(contentsOf: path, encoding: .utf8)
    var examples: [Example] = []
    var section = ""
    var open: (mode: String, line: Int)?
    var parts: [[String]] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let example = open {
        if line == Self.fence {
          let texts = (parts + [[], []]).prefix(2).map { $0.map { $0 + "\n" }.joined() }
          examples.append(
            Example(
              number: examples.count + 1, mode: example.mode, line: example.line, section: section,
              input: Self.decoded(texts[0]), expected: Self.decoded(texts[1])))
          open = nil
        } else if line == ".", parts.count == 1 {
          parts.append([])
        } else {
          parts[parts.count - 1].append(String(line))
        }
      } else if line.hasPrefix(Self.fence + " example") {
        let mode = line.dropFirst(Self.fence.count + " example".count)
        open = (String(mode.drop { $0 == " " }), number + 1)
        parts = [[]]
      } else if line.hasPrefix("#") {
        section = String(line.drop { $0 == "#" || $0 == " " })
      }
    }
    self.examples = examples
  }

  static func decoded(_ text: String) -> String {
    visible.reduce(text) { $0.replacingOccurrences(of: $1.mark, with: $1.meaning) }
  }

  /// Writes a text the way an example holds it.
  static func encoded(_ text: String) -> String {
    var text = text
    for (mark, meaning) in visible where mark != "␠" && !meaning.isEmpty {
      text = text.replacingOccurrences(of: meaning, with: mark)
    }
    text = text.replacingOccurrences(of: " \n", with: "␠\n")
    return text.isEmpty || text.hasSuffix("\n") ? text : text + "∎\n"
  }

  /// Rewrites the file with other expectations, in the order of the examples.
  func record(_ expectations: [String]) throws {
    var lines: [Substring] = []
    var index = 0
    var isExpectation = false
    var isExample = false
    let text = try String(contentsOf: path, encoding: .utf8)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(Self.fence + " example") { isExample = true }
      if line == Self.fence {
        if isExpectation {
          lines += Self.encoded(expectations[index]).split(
            separator: "\n", omittingEmptySubsequences: false
          ).dropLast()
          index += 1
        }
        (isExample, isExpectation) = (false, false)
      }
      if !isExpectation { lines.append(line) }
      if isExample, line == "." { isExpectation = true }
    }
    try lines.joined(separator: "\n").write(to: path, atomically: true, encoding: .utf8)
  }
}

/// Places that tests read from.
enum TestFiles {
  /// `Tests/Fixtures/notebooks` of the package.
  static let fixtures = root.appending(path: "Tests/Fixtures/notebooks")

  /// The folder of the package.
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the folder `shared` that lies beside the package or beside a folder above it.
  static func shared(_ path: String) -> URL? {
    var folder = root
    while folder.path() != "/" {
      folder = folder.deletingLastPathComponent()
      let file = folder.appending(path: "shared/\(path)")
      if FileManager.default.fileExists(atPath: file.path()) { return file }
    }
    return nil
  }
}
