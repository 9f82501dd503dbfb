import Learning
import Testing

/// The sentences of a text.
private func sentences(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  return bytes.withUnsafeBufferPointer { buffer in
    SentenceSplitter.sentences(in: buffer).map { String(decoding: bytes[$0], as: UTF8.self) }
  }
}

@Suite struct SentenceSplitterTests {
  @Test(
    "Chinese sentences end with their marks and the quotes that close after them",
    arguments: [
      ["今天下雨。", "我没带伞！", "你呢？", "一起走；", "好吗……", "走吧。"],
      ["他说：“走！”", "然后离开了。"],
      ["「真的？」", "她问。", "『是的。』", "（完。）", "《再见。》", "尾"],
      ["“好！”，他说。", "“不。”：她想。"],
      ["价格是3.5元。", "真的?", "他问!", "她说：行。", "iPhone发布了。", "iPad也是。"],
      ["半角｡", "也算｡"],
    ])
  func chinese(_ expected: [String]) {
    #expect(sentences(expected.joined()) == expected)
    #expect(sentences(expected.joined(separator: "\u{3000}")) == expected)
  }

  @Test(
    "English sentences end with a stop before space, but not in abbreviations and numbers",
    arguments: [
      ["It rained.", "We stayed!", "Did you?", "Yes."],
      ["Mr. Smith met Dr. J. R. Jones.", "They talked."],
      ["Bring fruit, e.g. apples, i.e. Cox.", "Thanks."],
      ["The U.S. Navy left the U.S. in May.", "It was 3.14 degrees."],
      ["He lives in the U.S.", "The others do not."],
      ["See Fig. 3 and No. 5.", "No.", "That is wrong."],
      ["Acme Inc. Leeds paid.", "Acme Inc.", "The end."],
      ["Wait... what?", "Well...", "Nothing."],
      ["\"Go!\" he said.", "\"Where?\" asked Ann.", "\"Home.\"", "She left.)", "[Done.]", "So."],
      ["What?!", "No...!", "(Yes.)", "OK"],
      ["1. First.", "2. Second.", "In 1984.", "It ended."],
      ["\u{201C}Stop.\u{201D}", "\u{2018}Why?\u{2019}", "Because."],
      ["Meet at 5 p.m. on Monday.", "It was 5 p.m.", "He left."],
      ["été. était ici.", "Élan."],
    ])
  func english(_ expected: [String]) {
    #expect(sentences(expected.joined(separator: " ")) == expected)
    #expect(sentences(" " + expected.joined(separator: "\u{A0}\t ") + "\n") == expected)
  }

  @Test("blank lines end sentences, and so do line breaks beside wide characters")
  func lines() {
    #expect(sentences("A title\n\nA text\nover lines.") == ["A title", "A text\nover lines."])
    #expect(sentences("A title\r\n \r\nmore") == ["A title", "more"])
    #expect(sentences("第一章\n那天下雨。\n没有风\nEnd") == ["第一章", "那天下雨。", "没有风", "End"])
    #expect(sentences("end.\n\nand on") == ["end.", "and on"])
    #expect(sentences("") == [])
    #expect(sentences(" \n\u{3000}\t\r\n") == [])
    #expect(sentences("...") == ["..."])
  }

  @Test("sentences cover all text but space, in order, and begin and end with none")
  func law() {
    let seed: UInt64 = 3
    var random = SplitMix(state: seed)
    let alphabet =
      Array("aZ. !?\"')\n\r\t1,;").map(String.init)
      + [
        "。", "！", "；", "…", "”", "」", "）", "，", "字", "\u{3000}", "\u{A0}", "\u{2028}", "é", "😀",
        "𠀀",
      ]
      + ["Mr", "U.S", "e.g", "\u{85}", "\u{1680}"]
    for round in 0..<30_000 {
      let text = (0..<Int.random(in: 0...30, using: &random))
        .map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }.joined()
      let bytes = Array(text.utf8)
      let ranges = bytes.withUnsafeBufferPointer { SentenceSplitter.sentences(in: $0) }
      var rest = ""
      var end = 0
      for range in ranges {
        guard range.lowerBound >= end, !range.isEmpty, range.upperBound <= bytes.count else {
          Issue.record("seed \(seed) round \(round): \(ranges) of \(text.debugDescription)")
          return
        }
        rest += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)
        let sentence = String(decoding: bytes[range], as: UTF8.self).unicodeScalars
        let isTrimmed =
          sentence.first?.properties.isWhitespace == false
          && sentence.last?.properties.isWhitespace == false
        #expect(isTrimmed, "seed \(seed) round \(round): \(text.debugDescription)")
        end = range.upperBound
      }
      rest += String(decoding: bytes[end...], as: UTF8.self)
      let isSpace = rest.unicodeScalars.allSatisfy(\.properties.isWhitespace)
      #expect(isSpace, "seed \(seed) round \(round): \(text.debugDescription)")
    }
  }

  @Test("time grows with the bytes, also where nothing but candidates stand")
  func linear() {
    let hostile = [". ", ".", "\n", "\n x", " ", "a. b", "\u{3000}", "”", "Mr. ", "…", ".\t\n"]
    for unit in hostile {
      let text = String(repeating: unit, count: 1_000_000)
      #expect(sentences(text).count <= 1_000_001)
    }
  }
}
