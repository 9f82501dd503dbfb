package import JSON

extension LedgerDifference {
  /// `values` (`block`, `path`, `before`, `after`, `delta`, `relative`), `same_values`, `changes`
  /// (`block`, and the cause), `claims`, and the names of blocks that are new, gone, or differ in a
  /// series or a matrix; what a side lacks is left out.
  package var json: CanonicalJSON {
    .members([
      "values": .array(
        values.map {
          .members([
            "block": .string($0.block), "path": .string($0.path),
            "before": $0.before.map(CanonicalJSON.double),
            "after": $0.after.map(CanonicalJSON.double),
            "delta": $0.delta.map(CanonicalJSON.double),
            "relative": $0.relative.map(CanonicalJSON.double),
          ])
        }),
      "same_values": .integer(sameValues),
      "changes": .array(
        changes.map { .object(["block": .string($0.block), "cause": $0.cause.json]) }),
      "claims": .array(
        claims.map {
          .members([
            "block": .string($0.block), "text": .string($0.text),
            "before": ($0.before?.rawValue).map(CanonicalJSON.string),
            "after": ($0.after?.rawValue).map(CanonicalJSON.string),
          ])
        }),
      "added_blocks": .array(addedBlocks.map(CanonicalJSON.string)),
      "removed_blocks": .array(removedBlocks.map(CanonicalJSON.string)),
      "other_results": .array(otherResults.map(CanonicalJSON.string)),
    ])
  }
}

extension Cause {
  /// `kind`, `text` as it is printed, and what the kind has: `path`, `before`, `after`, `file`,
  /// `block` and its `cause`.
  package var json: CanonicalJSON {
    var members: [String: CanonicalJSON?] = ["text": .string(text)]
    let string = { (text: String?) in text.map(CanonicalJSON.string) }
    switch self {
    case .new: members["kind"] = .string("new")
    case .notStored: members["kind"] = .string("not-stored")
    case .unknown: members["kind"] = .string("unknown")
    case .field(let path, let before, let after):
      members["kind"] = .string("field")
      (members["path"], members["before"], members["after"]) = (
        string(path), string(before), string(after)
      )
    case .version(let name, let before, let after):
      members["kind"] = .string("version")
      (members["path"], members["before"], members["after"]) = (
        string(name), string(before), string(after)
      )
    case .data(let file, let before, let after):
      members["kind"] = .string("data")
      (members["file"], members["before"], members["after"]) = (
        string(file), string(before), string(after)
      )
    case .input(let block, let cause):
      members["kind"] = .string("input")
      (members["block"], members["cause"]) = (string(block), cause.json)
    }
    return .members(members)
  }
}
