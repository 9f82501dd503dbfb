import Learning
import TestSupport
import Testing

/// Whatever bytes hold sets of labels: no reader traps, and what it takes is a set for every document.
@Suite struct LabelSetFuzzTests {
  private static let seed: UInt64 = 4
  private static let rounds = 200_000

  /// Joins parts at random; `check` takes the bytes, and says whether a reader took them.
  private func fuzz(
    _ parts: [String], longest: Int, begin: String = "", _ check: ([UInt8]) -> Bool
  ) {
    var random = SplitMix(state: Self.seed)
    let parts = parts.map { Array($0.utf8) } + [[0xFF], [0xE5, 0xAD], [0x00]]
    var taken = 0
    for _ in 0..<Self.rounds {
      let bytes =
        Array(begin.utf8)
        + (0..<Int.random(in: 0...longest, using: &random)).flatMap { _ in
          parts[Int.random(in: parts.indices, using: &random)]
        }
      if check(bytes) { taken += 1 }
    }
    #expect(taken > 1000, "\(taken)")
  }

  /// Names are sorted and differ, each is the label of some row, and rows hold each once.
  private func isSound(_ targets: Targets?, rows: Int, _ bytes: [UInt8]) {
    guard case .labels(let sets, let names)? = targets else {
      // One label a line, not a list of them.
      return
    }
    let areRows = (0..<sets.count).allSatisfy { row in
      zip(sets[row], sets[row].dropFirst()).allSatisfy { $0 < $1 }
        && sets[row].allSatisfy { names.indices.contains(Int($0)) }
    }
    let used = Set((0..<sets.count).flatMap { sets[$0] })
    let isWhole =
      sets.count == rows && areRows && used.count == names.count
      && Set(names).count == names.count && !names.isEmpty && !names.contains("")
    #expect(isWhole, "seed \(Self.seed): \(bytes): \(names)")
  }

  @Test("no bytes trap the reader of lists in JSON Lines")
  func jsonLines() {
    let fields = TextFields(text: "t", target: .label("l"))
    fuzz(
      [
        "{\"t\":\"x\",\"l\":[", "]}\n", "\"a\"", "\"b\"", "\"字\"", "\"\\u0061\"", ",", "1", "01",
        "1.0", "-0", "true", "null", "[", "]", "{", "}", "\"", "\n", "\r\n", " ",
        "{\"t\":\"y\",\"l\":[]}\n", "{\"t\":\"y\",\"l\":[\"b\",\"a\"]}\n",
        "{\"l\":[\"c\"],\"t\":\"z\"}\n",
        "9223372036854775807", "99999999999999999999",
      ], longest: 8
    ) { bytes in
      guard let corpus = try? TextCorpus(jsonLines: TextBytes(bytes), fields: fields) else {
        return false
      }
      isSound(corpus.targets, rows: corpus.count, bytes)
      return true
    }
  }

  @Test("no bytes trap the reader of cells with separators", arguments: ["|", "::", "、", "\n"])
  func separators(_ separator: String) {
    fuzz(
      ["a", "b", "字", separator, " ", "\t", "\"", "\"\"", ",", "\n", "\r\n", "1,", "x", ";"],
      longest: 14, begin: "x,l\n1,a\n2,"
    ) { bytes in
      guard let table = try? Table(csv: bytes),
        let data = try? Dataset(
          table: table, features: ["x"], target: .labelSet("l", separator: separator))
      else { return false }
      isSound(data.targets, rows: data.rowCount, bytes)
      return true
    }
  }

  @Test("no bytes trap the reader of columns of flags")
  func columns() {
    fuzz(
      [
        "0", "1", "1.0", "0e0", "+1", "-0", "", "yes", ",", "\n", "\"1\"", " ", "2,1,0\n",
        "1,0,1\n",
      ],
      longest: 10, begin: "x,b,a\n1,1,1\n"
    ) { bytes in
      guard let table = try? Table(csv: bytes),
        let data = try? Dataset(
          table: table, features: ["x"], target: .labelColumns(["b", "a"]))
      else { return false }
      guard case .labels(let sets, let names) = data.targets else { return false }
      #expect(sets.count == data.rowCount && names == ["a", "b"], "\(bytes)")
      return true
    }
  }
}
