import Diagnostics
import Experiments
import Testing

/// Damaged notebooks: decoding says what is wrong with them, and never traps or hangs.
struct DecodingFuzzTests {
  static let seed: UInt64 = 8_118_205

  private static let corpus: [String] =
    LanguageSpecificationTests.examples.map(\.notebook)
    + DecodingFaultyNotebookTests.names.compactMap { try? LanguageFixtures.read("faulty/" + $0) }

  private static let tokens: [String] = [
    ":", ": ", "- ", "{", "}", "[", "]", ",", "\"", "'", "#", "&a", "*a", "!x", "|", ">", "? ",
    "<<",
    "---", "\n", "\t", "  ", "：", "，", "“", "”", "｛", "\u{3000}", "\u{A0}", "\u{2028}", "\u{85}",
    "\u{FEFF}", "\0", "\r", "$", "$x", "1e999", "-1", "%", "like: ", "train: ", "model: ", "over: ",
    "base: ", "none", "```", "~~~", "中", "e\u{301}", "👩‍👩‍👧", "[0]", "..", "9223372036854775808", "\\",
  ]

  @Test func bytesChangedAtRandomNeverTrap() {
    var random = SeededGenerator(seed: Self.seed)
    for round in 0..<600 {
      var bytes = Array(random.element(Self.corpus).utf8)
      for _ in 0..<random.integer(1...8) where !bytes.isEmpty {
        let index = random.integer(0...bytes.count - 1)
        switch random.integer(0...2) {
        case 0: bytes[index] = UInt8(random.integer(0...255))
        case 1: bytes.remove(at: index)
        default: bytes.insert(UInt8(random.integer(0...255)), at: index)
        }
      }
      check(String(decoding: bytes, as: UTF8.self), round)
    }
  }

  @Test func tokensPutInAtRandomNeverTrap() {
    var random = SeededGenerator(seed: Self.seed &+ 1)
    for round in 0..<600 {
      var scalars = Array(random.element(Self.corpus).unicodeScalars)
      for _ in 0..<random.integer(1...6) {
        let index = random.integer(0...scalars.count)
        scalars.insert(contentsOf: random.element(Self.tokens).unicodeScalars, at: index)
        if random.chance(0.3) {
          let end = min(scalars.count, index + random.integer(1...20))
          scalars.removeSubrange(min(index, end)..<end)
        }
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      check(String(text), round)
    }
  }

  @Test func linesShuffledAcrossNotebooksNeverTrap() {
    var random = SeededGenerator(seed: Self.seed &+ 2)
    let lines = Self.corpus.flatMap { $0.split(separator: "\n") }.map(String.init)
    for round in 0..<400 {
      let body = (0..<random.integer(1...12)).map { _ in random.element(lines) }
      check("```experiment a\n" + body.joined(separator: "\n") + "\n```\n", round)
    }
  }

  private func check(_ text: String, _ round: Int) {
    for profile in [nil, "smoke"] {
      let result = decode(text, profile: profile, files: ["notebooks/b.md": text])
      for diagnostic in result.diagnostics {
        guard let range = diagnostic.range else { continue }
        #expect(
          range.bytes.upperBound <= range.file.byteCount,
          "seed \(Self.seed), round \(round): \(diagnostic.line())\n\(text)")
      }
      _ = result.notebook.dump
    }
  }

  @Test func largeAndDeepBlocksTakeLinearTime() {
    let list = "model: {sequential: [" + String(repeating: "relu, ", count: 60_000) + "relu]}"
    let keys = (0..<20_000).map { "k\($0): 中文 \($0)" }.joined(separator: "\n")
    let deep = String(repeating: "[", count: 100_000)
    let quoted = "caption: \"" + String(repeating: "中", count: 200_000) + "\""
    let clock = ContinuousClock()
    let elapsed = clock.measure {
      for body in [list, keys, deep, quoted] {
        _ = decode("```experiment a\n\(body)\n```\n")
      }
    }
    #expect(elapsed < .seconds(20))
  }
}
