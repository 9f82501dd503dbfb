internal import Digests
internal import Experiments
internal import Glibc
internal import JSON

/// What is remembered of one data file: how it looked, the digest of its bytes, and facts of the
/// data sets that were made of it.
struct DataFileRecord: Sendable, Equatable {
  /// Raised by whoever changes how facts are found.
  private static let formatVersion = 3
  private static let limit = 1 << 26
  /// Data sets of one file that are remembered; the latest ones stay.
  private static let mostFacts = 64

  /// Facts under the text of what they were asked for.
  struct Known: Sendable, Equatable {
    let request: String
    let facts: DatasetFacts
  }

  /// Relative to the project root.
  let path: String
  private(set) var status: FileStatus
  let digest: SHA256Digest
  private(set) var known: [Known]

  init(path: String, status: FileStatus, digest: SHA256Digest) {
    self.path = path
    self.status = status
    self.digest = digest
    known = []
  }

  /// The facts of a data set, which hold as long as the digest does.
  subscript(request: String) -> DatasetFacts? {
    known.first { $0.request == request }?.facts
  }

  mutating func add(_ facts: DatasetFacts, for request: String) {
    known.removeAll { $0.request == request }
    known.append(Known(request: request, facts: facts))
    if known.count > Self.mostFacts { known.removeFirst(known.count - Self.mostFacts) }
  }

  mutating func update(_ status: FileStatus) { self.status = status }

  var bytes: [UInt8] {
    SealedJSON.bytes([
      "bytes": .integer(status.size), "changed": status.changed.json, "data": .string(path),
      "facts": .array(known.map(\.json)), "format": .integer(Self.formatVersion),
      "inode": .string(String(status.inode)), "modified": status.modified.json,
      "sha256": .string(digest.hexadecimal),
    ])
  }

  /// The record in a file; nil when there is none that is as it was written.
  init?(at path: String) {
    guard let bytes = try? UserFile.contents(of: path, limit: Self.limit),
      let node = SealedJSON.object(bytes, path: path)
    else { return nil }
    try? self.init(node)
  }

  private init(_ node: JSONNode) throws(JSONFault) {
    guard try node.member("format").integer() == Self.formatVersion,
      let inode = UInt64(try node.member("inode").string()),
      let digest = SHA256Digest(hexadecimal: try node.member("sha256").string())
    else { throw JSONFault("a record of this version is read", at: node.range) }
    path = try node.member("data").string()
    status = FileStatus(
      size: try node.member("bytes").integer(), modified: try FileTime(node.member("modified")),
      changed: try FileTime(node.member("changed")), inode: inode)
    self.digest = digest
    known = try node.member("facts").array { node throws(JSONFault) in
      try Known(node, digest: digest)
    }
  }
}

extension FileTime {
  fileprivate var json: CanonicalJSON { .array([.integer(seconds), .integer(nanoseconds)]) }

  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    let parts = try node.array { node throws(JSONFault) in try node.integer() }
    guard parts.count == 2 else { throw JSONFault("a time has two numbers", at: node.range) }
    self.init(seconds: parts[0], nanoseconds: parts[1])
  }
}

extension DataFileRecord.Known {
  fileprivate var json: CanonicalJSON {
    var members: [String: CanonicalJSON] = [
      "features": .integer(facts.featureCount), "request": .string(request),
      "rows": facts.rows.json,
    ]
    switch facts.target {
    case .classes(let names): members["classes"] = .array(names.map(CanonicalJSON.string))
    case .labels(let names): members["labels"] = .array(names.map(CanonicalJSON.string))
    case .numbers(let width): members["width"] = .integer(width)
    case .nothing: break
    }
    if let text = facts.text {
      members["text"] = .object([
        "bytes": .integer(text.bytes), "is_pair": .bool(text.isPair),
        "resident_bytes": .integer(text.residentBytes), "sentences": .integer(text.sentences),
      ])
    }
    if let rows = facts.classRows { members["class_rows"] = .array(rows.map(\.json)) }
    return .object(members)
  }

  fileprivate init(_ node: JSONNode, digest: SHA256Digest) throws(JSONFault) {
    request = try node.member("request").string()
    facts = DatasetFacts(
      digest: digest, featureCount: try node.member("features").integer(),
      target: try Self.target(node),
      rows: try PartRows(node.member("rows")),
      classRows: try node.optionalMember("class_rows")?.array(PartRows.init(_:)),
      text: try node.optionalMember("text").map { node throws(JSONFault) in
        TextFacts(
          sentences: try node.member("sentences").integer(),
          bytes: try node.member("bytes").integer(),
          residentBytes: try node.member("resident_bytes").integer(),
          isPair: try node.member("is_pair").bool())
      })
  }
}

extension DataFileRecord.Known {
  private static func target(_ node: JSONNode) throws(JSONFault) -> DatasetFacts.Target {
    func names(_ member: String) throws(JSONFault) -> [String]? {
      try node.optionalMember(member)?.array { node throws(JSONFault) in try node.string() }
    }
    if let classes = try names("classes") { return .classes(classes) }
    if let labels = try names("labels") { return .labels(labels) }
    return try node.optionalMember("width").map { node throws(JSONFault) in
      .numbers(width: try node.integer())
    } ?? .nothing
  }
}

extension PartRows {
  fileprivate var json: CanonicalJSON {
    .array([.integer(train), .integer(validation), .integer(test)])
  }

  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    let parts = try node.array { node throws(JSONFault) in try node.integer() }
    guard parts.count == 3 else { throw JSONFault("rows have three numbers", at: node.range) }
    self.init(train: parts[0], validation: parts[1], test: parts[2])
  }
}
