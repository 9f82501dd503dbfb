package import Diagnostics
package import Notebooks

/// A formula over results: what stands in `{= … }` and in `expect:`.
///
/// Kept in postfix order, so that evaluating one needs no recursion whatever its shape. The grammar
/// is in `Tests/Fixtures/expressions/spec.md`, which is also its test.
package struct Expression: Sendable {
  /// What an expression is worth.
  package enum Kind: Sendable, Hashable { case number, truth }

  enum Operation: Sendable, Hashable {
    case number(Double)
    /// An index into ``Expression/paths``.
    case path(Int)
    case negate
    case arithmetic(Arithmetic)
    case compare(Comparator)
    case and
    case or
    case not
    case call(Function, arguments: Int)
  }

  /// An operation and the bytes of the expression that it stands for, operands included.
  struct Instruction: Sendable {
    let operation: Operation
    let bytes: Range<Int>
  }

  package enum Arithmetic: String, Sendable, Hashable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
  }

  package enum Comparator: String, Sendable, Hashable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
  }

  package enum Function: String, Sendable, Hashable, CaseIterable {
    case abs
    case min
    case max
  }

  /// The text with its place in the notebook.
  package let source: ExpressionSource
  /// Number or truth: known from the text alone, since every path names a number.
  package let kind: Kind
  /// What `as` asks for.
  package let format: NumberFormat?
  /// Paths in order of appearance.
  package let paths: [ResultPath]
  let instructions: [Instruction]

  /// Longest text that is read, in bytes.
  package static let longest = 4096
  /// Parentheses, signs, `not`s and calls inside each other that are read.
  package static let deepest = 64

  /// The expression, or nil and what is wrong with it.
  package static func parse(_ source: ExpressionSource) -> (
    expression: Expression?, diagnostics: [Diagnostic]
  ) {
    var parser = ExpressionParser(source)
    return parser.parse()
  }

  /// The expression of an inline value.
  package static func parse(_ text: MappedText) -> (
    expression: Expression?, diagnostics: [Diagnostic]
  ) {
    parse(ExpressionSource(text))
  }
}

/// Names a number of a result: `finetune.test.f1[setosa].std`.
package struct ResultPath: Sendable, Hashable {
  /// A name between dots and what stands in brackets behind it.
  package struct Part: Sendable, Hashable {
    package let name: String
    package let bytes: Range<Int>
    package var subscripts: [Subscript]
  }

  /// A class or an index, as spelled.
  package struct Subscript: Sendable, Hashable {
    package let text: String
    package let bytes: Range<Int>
    /// Quoted text is always a class, never an index.
    package let isQuoted: Bool

    /// The index, if it can be one.
    var index: Int? { isQuoted ? nil : Int(text) }
  }

  /// At least one; the first may hold an alias: `bert/encoder`.
  package let parts: [Part]
  /// Bytes of the path in the expression.
  package let bytes: Range<Int>
}

extension ResultPath: CustomStringConvertible {
  package var description: String { Self.text(of: parts) }

  static func text(of parts: some Sequence<Part>) -> String {
    parts.map { part in
      part.name
        + part.subscripts.map { $0.isQuoted ? "[\"\($0.text)\"]" : "[\($0.text)]" }.joined()
    }.joined(separator: ".")
  }
}
