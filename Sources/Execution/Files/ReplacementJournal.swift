internal import Digests
internal import JSON

/// What a replacement of several files is about to do, on disk before the first of them is renamed.
struct ReplacementJournal: Equatable {
  /// Version of the form; another one is not acted on.
  private static let formatVersion = 1
  /// Bytes beyond which a journal is not read.
  private static let limit = 1 << 20

  /// One file to replace.
  struct Entry: Equatable {
    /// Its name, without folders.
    let name: String
    /// Digest of the bytes that it had; nil for a file that was not there.
    let before: SHA256Digest?
    /// Digest of the bytes that it gets.
    let after: SHA256Digest
  }

  /// What the names of the waiting files have in common.
  let token: String
  let entries: [Entry]

  init(token: String, entries: [Entry]) {
    self.token = token
    self.entries = entries
  }

  /// The journal in a file; nil when there is none that is as it was written.
  init?(at path: String) {
    guard let bytes = try? UserFile.contents(of: path, limit: Self.limit),
      let node = SealedJSON.object(bytes, path: path)
    else { return nil }
    try? self.init(node)
  }

  private init(_ node: JSONNode) throws(JSONFault) {
    let format = try node.member("format")
    guard try format.integer() == Self.formatVersion else {
      throw JSONFault("a journal of format \(Self.formatVersion) is read", at: format.range)
    }
    let token = try node.member("token")
    self.token = try token.string()
    guard !self.token.utf8.contains(UInt8(ascii: "/")) else {
      throw JSONFault("a token names no folder", at: token.range)
    }
    entries = try node.member("files").array { node throws(JSONFault) in
      Entry(
        name: try node.member("name").string(),
        before: try node.optionalMember("before").map(Self.digest),
        after: try Self.digest(node.member("after")))
    }
  }

  private static func digest(_ node: JSONNode) throws(JSONFault) -> SHA256Digest {
    guard let digest = SHA256Digest(hexadecimal: try node.string()) else {
      throw JSONFault("a digest has 64 lower-case hexadecimal digits", at: node.range)
    }
    return digest
  }

  var bytes: [UInt8] {
    SealedJSON.bytes([
      "files": .array(
        entries.map {
          .members([
            "after": .string($0.after.hexadecimal), "name": .string($0.name),
            "before": $0.before.map { .string($0.hexadecimal) },
          ])
        }),
      "format": .integer(Self.formatVersion), "token": .string(token),
    ])
  }
}
