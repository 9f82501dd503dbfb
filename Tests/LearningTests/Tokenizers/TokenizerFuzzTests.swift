import Foundation
import Learning
import Testing

/// Bytes that nobody wrote: readers refuse them or read them, and never trap.
@Suite struct TokenizerFuzzTests {
  /// How many inputs each test tries; `FUZZ=n` multiplies it.
  private static func inputs(_ base: Int) -> Int {
    base * (ProcessInfo.processInfo.environment["FUZZ"].flatMap(Int.init) ?? 1)
  }

  /// What makes damage that random bytes seldom do.
  private static let pieces: [[UInt8]] =
    [
      "\n", "\r\n", "\r", "##", "[PAD]\n", "[UNK]", "[CLS]\n", "[SEP]", "[MASK]\n", "\u{FEFF}", "é",
      "e\u{301}", "中", "😀", "{", "}", "[", "]", "\"", ":", ",", "null", "true", "0", "-1",
      "99999999999999999999", "\"id\"", "\"vocab\": {}", "\\u0000", "\\ud800", "a",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0]]

  private func damaged(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        bytes.replaceSubrange(place..<end, with: Self.pieces.randomElement(using: &random) ?? [])
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3 where place < bytes.count:
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      default: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
      }
    }
    return bytes
  }

  @Test("damaged and random vocab.txt: refused, or read, written and read again to the same")
  func vocabularies() throws {
    var random = SplitMix(state: 51)
    let small = Array("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##a\nab\n中\n".utf8)
    var read = 0
    let count = Self.inputs(20_000)
    for index in 0..<count {
      let bytes =
        index % 4 == 0
        ? (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
          Self.pieces.randomElement(using: &random) ?? []
        } : damaged(small, &random)
      guard let vocabulary = try? Vocabulary(text: bytes) else { continue }
      read += 1
      let again = try Vocabulary(text: vocabulary.text())
      #expect(again == vocabulary && again.text() == vocabulary.text())
      // A tokenizer takes longer to make than a hundred vocabularies to read.
      if index % 64 > 3 { continue }
      let tokenizer = try WordPieceTokenizer(vocabulary: vocabulary)
      bytes.withUnsafeBufferPointer {
        var ids: [Int32] = []
        tokenizer.appendIDs(of: $0, to: &ids)
        #expect(ids.allSatisfy { $0 >= 0 && $0 < vocabulary.count })
      }
    }
    #expect(read > count / 20, "only \(read) of \(count) were read")
  }

  @Test("damaged tokenizer.json: refused, or read, written and read again to the same")
  func files() throws {
    var random = SplitMix(state: 52)
    let vocabulary = try Vocabulary(
      text: Array("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##a\n\u{E9}\n中\n".utf8))
    let settings = TokenizerSettings(neverSplit: ["a", "\u{E9}"])
    let whole = try WordPieceTokenizer(vocabulary: vocabulary, settings: settings).json()
    // Without indentation more of the damage meets what matters.
    let dense = String(decoding: whole, as: UTF8.self).split(separator: "\n")
      .map { $0.drop { $0 == " " } }.joined()
    var read = 0
    let count = Self.inputs(10_000)
    for index in 0..<count {
      let bytes =
        index % 8 == 0
        ? (0..<Int.random(in: 0...20, using: &random)).flatMap { _ in
          Self.pieces.randomElement(using: &random) ?? []
        } : damaged(Array(dense.utf8), &random)
      do throws(TokenizerFileError) {
        let tokenizer = try WordPieceTokenizer(json: bytes)
        read += 1
        let written = tokenizer.json()
        let again = try WordPieceTokenizer(json: written)
        #expect(again.json() == written && again.vocabulary == tokenizer.vocabulary)
        _ = tokenizer.encode("[CLS] aé中\u{301}", "a", maxLength: index % 9)
      } catch { #expect(!"\(error)".isEmpty) }
    }
    #expect(read > count / 50, "only \(read) of \(count) were read")
  }

  @Test("random bytes and settings: ids stay in the vocabulary, and every piece of a text counts")
  func texts() throws {
    var random = SplitMix(state: 53)
    let vocabulary = try TokenizerFixture.tokenizer().vocabulary
    var tokenizers: [WordPieceTokenizer] = []
    for lower in [true, false] {
      for strip in [true, false] {
        for longest in [1, 2, 100] {
          tokenizers.append(
            try WordPieceTokenizer(
              vocabulary: vocabulary,
              settings: TokenizerSettings(
                doLowerCase: lower, stripAccents: strip, maxInputCharsPerWord: longest,
                neverSplit: ["the", "中"])))
        }
      }
    }
    for _ in 0..<Self.inputs(20_000) {
      let tokenizer = tokenizers.randomElement(using: &random) ?? tokenizers[0]
      var parts: [[UInt8]] = []
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        if Bool.random(using: &random) {
          parts.append((0..<4).map { _ in UInt8.random(in: 0...255, using: &random) })
        } else {
          let scalar = Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &random)) ?? "a"
          parts.append(Array("the\(scalar)\u{301}\u{1B44}".utf8))
        }
      }
      func ids(_ bytes: [UInt8]) -> [Int32] {
        var ids: [Int32] = []
        bytes.withUnsafeBufferPointer { tokenizer.appendIDs(of: $0, to: &ids) }
        return ids
      }
      let joined = ids(Array(parts.joined(separator: [0x20])))
      #expect(joined.allSatisfy { $0 >= 0 && $0 < vocabulary.count })
      // A space ends words and everything that could reach beyond them.
      #expect(joined == parts.flatMap(ids), "\(parts)")
    }
  }
}
