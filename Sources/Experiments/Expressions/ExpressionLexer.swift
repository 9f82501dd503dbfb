internal import Diagnostics

/// Cuts an expression into tokens; what cannot stand in one is reported and, where its meaning is
/// plain (a full-width `＞`), read as if it had been typed right.
struct ExpressionLexer {
  private let text: ExpressionSource
  private let scalars: [Unicode.Scalar]
  /// Byte offset of each scalar, and of the end.
  private let offsets: [Int]
  private var position = 0
  private(set) var diagnostics: [Diagnostic] = []

  init(_ text: ExpressionSource) {
    self.text = text
    scalars = Array(text.text.unicodeScalars)
    var offsets: [Int] = []
    offsets.reserveCapacity(scalars.count + 1)
    var offset = 0
    for scalar in scalars {
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
    self.offsets = offsets
  }

  /// All tokens, the last being `.end`.
  mutating func tokens() -> [ExpressionToken] {
    var tokens: [ExpressionToken] = []
    while true {
      let spaceStart = position
      skipSpace()
      let spaceBefore = position > spaceStart || position == 0
      let start = position
      guard position < scalars.count else {
        tokens.append(token(.end, from: start, spaceBefore))
        return tokens
      }
      if let kind = next() { tokens.append(token(kind, from: start, spaceBefore)) }
    }
  }

  private func token(_ kind: ExpressionToken.Kind, from start: Int, _ spaceBefore: Bool)
    -> ExpressionToken
  {
    ExpressionToken(
      kind: kind, bytes: offsets[start]..<offsets[position], spaceBefore: spaceBefore,
      spaceAfter: position == scalars.count || isSpace(scalars[position]))
  }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    position + ahead < scalars.count ? scalars[position + ahead] : nil
  }

