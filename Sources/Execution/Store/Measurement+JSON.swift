internal import Experiments
internal import JSON

extension [Measurement] {
  /// Version of the encoding, in every file; reading another one computes again.
  private static let formatVersion = 1

  var json: CanonicalJSON {
    .object([
      "format": .integer(Self.formatVersion), "measurements": .array(map(\.json)),
    ])
  }

  init(_ node: JSONNode) throws(JSONFault) {
    let format = try node.member("format")
    guard try format.integer() == Self.formatVersion else {
      throw JSONFault("measurements of format \(Self.formatVersion) are read", at: format.range)
    }
    self = try node.member("measurements").array(Measurement.init(json:))
  }
}

extension Measurement {
  fileprivate var json: CanonicalJSON {
    var members: [String: CanonicalJSON] = ["name": .string(name)]
    if let key { members["key"] = .string(key) }
    switch value {
    case .number(let value, let quantity):
      members["quantity"] = .string(quantity.rawValue)
      members["value"] = .double(value)
    case .counts(let counts, let labels):
      members["counts"] = .array(counts.map { .array($0.map(CanonicalJSON.integer)) })
      members["labels"] = .array(labels.map(CanonicalJSON.string))
    }
    return .object(members)
  }

  fileprivate init(json node: JSONNode) throws(JSONFault) {
    let name = try node.member("name").string()
    let key = try node.optionalMember("key")?.string()
    guard let counts = try node.optionalMember("counts") else {
      self.init(
        name, key: key, try node.member("value").double(),
        try node.member("quantity").choice(Quantity.self))
      return
    }
    guard key == nil else { throw JSONFault("counts have no key", at: node.range) }
    self.init(
      name,
      counts: try counts.array { row throws(JSONFault) in
        try row.array { node throws(JSONFault) in try node.integer() }
      },
      labels: try node.member("labels").array { node throws(JSONFault) in try node.string() })
  }
}
