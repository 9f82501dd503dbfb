import Diagnostics

/// A quantity that is written as a number with its unit: `90s`, `4GB`.
///
/// Values are whole numbers of the smallest unit, so that one text means one value.
struct UnitText: Sendable {
  /// One unit, and how many of the smallest it is.
  struct Unit: Sendable {
    let name: String
    let size: Int
    /// Other spellings, in lower case: what people write elsewhere.
    let aliases: [String]
  }

  /// What is written, such as "a duration".
  let noun: String
  /// Such as "90s, 10m or 2h".
  let examples: String
  let units: [Unit]
  /// In the smallest unit.
  let range: ClosedRange<Int>

  /// Milliseconds.
  static let duration = UnitText(
    noun: "a duration", examples: "90s, 10m or 2h",
    units: [
      Unit(name: "ms", size: 1, aliases: ["msec", "millisecond", "milliseconds"]),
      Unit(name: "s", size: 1000, aliases: ["sec", "secs", "second", "seconds"]),
      Unit(name: "m", size: 60_000, aliases: ["min", "mins", "minute", "minutes"]),
      Unit(name: "h", size: 3_600_000, aliases: ["hr", "hrs", "hour", "hours"]),
    ],
    range: 1...36_000_000_000)

  /// Bytes.
  static let byteCount = UnitText(
    noun: "a size", examples: "500MB, 4GB or 2GiB",
    units: [
      Unit(name: "B", size: 1, aliases: ["byte", "bytes"]),
      Unit(name: "kB", size: 1000, aliases: ["k"]),
      Unit(name: "KiB", size: 1 << 10, aliases: ["ki"]),
      Unit(name: "MB", size: 1_000_000, aliases: ["m"]),
      Unit(name: "MiB", size: 1 << 20, aliases: ["mi"]),
      Unit(name: "GB", size: 1_000_000_000, aliases: ["g"]),
      Unit(name: "GiB", size: 1 << 30, aliases: ["gi"]),
      Unit(name: "TB", size: 1_000_000_000_000, aliases: ["t"]),
      Unit(name: "TiB", size: 1 << 40, aliases: ["ti"]),
    ],
    range: 1_000_000...1_000_000_000_000_000)

  /// What a text says.
  enum Reading: Equatable {
    case value(Int)
    /// Not of the form; `meant` is the spelling that would be.
    case malformed(meant: String?)
    case outOfRange
  }

  /// Reads a number and a unit, with or without a space between them.
  func reading(_ text: String) -> Reading {
    let split = text.unicodeScalars.lastIndex { ("0"..."9").contains($0) || $0 == "." }
    guard let split else { return .malformed(meant: nil) }
    let digits = String(text[...split])
    let word = text[text.unicodeScalars.index(after: split)...].drop { $0 == " " }
    guard let number = Double(notebook: digits) else { return .malformed(meant: nil) }
    guard let unit = units.first(where: { $0.name == word }) else {
      let folded = word.lowercased()
      let near = units.first { $0.name.lowercased() == folded || $0.aliases.contains(folded) }
      return .malformed(meant: near.map { digits + $0.name })
    }
    let value = (number * Double(unit.size)).rounded()
    guard let whole = Int(exactly: value), range.contains(whole) else { return .outOfRange }
    return .value(whole)
  }

  /// The shortest text that is read as the value: with the largest unit that leaves a whole number.
  func text(_ value: Int) -> String {
    let whole = units.filter { value % $0.size == 0 }
    guard let unit = whole.max(by: { $0.size < $1.size }), value != 0 else {
      return "\(value)\(units.first?.name ?? "")"
    }
    return "\(value / unit.size)\(unit.name)"
  }

  /// A field that takes the quantity.
  var type: ValueType<Int> {
    ValueType(
      shape: .text("\(noun) such as \(examples)"),
      decode: { node, place, diagnostics in
        switch node.text.map(reading) ?? .malformed(meant: nil) {
        case .value(let value): return value
        case .malformed(let meant):
          let units = units.map(\.name).joined(separator: ", ")
          diagnostics.append(
            .wrongType(
              node, place, wants: "\(noun) such as \(examples)", meant: meant,
              hint: "a number, and one of \(units)"))
        case .outOfRange:
          let phrase = "from \(self.text(range.lowerBound)) to \(self.text(range.upperBound))"
          diagnostics.append(.outOfRange(node, place, must: phrase))
        }
        return nil
      },
      encode: { .text(self.text($0)) })
  }
}

extension ValueType where Value == Double {
  /// Seconds, written as a duration.
  static var duration: ValueType {
    let type = UnitText.duration.type
    return ValueType(
      shape: type.shape,
      decode: { node, place, diagnostics in
        type.decode(node, place, &diagnostics).map { Double($0) / 1000 }
      },
      encode: { .text(UnitText.duration.text(milliseconds($0))) })
  }

  /// Seconds as whole milliseconds; what no field takes counts as its nearest end.
  private static func milliseconds(_ seconds: Double) -> Int {
    let range = UnitText.duration.range
    let value = (seconds * 1000).rounded()
    guard value < Double(range.upperBound) else { return range.upperBound }
    return value >= 1 ? Int(value) : range.lowerBound
  }
}

extension Double {
  /// Seconds as a field of durations would be written: `90s`, `10m`.
  package var durationText: String {
    guard case .text(let text) = ValueType<Double>.duration.encode(self) else { return "" }
    return text
  }
}

extension Int {
  /// Bytes as a field of sizes would be written: `4GB`, `2GiB`.
  package var byteCountText: String { UnitText.byteCount.text(self) }
}