  private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
  }

  private mutating func skipSpace() {
    while let scalar = peek(), isSpace(scalar) { position += 1 }
  }

  private mutating func report(
    _ id: String, _ message: String, from start: Int, to end: Int? = nil, suggestion: String? = nil
  ) {
    let bytes = offsets[start]..<offsets[min(end ?? position, scalars.count)]
    diagnostics.append(
      Diagnostic(.error, id, message, at: text.range(bytes), suggestion: suggestion))
  }

  private mutating func next() -> ExpressionToken.Kind? {
    guard let scalar = peek() else { return .end }
    if scalar.isASCIIDigit { return number() }
    if scalar.isResultNameScalar { return path() }
    if scalar == ".", let digit = peek(1), digit.isASCIIDigit {
      report(
        "expression.number", "A number has a digit before its point", from: position,
        to: position + 2, suggestion: "0.")
      return number()
    }
    return symbol(scalar)
  }

  // MARK: Symbols

  private static let symbols = [
    "<=", ">=", "==", "!=", "+", "-", "*", "/", "<", ">", "(", ")", ",",
  ]

  /// Spellings of other languages and keyboards, and what is written here.
  private static let foreign: [(spelling: String, meant: String)] = [
    ("&&", "and"), ("||", "or"), ("<>", "!="), ("**", "*"), ("=>", ">="), ("=<", "<="), ("≥", ">="),
    ("≤", "<="), ("≠", "!="), ("×", "*"), ("÷", "/"), ("−", "-"), ("–", "-"), ("＞＝", ">="),
    ("＜＝", "<="), ("＝＝", "=="), ("！＝", "!="), ("＞=", ">="), ("＜=", "<="), ("！=", "!="),
    ("＞", ">"), ("＜", "<"), ("＝", "=="), ("＋", "+"), ("－", "-"), ("＊", "*"), ("／", "/"),
    ("（", "("), ("）", ")"), ("，", ","), ("％", "%"), ("．", "."), ("。", "."), ("［", "["),
    ("］", "]"), ("【", "["), ("】", "]"), ("\u{3000}", " "), ("\u{A0}", " "), ("=", "=="),
    ("!", "not"),
  ]

  private mutating func symbol(_ scalar: Unicode.Scalar) -> ExpressionToken.Kind? {
    let start = position
    for symbol in Self.symbols where matches(symbol) {
      // `<>`, `=>`, `=<`, `**` begin with a symbol of ours but are no two of them.
      let longer = Self.foreign.first { $0.spelling.hasPrefix(symbol) && matches($0.spelling) }
      if let longer { return foreign(longer) }
      position += symbol.unicodeScalars.count
      return .symbol(symbol)
    }
    if let entry = Self.foreign.first(where: { matches($0.spelling) }) { return foreign(entry) }
    position += 1
    if (0xFF01...0xFF5E).contains(scalar.value),
      let ascii = Unicode.Scalar(scalar.value - 0xFEE0)
    {
      report(
        "expression.full-width", "An expression is written with half-width characters",
        from: start, suggestion: String(ascii))
    } else {
      let what = scalar == "%" ? "`%` stands right behind its number" : nil
      report(
        "expression.syntax", what ?? "`\(scalar)` has no meaning in an expression", from: start)
    }
    return nil
  }

  private mutating func foreign(_ entry: (spelling: String, meant: String))
    -> ExpressionToken.Kind?
  {
    let start = position
    position += entry.spelling.unicodeScalars.count
    let isWide = entry.spelling.unicodeScalars.contains { $0.value >= 0x3000 }
    report(
      isWide ? "expression.full-width" : "expression.syntax",
      isWide
        ? "An expression is written with half-width characters"
        : "`\(entry.spelling)` is no operator of expressions",
      from: start, suggestion: entry.meant)
    switch entry.meant {
    case "and", "or", "not":
      let bytes = offsets[start]..<offsets[position]
      return .path([ResultPath.Part(name: entry.meant, bytes: bytes, subscripts: [])])
    case let symbol where Self.symbols.contains(symbol): return .symbol(symbol)
    default: return nil
    }
  }

  private func matches(_ word: String) -> Bool {
    var index = position
    for scalar in word.unicodeScalars {
      guard index < scalars.count, scalars[index] == scalar else { return false }
      index += 1
    }
    return true
  }

  // MARK: Numbers

  /// `0.9`, `1e-3`, `10%`, `1_000`; no name begins with a digit.
  private mutating func number() -> ExpressionToken.Kind? {
    let start = position
    var digits = ""
    digits += takeDigits()
    if peek() == ".", let digit = peek(1), digit.isASCIIDigit {
      position += 1
      digits += "." + takeDigits()
    }
    var exponent = 0
    if let mark = peek(), mark == "e" || mark == "E", let (sign, length) = exponentSign() {
      position += length
      let text = takeDigits()
      exponent = sign * min(Int(text) ?? 100_000, 100_000)
    }
    if peek() == "%" {
      position += 1
      exponent -= 2
    }
    // One conversion of the whole decimal, so that `10%` is the double nearest to a tenth.
    if digits.hasPrefix(".") { digits = "0" + digits }
    if let scalar = peek(), scalar.isResultNameScalar || scalar == "." {
      while let scalar = peek(), scalar.isResultNameScalar || scalar == "." { position += 1 }
      report(
        "expression.number", "A number is written like `0.9`, `1e-3`, `10%` or `1_000`",
        from: start)
      return .number(0)
    }
    guard let value = Double("\(digits)e\(exponent)"), value.isFinite else {
      report("expression.number", "A number fits a double", from: start)
      return .number(0)
    }
    return .number(value)
  }

  /// Sign and length of `e`, `e-`, `e+` before a digit.
  private func exponentSign() -> (sign: Int, length: Int)? {
    guard let first = peek(1) else { return nil }
    if first.isASCIIDigit { return (1, 1) }
    guard first == "+" || first == "-", let second = peek(2), second.isASCIIDigit else {
      return nil
    }
    return (first == "-" ? -1 : 1, 2)
  }

  /// Digits without the single `_` between them.
  private mutating func takeDigits() -> String {
    var digits = ""
    while let scalar = peek() {
      if scalar.isASCIIDigit {
        digits.unicodeScalars.append(scalar)
      } else if !(scalar == "_" && !digits.isEmpty && (peek(1)?.isASCIIDigit ?? false)) {
        break
      }
      position += 1
    }
    return digits
  }

  // MARK: Paths

  private mutating func path() -> ExpressionToken.Kind? {
    var parts: [ResultPath.Part] = []
    while true {
      let start = position
      takeName()
      while parts.isEmpty, peek() == "/", let scalar = peek(1), scalar.isResultNameScalar {
        position += 1
        takeName()
      }
      var name = String.UnicodeScalarView()
      name.append(contentsOf: scalars[start..<position])
      var part = ResultPath.Part(
        name: String(name), bytes: offsets[start]..<offsets[position], subscripts: [])
      while peek() == "[" || peek() == "［" || peek() == "【" {
        guard let item = takeSubscript() else { return .path(parts + [part]) }
        part.subscripts.append(item)
      }
      parts.append(part)
      guard peek() == "." else { return .path(parts) }
      position += 1
      guard let scalar = peek(), scalar.isResultNameScalar else {
        report("expression.syntax", "A name follows `.`", from: position - 1)
        return .path(parts)
      }
    }
  }

  /// Name scalars with single hyphens between them.
  private mutating func takeName() {
    while let scalar = peek() {
      let isInner = scalar == "-" && (peek(1)?.isResultNameScalar ?? false)
      guard scalar.isResultNameScalar || isInner else { return }
      position += 1
    }
  }

  private mutating func takeSubscript() -> ResultPath.Subscript? {
    let open = position
    if peek() != "[" {
      report(
        "expression.full-width", "An expression is written with half-width characters",
        from: open, to: open + 1, suggestion: "[")
    }
    position += 1
    skipSpace()
    let isQuoted = peek() == "\""
    if isQuoted { position += 1 }
    let start = position
    // A variant's label may hold brackets of its own: `rates[[1, 2]]`.
    var inner = 0
    while let scalar = peek() {
      if isQuoted {
        if scalar == "\"" { break }
      } else if scalar == "[" {
        inner += 1
      } else if scalar == "]" || scalar == "］" || scalar == "】" {
        if inner == 0 { break }
        inner -= 1
      }
      position += 1
    }
    var end = position
    if isQuoted, peek() == "\"" { position += 1 }
    skipSpace()
    guard let close = peek(), close == "]" || close == "］" || close == "】" else {
      report("expression.syntax", "`]` closes a class or an index", from: open)
      return nil
    }
    if close != "]" {
      report(
        "expression.full-width", "An expression is written with half-width characters",
        from: position, to: position + 1, suggestion: "]")
    }
    position += 1
    while !isQuoted, end > start, isSpace(scalars[end - 1]) { end -= 1 }
    guard end > start || isQuoted else {
      report("expression.syntax", "A class or an index stands in `[]`", from: open)
      return nil
    }
    var content = String.UnicodeScalarView()
    content.append(contentsOf: scalars[start..<end])
    return ResultPath.Subscript(
      text: String(content), bytes: offsets[start]..<offsets[end], isQuoted: isQuoted)
  }
}
