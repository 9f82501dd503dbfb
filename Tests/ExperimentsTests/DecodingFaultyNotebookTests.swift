import Diagnostics
import Experiments
import FoundationEssentials
import Testing

/// `Tests/Fixtures/faulty`: notebooks with faults, and what `lint` must say of them.
///
/// `NAME.expected` holds one `line:column: severity[id]: message` per fault. A line that begins
/// with `plan ` belongs to a later stage (data, shapes, expressions), which this test cannot see.
/// `GOLDEN=all` writes what this stage says anew.
struct DecodingFaultyNotebookTests {
  static let names = (try? LanguageFixtures.names(in: "faulty", ending: ".md")) ?? []

  private static var isWriting: Bool { ProcessInfo.processInfo.environment["GOLDEN"] == "all" }

  @Test func thereAreAtLeastThirty() {
    #expect(Self.names.count >= 30)
  }

  @Test(arguments: names)
  func everyFaultIsNamedAtItsPlace(_ name: String) throws {
    let stem = String(name.dropLast(3))
    let result = decode(try LanguageFixtures.read("faulty/" + name), path: name)
    let actual = result.diagnostics.map { $0.line(in: name) }.joined()
    let file = "faulty/\(stem).expected"
    let lines = ((try? LanguageFixtures.read(file)) ?? "").split(separator: "\n")
    let planned = lines.filter { $0.hasPrefix("plan ") }
    if Self.isWriting {
      let text = actual + planned.map { $0 + "\n" }.joined()
      try Data(text.utf8).write(to: URL(filePath: LanguageFixtures.path(file)))
      return
    }
    let expected = lines.filter { !$0.hasPrefix("plan ") }.map { $0 + "\n" }.joined()
    #expect(actual == expected)
    #expect(!lines.isEmpty, "a faulty notebook has at least one fault")
  }
}
