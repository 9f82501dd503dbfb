import Foundation
import Testing

/// Reads what PyTorch and scikit-learn answered, from `Tests/Fixtures/parity`.
enum Fixture {
  static func load<Value: Decodable>(
    _ type: Value.Type, _ name: String
  ) throws -> Value {
    try JSONDecoder().decode(
      Value.self, from: Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  /// Where a file of `Tests/Fixtures/parity` lies.
  static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/parity").appendingPathComponent(name).path
  }
}

/// A number, a list of numbers or a list of lists, read as one flat list.
struct Numbers: Decodable {
  let values: [Double]
  /// Sizes from the outside in; empty for a single number.
  let shape: [Int]

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      (values, shape) = ([number], [])
    } else if let row = try? container.decode([Double].self) {
      (values, shape) = (row, [row.count])
    } else {
      let rows = try container.decode([[Double]].self)
      (values, shape) = (rows.flatMap(\.self), [rows.count, rows.first?.count ?? 0])
    }
  }

  var floats: [Float] { values.map(Float.init) }
}

/// `|a − b| ≤ atol + rtol·|b|` for every element; names the worst one.
func expectClose(
  _ actual: [Double], _ expected: [Double], rtol: Double, atol: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record(
      "\(what): \(actual.count) values for \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  var worst = (index: 0, excess: -Double.infinity)
  for (index, (a, b)) in zip(actual, expected).enumerated() {
    let excess = abs(a - b) - (atol + rtol * abs(b))
    if !(excess <= worst.excess) { worst = (index, excess) }
  }
  if actual.isEmpty || worst.excess <= 0 { return }
  let (a, b) = (actual[worst.index], expected[worst.index])
  Issue.record(
    "\(what): worst at index \(worst.index): \(a), expected \(b), off by \(abs(a - b))",
    sourceLocation: sourceLocation)
}

/// A small generator for property tests; its seed is printed with a failure.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// FNV-1a over the bytes of 64-bit words, in hexadecimal.
func fingerprint(_ words: [UInt64]) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for word in words {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      hash = (hash ^ (word >> shift & 255)) &* 0x100_0000_01B3
    }
  }
  return String(hash, radix: 16)
}
