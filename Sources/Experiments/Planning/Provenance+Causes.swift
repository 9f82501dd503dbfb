extension Provenance {
  /// What is not as it was, the first to be told first: the fields in their order, those that are
  /// back at their defaults, then inputs.
  ///
  /// An input's own cause is not known here: it is ``Cause/unknown``.
  package func causes(since earlier: Provenance) -> [Cause] {
    let own = Self.causes(from: earlier.fields, to: fields, file: file)
    var inputs: [Cause] = []
    for (index, input) in self.inputs.enumerated() {
      let isKnown = earlier.inputs.indices.contains(index)
      if isKnown, earlier.inputs[index].fingerprint == input.fingerprint { continue }
      inputs.append(.input(block: input.step, isKnown ? .unknown : .new))
    }
    return own + inputs
  }

  /// Differences of two sets of lines.
  ///
  /// Where a choice changed (`optimizer adamw → sgd`, another list of layers) the fields below it
  /// are not told one by one; where a group appears or goes, it is told with all its fields.
  ///
  /// - Parameter file: where the later data is read from.
  static func causes(from earlier: [Field], to later: [Field], file: String?) -> [Cause] {
    let before = FieldLines(earlier)
    let after = FieldLines(later)
    var changed: [String] = []
    var causes: [Cause] = []
    func compare(_ path: String) {
      if changed.contains(where: { path.isBelow($0) }) { return }
      let usual = FieldDefaults.text(at: path, source: after["dataset"])
      let (old, new) = (before[path] ?? usual.line, after[path] ?? usual.line)
      guard old != new else { return }
      changed.append(path)
      causes.append(
        Cause(
          path, before: before.shown(path) ?? usual.shown, after: after.shown(path) ?? usual.shown,
          file: file))
    }
    for field in later { compare(field.path) }
    for field in earlier where after[field.path] == nil { compare(field.path) }
    return causes
  }
}

extension Cause {
  fileprivate init(_ path: String, before: String, after: String, file: String?) {
    let versionSuffix = ".version"
    if path.hasSuffix(versionSuffix) {
      self = .version(
        of: String(path.dropLast(versionSuffix.count)), before: before, after: after)
    } else if path == "data" {
      self = .data(file: file, before: before.asDigest, after: after.asDigest)
    } else {
      self = .field(path: path, before: before, after: after)
    }
  }
}

/// Lines of a provenance by path.
private struct FieldLines {
  private let fields: [Provenance.Field]
  private let texts: [String: String]

  init(_ fields: [Provenance.Field]) {
    self.fields = fields
    texts = Dictionary(fields.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(path: String) -> String? { texts[path] }

  /// The text of a line; of a group, with its fields: `{patience: 5}`.
  func shown(_ path: String) -> String? {
    guard let text = texts[path], text == "{}" else { return texts[path] }
    let below = fields.filter { $0.path.isBelow(path) }.map {
      "\($0.path.dropFirst(path.count + 1)): \($0.text)"
    }
    return "{" + below.joined(separator: ", ") + "}"
  }
}

extension String {
  /// Whether the path leads further than another one: `a.b` and `a[0]` are below `a`.
  fileprivate func isBelow(_ path: String) -> Bool {
    guard hasPrefix(path) else { return false }
    let rest = dropFirst(path.count).first
    return rest == "." || rest == "["
  }
}
