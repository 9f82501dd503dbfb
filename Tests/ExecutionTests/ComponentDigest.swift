import Foundation

/// What one experiment on a component came to.
struct ComponentDigest: Hashable {
  let component: VersionedComponent
  let block: String
  /// First digits of the fingerprint of the result: the experiment with everything it depends on,
  /// versions included.
  let fingerprint: String
  /// SHA-256 of the result, in hexadecimal.
  let result: String

  /// What the digest is found by: the same under the same versions and the same experiment.
  var key: String { "\(component.name) \(component.version) \(block) \(fingerprint)" }
}

/// The digests that are committed, and the law about them: the same component of the same version
/// gives the same result for ever.
struct ComponentDigestRecord: Equatable {
  /// By ``ComponentDigest/key``.
  private(set) var digests: [String: String]

  init(_ digests: [String: String] = [:]) {
    self.digests = digests
  }

  init(contentsOf url: URL) throws {
    let data = try Data(contentsOf: url)
    let object = try JSONSerialization.jsonObject(with: data)
    guard let digests = object as? [String: String] else {
      throw CocoaError(.propertyListReadCorrupt)
    }
    self.init(digests)
  }

  /// JSON with one line a digest, sorted; keys hold nothing that needs escaping.
  var text: String {
    let lines = digests.sorted { $0.key < $1.key }.map { "  \"\($0.key)\": \"\($0.value)\"" }
    return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
  }

  /// What is wrong with digests beside the committed ones.
  struct Judgement: Equatable {
    /// Results that changed although no version did: only a higher version mends them.
    var changed: [String] = []
    /// Experiments without a digest: a new component, a new version, a new experiment.
    var new: [ComponentDigest] = []
    /// Digests of present versions whose experiment is gone.
    var gone: [String] = []
  }

  func judge(_ found: [ComponentDigest]) -> Judgement {
    var judgement = Judgement()
    for digest in found {
      switch digests[digest.key] {
      case nil: judgement.new.append(digest)
      case digest.result?: break
      case let committed?:
        judgement.changed.append(
          """
          \(digest.component.name) gives another result in `\(digest.block)` under the same version \
          \(digest.component.version): \(committed.prefix(12)) became \(digest.result.prefix(12)). \
          Raise the version of what was changed in its field table (of a step in Step.Kind, of the \
          numeric law in NumericsVersion), or undo the change; then write the new digests with \
          GOLDEN=all
          """)
      }
    }
    let present = Set(found.map { "\($0.component.name) \($0.component.version) \($0.block) " })
    let components = Set(found.map { "\($0.component.name) \($0.component.version) " })
    for key in digests.keys.sorted() {
      let isPresent = components.contains { key.hasPrefix($0) }
      if isPresent, !present.contains(where: { key.hasPrefix($0) }) { judgement.gone.append(key) }
    }
    return judgement
  }

  /// Takes in what is new; a digest that is there stays whatever was found.
  mutating func accept(_ found: [ComponentDigest]) {
    for digest in found where digests[digest.key] == nil { digests[digest.key] = digest.result }
  }
}
