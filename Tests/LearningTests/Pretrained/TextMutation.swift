/// Changes JSON where it hurts: words of the format in wrong places, pieces cut, doubled and moved.
struct TextMutation {
  private static let words: [[UInt8]] =
    [
      "{", "}", "[", "]", ",", ":", "\"", "null", "true", "false", "0", "1", "-1", "1e3", "1.0",
      "01",
      "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e400", "-0", "NaN",
      "\"a\"", "\\ud800", "\\ud83d\\ude00", "\\u0000", "\\", "\"dtype\"", "\"shape\"",
      "\"data_offsets\"", "\"__metadata__\"", "\"F32\"", "\"F16\"", "\"I64\"", "[[[[[[[[",
      "\"weight_map\"", "\"../a.safetensors\"", "\"a.safetensors\"", "\"hidden_size\"",
      "\"vocab_size\"", "\"id2label\"", "\"architectures\"", "BertForMaskedLM", "gamma", "bert.",
      "cls.predictions.decoder.weight", "\"pad_token_id\"", "4294967296", "\u{E9}", "e\u{301}",
    ].map { Array($0.utf8) } + [[0xFF], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0]]

  /// One to four changes.
  static func mutate(_ text: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var text = text
    for _ in 0..<(1 + below(4, &random)) { change(&text, &random) }
    return text
  }

  private static func change(_ text: inout [UInt8], _ random: inout SplitMix) {
    let place = below(text.count + 1, &random)
    let end = min(text.count, place + 1 + below(below(8, &random) == 0 ? 200 : 8, &random))
    switch below(8, &random) {
    case 0: if place < text.count { text[place] ^= UInt8(1) << UInt8(below(8, &random)) }
    case 1: text.removeSubrange(place..<end)
    case 2: text.insert(contentsOf: text[place..<end], at: below(text.count + 1, &random))
    case 3: text.replaceSubrange(place..<end, with: words[below(words.count, &random)])
    case 4: text.insert(contentsOf: words[below(words.count, &random)], at: place)
    case 5: replaceNumber(&text, near: place, &random)
    case 6: if below(16, &random) == 0 { text.removeSubrange(place...) }
    default:
      let other = below(text.count + 1, &random)
      let piece = Array(text[place..<end])
      text.replaceSubrange(other..<min(text.count, other + piece.count), with: piece)
    }
  }

  private static func replaceNumber(
    _ text: inout [UInt8], near place: Int, _ random: inout SplitMix
  ) {
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    guard let start = text[place...].firstIndex(where: isDigit) else { return }
    let end = text[start...].firstIndex { !isDigit($0) } ?? text.count
    let value = Int(String(decoding: text[start..<end], as: UTF8.self)) ?? 0
    let others = [
      0, 1, value &+ 1, max(0, value &- 1), value &* 2, 1 << 31, 1 << 40, Int.max, 0 &- value,
    ]
    text.replaceSubrange(start..<end, with: Array("\(others[below(others.count, &random)])".utf8))
  }

  static func below(_ limit: Int, _ random: inout SplitMix) -> Int {
    Int(random.next() % UInt64(max(1, limit)))
  }
}
