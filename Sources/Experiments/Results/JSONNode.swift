internal import Diagnostics

/// A JSON value as read, with its place: foreign bytes, so everything about it may be wrong.
struct JSONNode: Sendable {
  enum Value: Sendable {
    case null
    case bool(Bool)
    /// The number as spelled.
    case number(String)
    case string(String)
    case array([JSONNode])
    /// In order of the file; keys are distinct.
    case object([Member])
  }

  struct Member: Sendable {
    let key: String
    let node: JSONNode
  }

  let value: Value
  let range: SourceRange
}

/// Why a JSON file cannot be taken, and where.
struct JSONFault: Error {
  let id: String
  let message: String
  let range: SourceRange

  init(_ message: String, at range: SourceRange, id: String = "json.shape") {
    self.id = id
    self.message = message
    self.range = range
  }

  var diagnostic: Diagnostic { Diagnostic(.error, id, message, at: range) }
}

extension JSONNode {
  /// The member of an object; a fault where the value is no object or lacks it.
  func member(_ key: String) throws(JSONFault) -> JSONNode {
    guard let node = try optionalMember(key) else {
      throw JSONFault("an object here has `\(key)`", at: range)
    }
    return node
  }

  /// The member of an object, or nil where the object lacks it.
  func optionalMember(_ key: String) throws(JSONFault) -> JSONNode? {
    guard case .object(let members) = value else {
      throw JSONFault("this is an object with `\(key)`", at: range)
    }
    return members.first { $0.key == key }?.node
  }

  func array<Element>(_ decode: (JSONNode) throws(JSONFault) -> Element) throws(JSONFault)
    -> [Element]
  {
    guard case .array(let nodes) = value else { throw JSONFault("this is an array", at: range) }
    var elements: [Element] = []
    elements.reserveCapacity(nodes.count)
    for node in nodes { elements.append(try decode(node)) }
    return elements
  }

  func string() throws(JSONFault) -> String {
    guard case .string(let text) = value else { throw JSONFault("this is a string", at: range) }
    return text
  }

  func bool() throws(JSONFault) -> Bool {
    guard case .bool(let flag) = value else {
      throw JSONFault("this is `true` or `false`", at: range)
    }
    return flag
  }

  func integer() throws(JSONFault) -> Int {
    guard case .number(let text) = value, let number = Int(text) else {
      throw JSONFault("this is a whole number of at most 64 bits", at: range)
    }
    return number
  }

  /// A double, or one of the three strings that stand for what JSON lacks.
  func double() throws(JSONFault) -> Double {
    switch value {
    case .string("NaN"): return .nan
    case .string("Infinity"): return .infinity
    case .string("-Infinity"): return -.infinity
    case .number(let text):
      guard let number = Double(text), number.isFinite else { break }
      return number
    default: break
    }
    throw JSONFault("this is a number that fits a double", at: range)
  }

  /// A value of an enumeration spelled by its raw value.
  func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) throws(JSONFault) -> Choice
  where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try string()) else {
      let names = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      throw JSONFault("this is one of \(names)", at: range)
    }
    return choice
  }
}
