internal import Diagnostics

/// Recursive descent with a bounded depth; emits postfix instructions and checks kinds as it goes.
struct ExpressionParser {
  /// Ends the parse at the first error of syntax; lexical errors have been collected before.
  private struct Stop: Error {}

  private let text: ExpressionSource
  private var tokens: [ExpressionToken] = []
  private var position = 0
  private var depth = 0
  private var paths: [ResultPath] = []
  private var instructions: [Expression.Instruction] = []
  private var diagnostics: [Diagnostic] = []

  init(_ text: ExpressionSource) {
    self.text = text
  }

  /// A parsed part: what it is worth and where it stands.
  private struct Part {
    let kind: Expression.Kind
    let bytes: Range<Int>
  }

  mutating func parse() -> (expression: Expression?, diagnostics: [Diagnostic]) {
    guard text.text.utf8.count <= Expression.longest else {
      report(
        "expression.too-long", "An expression has at most \(Expression.longest) bytes",
        0..<text.text.utf8.count)
      return (nil, diagnostics)
    }
    var lexer = ExpressionLexer(text)
    tokens = lexer.tokens()
    diagnostics = lexer.diagnostics
    do throws(Stop) {
      let whole = try disjunction()
      let format = try formatSuffix(whole)
      guard case .end = current.kind else { throw trailing() }
      guard !diagnostics.hasErrors else { return (nil, diagnostics) }
      let expression = Expression(
        source: text, kind: whole.kind, format: format, paths: paths, instructions: instructions)
      return (expression, diagnostics)
    } catch {
      return (nil, diagnostics)
    }
  }

  // MARK: Tokens

  private var current: ExpressionToken { tokens[min(position, tokens.count - 1)] }

  @discardableResult
  private mutating func take() -> ExpressionToken {
    let token = current
    if position < tokens.count - 1 { position += 1 }
    return token
  }

  private mutating func report(
    _ id: String, _ message: String, _ bytes: Range<Int>, suggestion: String? = nil,
    notes: [String] = []
  ) {
    diagnostics.append(
      Diagnostic(
        .error, id, message, at: text.range(bytes), notes: notes.map { Diagnostic.Note($0) },
        suggestion: suggestion))
  }

  private mutating func stop(
    _ id: String, _ message: String, _ bytes: Range<Int>, suggestion: String? = nil,
    notes: [String] = []
  ) -> Stop {
    report(id, message, bytes, suggestion: suggestion, notes: notes)
    return Stop()
  }

  private mutating func trailing() -> Stop {
    let rest = current.bytes.lowerBound..<text.text.utf8.count
    if let format = current.word, NumberFormat.namedStyles.contains(where: { $0.name == format }) {
      return stop(
        "expression.format", "A format follows the word `as`", current.bytes,
        suggestion: "as \(format)")
    }
    return stop("expression.trailing-text", "An expression ends here", rest)
  }

  /// A binary operator: reports missing spaces, which a name with an inner `-` makes necessary.
  private mutating func takeBinary() {
    let token = take()
    if let symbol = token.symbol, !token.spaceBefore || !token.spaceAfter {
      report(
        "expression.missing-space", "Spaces stand on both sides of a binary operator", token.bytes,
        suggestion: " \(symbol) ")
    }
  }

  /// Runs `body` one level deeper, up to the limit.
  private mutating func nested(
    _ bytes: Range<Int>, _ body: (inout ExpressionParser) throws(Stop) -> Part
  ) throws(Stop) -> Part {
    guard depth < Expression.deepest else {
      throw stop(
        "expression.too-deep", "At most \(Expression.deepest) levels of nesting are read", bytes)
    }
    depth += 1
    let part = try body(&self)
    depth -= 1
    return part
  }

  private mutating func emit(_ operation: Expression.Operation, _ bytes: Range<Int>) {
    instructions.append(Expression.Instruction(operation: operation, bytes: bytes))
  }

  private mutating func require(_ part: Part, _ kind: Expression.Kind, _ operation: String)
    throws(Stop)
  {
    guard part.kind != kind else { return }
    let message =
      switch kind {
      case .number: "`\(operation)` takes numbers, not comparisons"
      case .truth: "`\(operation)` takes comparisons, not numbers"
      }
    throw stop("expression.type", message, part.bytes)
  }

  // MARK: Grammar, one function per rule

  private mutating func disjunction() throws(Stop) -> Part {
    var left = try conjunction()
    while current.word == "or" {
      take()
      try require(left, .truth, "or")
      let right = try conjunction()
      try require(right, .truth, "or")
      left = Part(kind: .truth, bytes: left.bytes.lowerBound..<right.bytes.upperBound)
      emit(.or, left.bytes)
    }
    return left
  }

  private mutating func conjunction() throws(Stop) -> Part {
    var left = try negation()
    while current.word == "and" {
      take()
      try require(left, .truth, "and")
      let right = try negation()
      try require(right, .truth, "and")
      left = Part(kind: .truth, bytes: left.bytes.lowerBound..<right.bytes.upperBound)
      emit(.and, left.bytes)
    }
    return left
  }

  private mutating func negation() throws(Stop) -> Part {
    guard current.word == "not" else { return try comparison() }
    let token = take()
    let operand = try nested(token.bytes) { parser throws(Stop) in try parser.negation() }
    try require(operand, .truth, "not")
    let bytes = token.bytes.lowerBound..<operand.bytes.upperBound
    emit(.not, bytes)
    return Part(kind: .truth, bytes: bytes)
  }

