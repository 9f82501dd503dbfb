internal import Digests
internal import Experiments
internal import JSON

/// What `entry.json` says: which step this is, and the sizes and digests of the other files.
struct EntryManifest: Equatable {
  /// Version of the form of `entry.json` and of the files that it names.
  static let formatVersion = 1
  static let fileName = "entry.json"
  /// Bytes beyond which an `entry.json` is not read.
  static let limit = 1 << 24

  /// A file of the entry.
  struct File: Equatable {
    let name: String
    let count: Int
    /// SHA-256, 64 lower-case hexadecimal digits.
    let digest: String

    init(name: String, count: Int, digest: String) {
      self.name = name
      self.count = count
      self.digest = digest
    }

    init(_ name: String, _ bytes: [UInt8]) {
      self.init(name: name, count: bytes.count, digest: SHA256Digest(of: bytes).hexadecimal)
    }

    /// Whether the bytes are those that were written.
    func matches(_ bytes: [UInt8]) -> Bool {
      bytes.count == count && SHA256Digest(of: bytes).hexadecimal == digest
    }
  }

  let fingerprint: Fingerprint
  let provenance: Provenance
  /// Sorted by name.
  let files: [File]

  subscript(name: String) -> File? { files.first { $0.name == name } }

  /// Digests of what the step computed; the log, which differs from run to run, left out.
  var results: [File] { files.filter { $0.name != StepLog.fileName } }

  var bytes: [UInt8] {
    let list = files.map { file in
      (
        file.name,
        CanonicalJSON.object(["bytes": .integer(file.count), "sha256": .string(file.digest)])
      )
    }
    return SealedJSON.bytes([
      "files": .object(Dictionary(uniqueKeysWithValues: list)),
      "fingerprint": .string(fingerprint.hexadecimal),
      "format": .integer(Self.formatVersion),
      "kind": .string(provenance.kind.rawValue),
      "provenance": provenance.json,
    ])
  }

  init(fingerprint: Fingerprint, provenance: Provenance, files: [File]) {
    self.fingerprint = fingerprint
    self.provenance = provenance
    self.files = files.sorted { $0.name < $1.name }
  }

  /// Reads an `entry.json` that must be the one of a fingerprint.
  init(_ bytes: [UInt8], of fingerprint: Fingerprint) throws(EntryFault) {
    guard let node = SealedJSON.object(bytes, path: Self.fileName) else {
      throw .damaged("`\(Self.fileName)` is not what was written")
    }
    do throws(JSONFault) {
      let format = try node.member("format").integer()
      guard format == Self.formatVersion else {
        throw JSONFault("its format is \(format), not \(Self.formatVersion)", at: node.range)
      }
      guard try node.member("fingerprint").string() == fingerprint.hexadecimal else {
        throw JSONFault("it is of another step", at: node.range)
      }
      self.fingerprint = fingerprint
      let kind = try node.member("kind").choice(Step.Kind.self)
      provenance = try Provenance(node.member("provenance"), kind: kind)
      files = try Self.files(node.member("files"), kind: kind)
    } catch {
      throw .damaged("`\(Self.fileName)`: \(error.message)")
    }
  }

  private static func files(
    _ node: JSONNode, kind: Step.Kind
  ) throws(JSONFault) -> [File] {
    var files: [File] = []
    for name in StepPayload.fileNames(of: kind) + [StepLog.fileName] {
      let file = try node.member(name)
      let digest = try file.member("sha256").string()
      let count = try file.member("bytes").integer()
      guard count >= 0, digest.utf8.count == 64 else {
        throw JSONFault("a file has a size and a digest", at: file.range)
      }
      files.append(File(name: name, count: count, digest: digest))
    }
    return files.sorted { $0.name < $1.name }
  }
}
