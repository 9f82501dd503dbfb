import Diagnostics
import Experiments
import Foundation
import Notebooks
import Testing

/// Runs every line of the specification of expressions.
struct ExpressionSpecificationTests {
  struct Example: Sendable, CustomStringConvertible {
    let line: Int
    let own: String?
    let expression: String
    let expected: String

    var description: String { "line \(line): \(expression)" }
  }

  static let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/expressions/spec.md")

  static let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""

  static let examples: [Example] = {
    var examples: [Example] = []
    var isInside = false
    var own: String?
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        isInside = line == "```expression"
        own = nil
      } else if isInside, line.hasPrefix("own ") {
        own = String(line.dropFirst(4))
      } else if isInside, let arrow = line.range(of: " → ", options: .backwards) {
        examples.append(
          Example(
            line: index + 1, own: own, expression: String(line[..<arrow.lowerBound]),
            expected: String(line[arrow.upperBound...])))
      }
    }
    return examples
  }()

  static let scope = ResultFixture.scope(
    in: text.components(separatedBy: "```results\n").dropFirst().first?
      .components(separatedBy: "```").first ?? "")

  @Test func specificationIsRead() {
    #expect(Self.examples.count > 140)
  }

  @Test(arguments: examples)
  func exampleGivesWhatItSays(_ example: Example) {
    #expect(Self.outcome(of: example.expression, own: example.own) == example.expected)
  }

  static func outcome(of text: String, own: String?) -> String {
    let file = SourceFile(path: "n.md", text: text)
    let mapped = MappedText(file, 0..<file.byteCount)
    let (expression, problems) = Expression.parse(mapped)
    guard let expression else { return problems.first.map(show) ?? "no diagnostic" }
    let evaluation = expression.evaluate(in: scope, own: own)
    guard let value = evaluation.value else {
      return evaluation.diagnostics.first.map(show) ?? "no diagnostic"
    }
    return expression.text(of: value)
  }

  private static func show(_ diagnostic: Diagnostic) -> String {
    "\(diagnostic.id) `\(diagnostic.range?.text ?? "nowhere")`"
      + (diagnostic.suggestion.map { " meant `\($0)`" } ?? "")
  }
}

/// Results as the specification writes them.
enum ResultFixture {
  static func scope(in text: String) -> ResultScope {
    var names: [String] = []
    var results: [String: RunResult] = [:]
    for line in text.split(separator: "\n") {
      guard let space = line.firstIndex(of: " ") else { continue }
      let rest = String(line[line.index(after: space)...])
      if line.hasPrefix("block ") {
        names.append(rest)
        continue
      }
      guard let block = names.last else { continue }
      var result = results[block] ?? RunResult()
      if line.hasPrefix("scalar ") { result.scalars.append(scalar(rest)) }
      if line.hasPrefix("series ") { result.series.append(series(rest)) }
      if line.hasPrefix("matrix ") { result.matrices.append(matrix(rest)) }
      results[block] = result
    }
    return ResultScope(blockNames: names, results: results)
  }

  static func statistic(_ values: [Double]) -> Statistic {
    guard values.count > 1 else { return Statistic(values[0]) }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    let std = (squares / Double(values.count - 1)).squareRoot()
    // Student's t for two degrees of freedom: the examples have three repeats.
    let half = 4.302652729911275 * std / Double(values.count).squareRoot()
    return Statistic(
      values: values, mean: mean, std: std,
      interval: Statistic.Interval(low: mean - half, high: mean + half))
  }

  private static func scalar(_ text: String) -> Scalar {
    let quantities = Quantity.allCases.map(\.rawValue)
    let words = text.split(separator: " ").map(String.init)
    let split = words.firstIndex { quantities.contains($0) } ?? 0
    var name = words[..<split].joined(separator: " ")
    var key: String?
    // The last bracket is the key.
    if name.hasSuffix("]"), let open = name.lastIndex(of: "[") {
      key = String(name[name.index(after: open)...].dropLast())
      name = String(name[..<open])
    }
    let values = words[(split + 1)...].map { Double($0) ?? .nan }
    return Scalar(name, key: key, Quantity(rawValue: words[split]) ?? .real, statistic(values))
  }

  private static func series(_ text: String) -> Series {
    let words = text.split(separator: " ", maxSplits: 2).map(String.init)
    let points = words[2].split(separator: ";").map {
      $0.split(separator: " ").map { Double($0) ?? .nan }
    }
    return Series(
      words[0], axis: .epoch, Quantity(rawValue: words[1]) ?? .real,
      x: points.indices.map { Double($0 + 1) },
      runs: points[0].indices.map { run in points.map { $0[run] } },
      mean: points.map { $0.reduce(0, +) / Double($0.count) })
  }

  private static func matrix(_ text: String) -> Matrix {
    let words = text.split(separator: " ").map(String.init)
    let labels = words[1].split(separator: ",").map(String.init)
    let counts = words[2...].map { Int($0) ?? 0 }
    return Matrix(
      words[0], labels: labels,
      counts: labels.indices.map { row in
        Array(counts[(row * labels.count)..<((row + 1) * labels.count)])
      })
  }
}
