/// A JSON value as read, with its place: foreign bytes, so everything about it may be wrong.
package struct JSONNode: Sendable {
  package enum Value: Sendable {
    case null
    case bool(Bool)
    /// A number; its spelling is in the text, at the node's place.
    case number
    case string(String)
    case array([JSONNode])
    /// An array of numbers and nothing else, which most of a result is.
    case numbers([JSONNumber])
    /// In order of the file; keys are distinct.
    case object([Member])
  }

  package struct Member: Sendable {
    package let key: String
    package let node: JSONNode
  }

  package let value: Value
  private let text: JSONText
  private let start: UInt32
  private let end: UInt32

  init(_ value: Value, in text: JSONText, _ bytes: Range<Int>) {
    self.value = value
    self.text = text
    start = UInt32(truncatingIfNeeded: bytes.lowerBound)
    end = UInt32(truncatingIfNeeded: bytes.upperBound)
  }

  /// The node's place.
  package var range: JSONRange { JSONRange(text, place) }

  private var place: Range<Int> { Int(start)..<Int(end) }

  private var spelling: String { String(decoding: text.bytes[place], as: UTF8.self) }

  /// The node of a number in an array.
  private func node(of number: JSONNumber) -> JSONNode {
    JSONNode(.number, in: text, number.range)
  }
}

/// A number in an array of numbers: its place in the text, and the double that is nearest to it.
package struct JSONNumber: Sendable {
  private let start: UInt32
  /// Its top bit says that nothing but digits and a sign stands there.
  private let length: UInt32
  let value: Double

  private static let digitsOnly: UInt32 = 1 << 31

  init(_ value: Double, _ range: Range<Int>, isWhole: Bool = false) {
    self.value = value
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    length = UInt32(truncatingIfNeeded: range.count) | (isWhole ? Self.digitsOnly : 0)
  }

  var range: Range<Int> { Int(start)..<(Int(start) + Int(length & ~Self.digitsOnly)) }

  /// Whether it is spelled with few enough digits, and nothing else, to be its double exactly.
  var isShortInteger: Bool { length & Self.digitsOnly != 0 && range.count <= 15 }
}

extension JSONNode {
  /// The member of an object; a fault where the value is no object or lacks it.
  package func member(_ key: String) throws(JSONFault) -> JSONNode {
    guard let node = try optionalMember(key) else {
      throw JSONFault("an object here has `\(key)`", at: range)
    }
    return node
  }

  /// The member of an object, or nil where the object lacks it.
  package func optionalMember(_ key: String) throws(JSONFault) -> JSONNode? {
    guard case .object(let members) = value else {
      throw JSONFault("this is an object with `\(key)`", at: range)
    }
    return members.first { $0.key == key }?.node
  }

  package func array<Element>(
    _ decode: (JSONNode) throws(JSONFault) -> Element
  ) throws(JSONFault) -> [Element] {
    var elements: [Element] = []
    switch value {
    case .array(let nodes):
      elements.reserveCapacity(nodes.count)
      for node in nodes { elements.append(try decode(node)) }
    case .numbers(let numbers):
      elements.reserveCapacity(numbers.count)
      for number in numbers { elements.append(try decode(node(of: number))) }
    default: throw JSONFault("this is an array", at: range)
    }
    return elements
  }

  /// The doubles of an array.
  package func doubles() throws(JSONFault) -> [Double] {
    guard case .numbers(let numbers) = value else {
      return try array { node throws(JSONFault) in try node.double() }
    }
    var doubles: [Double] = []
    doubles.reserveCapacity(numbers.count)
    for number in numbers {
      doubles.append(number.value.isFinite ? number.value : try node(of: number).double())
    }
    return doubles
  }

  /// The whole numbers of an array.
  package func integers() throws(JSONFault) -> [Int] {
    guard case .numbers(let numbers) = value else {
      return try array { node throws(JSONFault) in try node.integer() }
    }
    var integers: [Int] = []
    integers.reserveCapacity(numbers.count)
    for number in numbers {
      // Most are short, and their own double.
      if number.isShortInteger {
        integers.append(Int(number.value))
      } else {
        integers.append(try node(of: number).integer())
      }
    }
    return integers
  }

  package func string() throws(JSONFault) -> String {
    guard case .string(let text) = value else { throw JSONFault("this is a string", at: range) }
    return text
  }

  package func bool() throws(JSONFault) -> Bool {
    guard case .bool(let flag) = value else {
      throw JSONFault("this is `true` or `false`", at: range)
    }
    return flag
  }

  package func integer() throws(JSONFault) -> Int {
    guard case .number = value, let number = Int(spelling) else {
      throw Self.noInteger(at: range)
    }
    return number
  }

  private static func noInteger(at range: JSONRange) -> JSONFault {
    JSONFault("this is a whole number of at most 64 bits", at: range)
  }

  /// A double, or one of the three strings that stand for what JSON lacks.
  package func double() throws(JSONFault) -> Double {
    switch value {
    case .string("NaN"): return .nan
    case .string("Infinity"): return .infinity
    case .string("-Infinity"): return -.infinity
    case .number:
      guard let number = Double(spelling), number.isFinite else { break }
      return number
    default: break
    }
    throw JSONFault("this is a number that fits a double", at: range)
  }

  /// A value of an enumeration spelled by its raw value.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    _: Choice.Type
  ) throws(JSONFault) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try string()) else {
      let names = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      throw JSONFault("this is one of \(names)", at: range)
    }
    return choice
  }
}
