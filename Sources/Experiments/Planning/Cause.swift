/// Why a step has to be computed: what is not as it was.
package indirect enum Cause: Sendable, Hashable {
  /// Nothing is known of an earlier state.
  case new
  /// All is as it was, but the result is not kept.
  case notStored
  /// A field of the notebook, or a number beside them such as `seed` or `numerics`.
  case field(path: String, before: String, after: String)
  /// The version of a component, a table or a kind of step.
  case version(of: String, before: String, after: String)
  /// The bytes that data is read from; digests as hexadecimal digits, nil where nothing is read.
  case data(file: String?, before: String?, after: String?)
  /// The result of another block, and why it changed.
  case input(block: String, Cause)
  /// Something changed, and nothing tells what.
  case unknown

  /// The cause on one line, as `assay plan` prints it.
  package var text: String {
    switch self {
    case .new: return "new"
    case .notStored: return "not in the store"
    case .field(let path, let before, let after):
      return Self.text(of: path, before.asDigest, after.asDigest)
        ?? "\(path) \(before.shortened) → \(after.shortened)"
    case .version(let name, let before, let after):
      return "\(name) version \(before) → \(after)"
    case .data(let file, let before, let after):
      let name = file.map { "data \($0)" } ?? "data"
      return Self.text(of: name, before, after) ?? "\(name) changed"
    case .input(let block, .unknown): return "`\(block)` changed"
    case .input(let block, let cause): return "`\(block)` changed: \(cause.text)"
    case .unknown: return "changed"
    }
  }

  /// Bytes that changed, by the first digits of their digests; nil where one of them is none.
  private static func text(of name: String, _ before: String?, _ after: String?) -> String? {
    guard let before, let after else { return nil }
    return "\(name) changed (sha \(before.prefix(8))… → \(after.prefix(8))…)"
  }

  /// The cause that all others follow from.
  package var root: Cause {
    guard case .input(_, let cause) = self, cause != .unknown else { return self }
    return cause.root
  }
}

extension String {
  /// The digits of a line of a provenance that is a digest: `sha256 0a1b…`.
  var asDigest: String? { hasPrefix("sha256 ") ? String(dropFirst(7)) : nil }

  /// The line as a cause shows it: of a digest the first digits.
  fileprivate var shortened: String { asDigest.map { "sha \($0.prefix(8))…" } ?? self }
}
