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
  package var text: String {
    var text = ""
    write(to: &text, indentation: "")
    return text + "\n"
  }

  /// An object without the members that are nil.
  package static func members(_ members: [String: CanonicalJSON?]) -> CanonicalJSON {
    .object(members.compactMapValues { $0 })
  }

  private func write(to text: inout String, indentation: String) {
    let inner = indentation + "  "
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .double(let value): text += Self.number(value)
    case .string(let value): text += Self.quoted(value)
    case .array(let items):
      if items.isEmpty {
        text += "[]"
        return
      }
      for (index, item) in items.enumerated() {
        text += (index == 0 ? "[\n" : ",\n") + inner
        item.write(to: &text, indentation: inner)
      }
      text += "\n\(indentation)]"
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      Self.write(sorted.map { ($0.key, $0.value) }, to: &text, indentation: indentation)
    case .ordered(let members): Self.write(members, to: &text, indentation: indentation)
    }
  }

  private static func write(
    _ members: [(String, CanonicalJSON)], to text: inout String, indentation: String
  ) {
    if members.isEmpty {
      text += "{}"
      return
    }
    let inner = indentation + "  "
    for (index, member) in members.enumerated() {
      text += (index == 0 ? "{\n" : ",\n") + inner + quoted(member.0) + ": "
      member.1.write(to: &text, indentation: inner)
    }
    text += "\n\(indentation)}"
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "\"NaN\"" }
    if value.isInfinite { return value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
    return value.description
  }

  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    if isPlain { return "\"\(text)\"" }
    var result = "\""
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
    return result + "\""
  }
}
