extension Labels {
  /// A text with the numbers of its figures and tables left open: `Figure #`.
  func withoutNumbers(_ text: String) -> String {
    var rest = Array(text.utf8)[...]
    let words = [figure, table].map { Array(($0 + " ").utf8) }
    var result: [UInt8] = []
    result.reserveCapacity(rest.count)
    while let first = rest.first {
      guard let word = words.first(where: { rest.starts(with: $0) }) else {
        result.append(first)
        rest = rest.dropFirst()
        continue
      }
      result += word
      rest = rest.dropFirst(word.count)
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      if !digits.isEmpty { result.append(UInt8(ascii: "#")) }
      rest = rest.dropFirst(digits.count)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
