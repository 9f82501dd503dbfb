package import Diagnostics

/// What an expression is worth over some results.
package struct Evaluation: Sendable {
  package enum Value: Sendable, Hashable {
    case number(Double, Quantity)
    case truth(Bool)
  }

  /// Both sides of a comparison inside the expression.
  package struct Comparison: Sendable, Hashable {
    /// The comparison as written.
    package let text: String
    package let left: Double
    package let right: Double
    package let comparator: Expression.Comparator
    /// The kind of number that is compared.
    package let quantity: Quantity
    package let holds: Bool
  }

  /// Nil when a number is missing; then there is an error among the diagnostics.
  package let value: Value?
  /// In order of the text, those whose sides could be computed.
  package let comparisons: [Comparison]
  package let diagnostics: [Diagnostic]
}

extension Expression {
  /// The value over results; every fault is a diagnostic at its place in the notebook.
  ///
  /// All parts are evaluated, also right of a false `and`, so that a wrong name never hides.
  /// Arithmetic is IEEE double; division by zero and comparing NaN are errors.
  ///
  /// - Parameters:
  ///   - scope: results of all blocks.
  ///   - own: the block whose `expect:` this is; nil in prose.
  /// - Complexity: O(length of the text)
  package func evaluate(in scope: ResultScope, own: String?) -> Evaluation {
    var machine = ExpressionMachine(self, scope, own)
    return machine.run()
  }

  /// What is wrong with the paths, as far as the outlines of the blocks tell.
  package func check(against outlines: ResultOutlines) -> [Diagnostic] {
    let resolver = PathResolver(text: source, outlines: outlines)
    return paths.compactMap { resolver.resolve($0).diagnostic }
  }

  /// A value as the expression asks for it, otherwise as its quantity is usually printed.
  package func text(of value: Evaluation.Value) -> String {
    switch value {
    case .truth(let truth): truth ? "true" : "false"
    case .number(let number, let quantity):
      (format ?? NumberFormat.standard(for: quantity)).text(number)
    }
  }
}

/// Runs the postfix instructions over a stack.
private struct ExpressionMachine {
  /// A number with its kind (nil for a literal, which takes that of what it meets), or a truth.
  private enum Operand {
    case number(Double, Quantity?)
    case truth(Bool)
    /// Something under it is missing; reported already.
    case unknown
  }

  private let expression: Expression
  private let scope: ResultScope
  private let resolver: PathResolver
  private var stack: [Operand] = []
  private var comparisons: [Evaluation.Comparison] = []
  private var diagnostics: [Diagnostic] = []

  init(_ expression: Expression, _ scope: ResultScope, _ own: String?) {
    self.expression = expression
    self.scope = scope
    resolver = PathResolver(text: expression.source, outlines: scope.outlines.seen(from: own))
  }

  mutating func run() -> Evaluation {
    for instruction in expression.instructions { execute(instruction) }
    let value: Evaluation.Value?
    switch stack.last {
    case .number(let number, let quantity): value = .number(number, quantity ?? .real)
    case .truth(let truth): value = .truth(truth)
    case .unknown, nil: value = nil
    }
    return Evaluation(value: value, comparisons: comparisons, diagnostics: diagnostics)
  }

  private mutating func execute(_ instruction: Expression.Instruction) {
    switch instruction.operation {
    case .number(let value): stack.append(.number(value, nil))
    case .path(let index):
      let path = expression.paths[index]
      switch scope.value(of: path, resolver) {
      case .success(let (value, quantity)): stack.append(.number(value, quantity))
      case .failure(let failure):
        diagnostics.append(failure.diagnostic)
        stack.append(.unknown)
      }
    case .negate:
      if case .number(let value, let quantity) = pop() {
        stack.append(.number(-value, quantity))
      } else {
        stack.append(.unknown)
      }
    case .arithmetic(let operation): arithmetic(operation, instruction.bytes)
    case .compare(let comparator): compare(comparator, instruction.bytes)
    case .and: logic { $0 && $1 }
    case .or: logic { $0 || $1 }
    case .not:
      if case .truth(let truth) = pop() {
        stack.append(.truth(!truth))
      } else {
        stack.append(.unknown)
      }
    case .call(let function, let count): call(function, count)
    }
  }

  private mutating func pop() -> Operand { stack.popLast() ?? .unknown }

  private mutating func arithmetic(_ operation: Expression.Arithmetic, _ bytes: Range<Int>) {
    let (second, first) = (pop(), pop())
    guard case .number(let left, let leftQuantity) = first,
      case .number(let right, let rightQuantity) = second
    else {
      stack.append(.unknown)
      return
    }
    var quantity = leftQuantity == rightQuantity ? leftQuantity : leftQuantity ?? rightQuantity
    if let leftQuantity, let rightQuantity, leftQuantity != rightQuantity { quantity = .real }
    let value: Double
    switch operation {
    case .add: value = left + right
    case .subtract: value = left - right
    case .multiply:
      value = left * right
      if leftQuantity != nil, rightQuantity != nil { quantity = .real }
    case .divide:
      guard right != 0 else {
        report("expression.division-by-zero", "The right side of `/` is not zero", bytes)
        stack.append(.unknown)
        return
      }
      value = left / right
      if rightQuantity != nil || leftQuantity == .count { quantity = .real }
    }
    stack.append(.number(value, quantity))
  }

  private mutating func compare(_ comparator: Expression.Comparator, _ bytes: Range<Int>) {
    let (second, first) = (pop(), pop())
    guard case .number(let left, let leftQuantity) = first,
      case .number(let right, let rightQuantity) = second
    else {
      stack.append(.unknown)
      return
    }
    guard !left.isNaN, !right.isNaN else {
      report("expression.not-a-number", "A comparison has a number on both sides, not NaN", bytes)
      stack.append(.unknown)
      return
    }
    let holds =
      switch comparator {
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      case .equal: left == right
      case .notEqual: left != right
      }
    comparisons.append(
      Evaluation.Comparison(
        text: expression.source.text(of: bytes), left: left, right: right, comparator: comparator,
        quantity: leftQuantity ?? rightQuantity ?? .real, holds: holds))
    stack.append(.truth(holds))
  }

  private mutating func logic(_ operation: (Bool, Bool) -> Bool) {
    let (second, first) = (pop(), pop())
    guard case .truth(let left) = first, case .truth(let right) = second else {
      stack.append(.unknown)
      return
    }
    stack.append(.truth(operation(left, right)))
  }

  private mutating func call(_ function: Expression.Function, _ count: Int) {
    var values: [(value: Double, quantity: Quantity?)] = []
    var isKnown = true
    for _ in 0..<count {
      if case .number(let value, let quantity) = pop() {
        values.append((value, quantity))
      } else {
        isKnown = false
      }
    }
    values.reverse()
    guard isKnown, var best = values.first else {
      stack.append(.unknown)
      return
    }
    let quantities = Set(values.compactMap(\.quantity))
    let quantity: Quantity? = quantities.count > 1 ? .real : quantities.first
    for next in values.dropFirst() where !best.value.isNaN {
      switch function {
      case .min: if next.value.isNaN || next.value < best.value { best = next }
      case .max: if next.value.isNaN || next.value > best.value { best = next }
      case .abs: break
      }
    }
    let value = function == .abs ? best.value.magnitude : best.value
    stack.append(.number(value, quantity))
  }

  private mutating func report(_ id: String, _ message: String, _ bytes: Range<Int>) {
    diagnostics.append(Diagnostic(.error, id, message, at: expression.source.range(bytes)))
  }
}