  private mutating func comparison() throws(Stop) -> Part {
    let left = try sum()
    guard let symbol = current.symbol, let comparator = Expression.Comparator(rawValue: symbol)
    else { return left }
    takeBinary()
    try require(left, .number, symbol)
    let right = try sum()
    try require(right, .number, symbol)
    let bytes = left.bytes.lowerBound..<right.bytes.upperBound
    emit(.compare(comparator), bytes)
    if let next = current.symbol, Expression.Comparator(rawValue: next) != nil {
      throw stop(
        "expression.syntax", "A comparison has two sides; `and` joins comparisons", current.bytes)
    }
    return Part(kind: .truth, bytes: bytes)
  }

  private mutating func sum() throws(Stop) -> Part {
    try chain(of: [.add, .subtract]) { parser throws(Stop) in
      try parser.chain(of: [.multiply, .divide]) { parser throws(Stop) in try parser.factor() }
    }
  }

  private mutating func chain(
    of operators: [Expression.Arithmetic],
    _ operand: (inout ExpressionParser) throws(Stop) -> Part
  ) throws(Stop) -> Part {
    var left = try operand(&self)
    while let symbol = current.symbol, let arithmetic = Expression.Arithmetic(rawValue: symbol),
      operators.contains(arithmetic)
    {
      takeBinary()
      try require(left, .number, symbol)
      let right = try operand(&self)
      try require(right, .number, symbol)
      left = Part(kind: .number, bytes: left.bytes.lowerBound..<right.bytes.upperBound)
      emit(.arithmetic(arithmetic), left.bytes)
    }
    return left
  }

  private mutating func factor() throws(Stop) -> Part {
    guard current.symbol == "-" else { return try primary() }
    let token = take()
    let operand = try nested(token.bytes) { parser throws(Stop) in try parser.factor() }
    try require(operand, .number, "-")
    let bytes = token.bytes.lowerBound..<operand.bytes.upperBound
    emit(.negate, bytes)
    return Part(kind: .number, bytes: bytes)
  }

  private mutating func primary() throws(Stop) -> Part {
    let token = current
    switch token.kind {
    case .number(let value):
      take()
      emit(.number(value), token.bytes)
      return Part(kind: .number, bytes: token.bytes)
    case .symbol("("):
      take()
      let inner = try nested(token.bytes) { parser throws(Stop) in try parser.disjunction() }
      let close = try expect(")", opened: token)
      return Part(kind: inner.kind, bytes: token.bytes.lowerBound..<close.bytes.upperBound)
    case .path(let parts):
      if let word = token.word, ["and", "or", "not", "as"].contains(word) { break }
      take()
      if let word = token.word, current.symbol == "(" { return try call(word, token) }
      emit(.path(paths.count), token.bytes)
      paths.append(ResultPath(parts: parts, bytes: token.bytes))
      return Part(kind: .number, bytes: token.bytes)
    case .symbol, .end: break
    }
    throw stop(
      "expression.syntax", "A number, a path of a result, a function or `(` stands here",
      token.bytes)
  }

  private mutating func expect(_ symbol: String, opened: ExpressionToken) throws(Stop)
    -> ExpressionToken
  {
    guard current.symbol == symbol else {
      if case .end = current.kind {
        throw stop("expression.syntax", "`(` is closed by `)`", opened.bytes)
      }
      throw stop("expression.syntax", "`\(symbol)` or an operator stands here", current.bytes)
    }
    return take()
  }

  private mutating func call(_ name: String, _ token: ExpressionToken) throws(Stop) -> Part {
    guard let function = Expression.Function(rawValue: name) else {
      let known = Expression.Function.allCases.map(\.rawValue)
      throw stop(
        "expression.unknown-function", "There is no function `\(name)`", token.bytes,
        suggestion: nearestName(to: name, among: known),
        notes: ["functions are " + known.map { "`\($0)`" }.joined(separator: ", ")])
    }
    let open = take()
    var count = 0
    repeat {
      if count > 0 { take() }
      let argument = try nested(token.bytes) { parser throws(Stop) in try parser.disjunction() }
      try require(argument, .number, name)
      count += 1
    } while current.symbol == ","
    let close = try expect(")", opened: open)
    let bytes = token.bytes.lowerBound..<close.bytes.upperBound
    guard function != .abs || count == 1 else {
      throw stop("expression.type", "`abs` takes one number", bytes)
    }
    emit(.call(function, arguments: count), bytes)
    return Part(kind: .number, bytes: bytes)
  }

  private mutating func formatSuffix(_ whole: Part) throws(Stop) -> NumberFormat? {
    guard current.word == "as" else { return nil }
    let word = take()
    let styles = NumberFormat.namedStyles
    guard let name = current.word, let style = styles.first(where: { $0.name == name }) else {
      throw stop(
        "expression.format", "A format is named behind `as`",
        current.bytes.isEmpty ? word.bytes : current.bytes,
        suggestion: current.word.flatMap { nearestName(to: $0, among: styles.map(\.name)) },
        notes: ["formats are " + styles.map { "`\($0.name)`" }.joined(separator: ", ")])
    }
    take()
    guard case .number(let value) = current.kind else {
      return NumberFormat(name: name, digits: style.standardDigits)
    }
    let bytes = take().bytes
    guard style.takesDigits else {
      throw stop("expression.format", "`as \(name)` takes no number of digits", bytes)
    }
    let lowest = name == "significant" ? 1 : 0
    guard let digits = Int(exactly: value), digits >= lowest, digits <= NumberFormat.longestFraction
    else {
      throw stop(
        "expression.format",
        "Digits are a whole number from \(lowest) to \(NumberFormat.longestFraction)", bytes)
    }
    return NumberFormat(name: name, digits: digits)
  }
}
