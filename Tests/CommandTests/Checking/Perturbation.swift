import Foundation
import Testing

/// A change of a published project, and what `check` must say of it.
struct Perturbation: Sendable, CustomTestStringConvertible {
  let name: String
  /// Exit status of `check`.
  let status: Int32
  /// Class by subject: a block, a document, `ledger`, or `notebook` for the worst of all.
  let expected: [String: String]
  /// Whether everything else is as published.
  let isOnly: Bool
  let arguments: [String]
  let change: @Sendable (inout PublishedProject) throws -> Void

  var testDescription: String { name }

  init(
    _ name: String, exit status: Int32, _ expected: [String: String], only isOnly: Bool = true,
    arguments: [String] = [], _ change: @escaping @Sendable (inout PublishedProject) throws -> Void
  ) {
    self.name = name
    self.status = status
    self.expected = expected
    self.isOnly = isOnly
    self.arguments = arguments
    self.change = change
  }
}

/// Random numbers for choices, the same on every run (SplitMix64).
struct Picks {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number from 0 that is larger than any modulus in use.
  mutating func next() -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) >> 33)
  }
}

extension String {
  /// The text with a digit of a line changed to another one, neither of them 0.
  ///
  /// - Parameters:
  ///   - prefix: what the line begins with and keeps.
  ///   - pick: decides which digit, and by how much it changes.
  func changingDigit(inLine line: Int, after prefix: String = "", pick: Int) -> String {
    var lines = lines
    var bytes = Array(lines[line].utf8)
    let start = prefix.utf8.count
    let digits = (start..<bytes.count).filter {
      (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(bytes[$0])
    }
    guard !digits.isEmpty else { return self }
    // The last digits of a long number may not change the double that it means.
    let place = digits.prefix(12)[pick % min(12, digits.count)]
    let old = bytes[place] - UInt8(ascii: "1")
    bytes[place] = UInt8(ascii: "1") + (old + 1 + UInt8(pick / 12 % 8)) % 9
    lines[line] = String(decoding: bytes, as: UTF8.self)
    return lines.joined(separator: "\n")
  }

  /// The text with one hexadecimal digit of the first digest on a line changed.
  func changingDigest(inLine line: Int, pick: Int) -> String {
    var lines = lines
    let text = lines[line]
    guard let digest = text.range(of: "[0-9a-f]{64}", options: .regularExpression) else {
      Issue.record("no digest: \(text)")
      return self
    }
    var bytes = Array(text.utf8)
    let place = text.utf8.distance(from: text.startIndex, to: digest.lowerBound) + pick % 64
    bytes[place] = bytes[place] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
    lines[line] = String(decoding: bytes, as: UTF8.self)
    return lines.joined(separator: "\n")
  }

  /// Indices of the lines that hold a text, of all or of a range.
  func lineIndices(holding text: String, in range: Range<Int>? = nil) -> [Int] {
    let lines = lines
    return (range ?? 0..<lines.count).filter { lines[$0].contains(text) }
  }

  func removingLines(_ range: Range<Int>) -> String {
    var lines = lines
    lines.removeSubrange(range)
    return lines.joined(separator: "\n")
  }
}
