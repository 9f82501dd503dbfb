import Diagnostics
import Foundation
import Testing

@Suite struct DiagnosticGuideTests {
  @Test func explainsEveryIdentifierOfTheSources() throws {
    guard let sources = try SourceLiterals() else { return }
    #expect(sources.identifiers.subtracting(DiagnosticGuide.identifiers).sorted() == [])
  }

  @Test func explainsNothingThatNoSourceUses() throws {
    guard let sources = try SourceLiterals() else { return }
    #expect(Set(DiagnosticGuide.identifiers).subtracting(sources.identifiers).sorted() == [])
  }

  @Test func identifiersAreSortedAndExplainedOnce() {
    let identifiers = DiagnosticGuide.identifiers
    #expect(!identifiers.isEmpty)
    #expect(zip(identifiers, identifiers.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func unknownIdentifiersHaveNoText() {
    #expect(DiagnosticGuide.text(about: "experiment.no-such-rule") == nil)
    #expect(DiagnosticGuide.text(about: "") == nil)
  }

  @Test func textsAreAHeadlineABlankLineAndParagraphsWithin80Columns() throws {
    for id in DiagnosticGuide.identifiers {
      let text = try #require(DiagnosticGuide.text(about: id))
      #expect(text.hasPrefix("\(id): "))
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"), "\(id)")
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let end = try #require(lines.firstIndex(of: ""), "\(id)")
      #expect(!lines[end - 1].hasSuffix("."), "the headline of \(id) has no full stop")
      #expect(end + 1 < lines.count && !lines[end + 1].isEmpty, "\(id)")
      #expect(lines.filter { $0.displayWidth > 80 || $0.hasSuffix(" ") } == [])
      #expect(!text.contains("\n\n\n"), "\(id)")
    }
  }
}

/// Identifiers of diagnostics among the string literals of the sources, the guide's own left out.
private struct SourceLiterals {
  private(set) var identifiers: Set<String> = []

  /// Families that the guide has; literals of others are paths of fields and names of files.
  private let families = Set(DiagnosticGuide.identifiers.compactMap { Self.family(of: $0) })

  /// Nil where the tests run without the sources.
  init?() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("Sources")
    guard let paths = FileManager.default.enumerator(atPath: folder.path) else { return nil }
    for case let path as String in paths
    where path.hasSuffix(".swift") && !path.hasPrefix("Diagnostics/Guide/") {
      let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      collect(text)
    }
    if identifiers.isEmpty { return nil }
  }

  private mutating func collect(_ text: String) {
    // What stands between any two quotation marks: literals, and code, which has not their form.
    let pieces = text.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
      .map { Substring($0) }
    for (index, piece) in pieces.enumerated() where Self.isIdentifier(piece) {
      let before = index > 0 ? pieces[index - 1] : ""
      let isFirstArgument = ["Diagnostic(", ".error, ", ".warning, ", ".note, "].contains {
        Self.withoutSpace(before).hasSuffix(Self.withoutSpace(Substring($0)))
      }
      let family = piece.prefix { $0 != "." }
      if isFirstArgument || families.contains(String(family)), !Self.isFile(piece) {
        identifiers.insert(String(piece))
      }
    }
    // `"family.\(name)"`: the names are the hyphenated literals of the same file.
    for piece in pieces {
      guard let dot = piece.firstIndex(of: "."), piece[dot...].hasPrefix(".\\("),
        families.contains(String(piece[..<dot]))
      else { continue }
      for name in pieces where Self.isWord(name) && name.contains("-") {
        identifiers.insert("\(piece[..<dot]).\(name)")
      }
    }
  }

  private static func family(of id: String) -> String? {
    id.split(separator: ".").first.map(String.init)
  }

  private static func withoutSpace(_ text: Substring) -> String {
    String(text.suffix(80).filter { !$0.isWhitespace })
  }

  private static func isFile(_ text: Substring) -> Bool {
    ["css", "csv", "html", "json", "md", "yaml"].contains { text.hasSuffix(".\($0)") }
  }

  private static func isIdentifier(_ text: Substring) -> Bool {
    guard text.utf8.count < 100 else { return false }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy(isWord)
  }

  /// Lower-case letters and digits, a letter first, with single inner hyphens.
  private static func isWord(_ text: Substring) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard text.utf8.count < 100, let first = text.utf8.first, letters ~= first else { return false }
    return text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { letters ~= $0 || digits ~= $0 }
    }
  }
}
