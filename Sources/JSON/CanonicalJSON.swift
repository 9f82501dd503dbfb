/// A JSON value on its way to text: one text per value, fit for digests and for line diffs.
///
/// Object keys are sorted by their UTF-8 bytes, every scalar stands on its own line, indentation is
/// two spaces, empty containers stay on one line, and the text ends with a line feed. Doubles are
/// written with the shortest digits that read back as the same bits; NaN and the infinities, which
/// JSON lacks, as the strings `NaN`, `Infinity` and `-Infinity`.
package enum CanonicalJSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case array([CanonicalJSON])
  case object([String: CanonicalJSON])
  /// An object whose members have an order of their own, which stands for something; keys differ.
  case ordered([(String, CanonicalJSON)])

  /// The text of the value.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text of the value, as UTF-8.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, indentation: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// An object without the members that are nil.
  package static func members(_ members: [String: CanonicalJSON?]) -> CanonicalJSON {
    .object(members.compactMapValues { $0 })
  }

  /// - Parameter indentation: blanks in front of the line that the value stands on.
  private func write(to bytes: inout [UInt8], indentation: Int) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .double(let value): bytes += Self.number(value).utf8
    case .string(let value): Self.quote(value, to: &bytes)
    case .array(let items):
      if items.isEmpty {
        bytes += "[]".utf8
        return
      }
      for (index, item) in items.enumerated() {
        bytes.append(UInt8(ascii: index == 0 ? "[" : ","))
        Self.breakLine(indentation + 2, to: &bytes)
        item.write(to: &bytes, indentation: indentation + 2)
      }
      Self.breakLine(indentation, to: &bytes)
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      let sorted = members.sorted { Self.precedes($0.key, $1.key) }
      Self.write(sorted.lazy.map { ($0.key, $0.value) }, to: &bytes, indentation: indentation)
    case .ordered(let members): Self.write(members, to: &bytes, indentation: indentation)
    }
  }

  private static func write(
    _ members: some Collection<(String, CanonicalJSON)>, to bytes: inout [UInt8], indentation: Int
  ) {
    if members.isEmpty {
      bytes += "{}".utf8
      return
    }
    for (index, member) in members.enumerated() {
      bytes.append(UInt8(ascii: index == 0 ? "{" : ","))
      breakLine(indentation + 2, to: &bytes)
      quote(member.0, to: &bytes)
      bytes += ": ".utf8
      member.1.write(to: &bytes, indentation: indentation + 2)
    }
    breakLine(indentation, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  private static func breakLine(_ indentation: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
  }

  /// Whether a key stands before another: by their UTF-8 bytes.
  private static func precedes(_ first: String, _ second: String) -> Bool {
    first.utf8.withContiguousStorageIfAvailable { first in
      second.utf8.withContiguousStorageIfAvailable { first.lexicographicallyPrecedes($0) }
    }.flatMap(\.self) ?? first.utf8.lexicographicallyPrecedes(second.utf8)
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "\"NaN\"" }
    if value.isInfinite { return value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
    return value.description
  }

  private static func quote(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    bytes += (isPlain ? text : escaped(text)).utf8
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        // Line separators would break a reader that counts lines; controls are not JSON.
        if scalar.value < 0x20 || scalar.value == 0x7F || scalar == "\u{2028}"
          || scalar == "\u{2029}" || scalar == "\u{85}"
        {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}
