import Diagnostics
import Foundation
import Notebooks
import Testing

/// Whatever the text, nothing traps, nothing hangs, and the laws hold.
@Suite struct NotebookFuzzTests {
  private static let tokens = [
    "```experiment a\n", "```experiment b\n", "~~~ yaml experiment c\n", "```\n", "~~~\n", "````\n",
    "`", "``",
    "`{= a }`", "`{=", "}`", "[](#a)", "[](#b", "[", "]", "](#a)", "](u)", "![", "<!--=-->",
    "<!--= a -->",
    "<!--=", "-->", "<!-- assay:a 00 -->\n", "<!-- assay:b 01 -->\n", "<!-- /assay -->\n", "<!--",
    "---\n",
    "title: x\n", "- ", "  ", "    ", "> ", "1. ", "\t", "\n", "\n\n", "\r\n", "\r", "\\", "text ",
    "中文", "# ",
    "===\n", "<div>\n", "<a b='", "\"", "'", ">", "<", "(", ")", "[a]: /u\n", "\0", "\u{FEFF}", "*",
    "_", "&amp;",
    "`1`<!--= a -->", "[t](#a)<!--=-->",
  ]

  /// Texts to start from: every document of the specification by example.
  private static let seeds: [String] = {
    let path = TestFiles.fixtures.appending(path: "spec.md")
    return ((try? SpecificationByExample(path: path))?.examples.map(\.input) ?? []).filter {
      $0.utf8.count < 2000
    }
  }()

  #if DEBUG
    private static let base = 300
  #else
    private static let base = 1500
  #endif

  /// How many texts each test tries; `FUZZ=n` multiplies it.
  private static let effort =
    base * (ProcessInfo.processInfo.environment["FUZZ"].flatMap(Int.init) ?? 1)

  @Test func tokenSoupObeysLaws() {
    for seed in 0..<Self.effort {
      var random = SeededGenerator(seed: UInt64(seed))
      let count = Int.random(in: 1...24, using: &random)
      let text = (0..<count).map { _ in random.pick(Self.tokens) }.joined()
      expectLaws(text, "token seed \(seed)")
    }
  }

  @Test func mutatedDocumentsObeyLaws() {
    for seed in 0..<Self.effort {
      var random = SeededGenerator(seed: 1_000_000_007 &+ UInt64(seed))
      var bytes = Array(random.pick(Self.seeds).utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
      expectLaws(String(decoding: bytes, as: UTF8.self), "mutation seed \(seed)")
    }
  }

  @Test func mutatedRenderedDocumentsObeyLaws() {
    for seed in 0..<Self.effort / 3 {
      var random = SeededGenerator(seed: 77_000_000 &+ UInt64(seed))
      var generator = NotebookGenerator(seed: random.next())
      let notebook = Notebook.parse(SourceFile(path: "n.md", text: generator.notebook())).notebook
      let woven = notebook.woven(
        region: SampleResults.nastyRegion, inline: SampleResults.nastyInline)
      var bytes = Array(woven.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
      expectLaws(String(decoding: bytes, as: UTF8.self), "rendered seed \(seed)")
    }
  }

  private func expectLaws(_ text: String, _ seed: String) {
    let violation = NotebookLaws.violation(text)
    #expect(violation == nil, "\(seed): \(text.debugDescription)")
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.insert(contentsOf: Array(random.pick(Self.tokens).utf8), at: place)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.replaceSubrange(place..<end, with: Array(random.pick(Self.tokens).utf8))
    case 3:
      bytes.insert(
        contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
    default:
      if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
    }
  }
}
