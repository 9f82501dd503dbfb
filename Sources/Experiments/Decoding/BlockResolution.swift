import Diagnostics
import Notebooks

/// Turns blocks as written into blocks that stand for themselves: parameters put in, `like`
/// followed, the profile merged.
struct BlockResolution {
  let sources: NotebookSources
  let profile: String?
  /// What was found; places and texts that repeat are sorted out at the end.
  var diagnostics: [Diagnostic] = []

  /// Nodes with parameters put in; nil for a block that cannot be read.
  private var written: [String: YAMLNode?] = [:]
  /// What stands in the root's blocks, by name; taken away when a block is first asked for.
  private var readAhead: [String: ReadBlock]
  /// Nodes with `like` followed.
  private var merged: [String: YAMLNode?] = [:]
  private var reportedCycles: Set<String> = []
  /// Blocks whose text has errors.
  private(set) var faulty: Set<String> = []
  /// Blocks that lack what their `like` would have copied.
  private(set) var partial: Set<String> = []

  init(sources: NotebookSources, profile: String?) {
    self.sources = sources
    self.profile = profile
    // Every one of them will be asked for, and reading one needs no other.
    let names = sources.prefixes.first.flatMap { sources.sources[$0]?.blockNames } ?? []
    let read = names.concurrentMap { name in
      sources.find(name).map { source, block in ReadBlock(block, source) }
    }
    readAhead = Dictionary(
      zip(names, read).compactMap { name, read in read.map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The YAML of a block, and what is wrong with it.
  private struct ReadBlock {
    let node: YAMLNode?
    let diagnostics: [Diagnostic]

    init(_ block: ExperimentBlock, _ source: NotebookSources.Source) {
      var diagnostics: [Diagnostic] = []
      node = YAMLReader.read(block.body, scope: source.scope, &diagnostics)
      self.diagnostics = diagnostics
    }
  }

  /// The block with its `like` followed and the profile merged; nil when it cannot be read.
  mutating func node(_ name: String) -> YAMLNode? {
    guard let node = merged(name) else { return nil }
    return Self.applying(profile, to: node)
  }

  /// The block under each profile that it knows, for checking them all.
  mutating func profileNames(of name: String) -> [String] {
    (merged(name)?["profiles"]?.pairs ?? []).map(\.key)
  }

  /// The block under one profile.
  mutating func node(_ name: String, profile: String) -> YAMLNode? {
    merged(name).map { Self.applying(profile, to: $0) }
  }

  private static func applying(_ profile: String?, to node: YAMLNode) -> YAMLNode {
    let bare = node.removing { $0 == "profiles" || $0 == "like" }
    guard let profile, let over = node["profiles"]?[profile], over.pairs != nil else { return bare }
    return bare.mergingBlock(over.removing { $0 == "profiles" || $0 == "like" })
  }

  /// The kind of a block; nil when it has none, several, or cannot be read.
  mutating func kind(_ name: String) -> ExperimentKind? {
    let kinds = (node(name)?.pairs ?? []).compactMap { ExperimentKind(rawValue: $0.key) }
    if kinds.contains(.train), kinds.count == 2, kinds.contains(.evaluate) { return .train }
    return kinds.count == 1 ? kinds[0] : nil
  }

  /// What a component block declares: what stands under its `model:`, `dataset:` or `tokenizer:`.
  mutating func component(_ name: String) -> YAMLNode? {
    let node = node(name)
    return node?["model"] ?? node?["dataset"] ?? node?["tokenizer"]
  }

  // MARK: Reading

  private mutating func written(_ name: String) -> YAMLNode? {
    if let known = written[name] { return known }
    var node: YAMLNode?
    let before = diagnostics.count
    if let (source, block) = sources.find(name) {
      let found = readAhead.removeValue(forKey: name) ?? ReadBlock(block, source)
      node = read(found, block, source)
    }
    if diagnostics[before...].contains(where: \.isError) { faulty.insert(name) }
    written[name] = .some(node)
    return node
  }

  private mutating func read(
    _ found: ReadBlock, _ block: ExperimentBlock, _ source: NotebookSources.Source
  ) -> YAMLNode? {
    diagnostics += found.diagnostics
    guard let node = found.node else {
      if !found.diagnostics.contains(where: \.isError) {
        diagnostics.append(.emptyBlock(block))
      }
      return nil
    }
    guard node.pairs != nil else {
      diagnostics.append(.notAMapping(node, "A block"))
      return nil
    }
    let substituted = source.substitution.block(node, &diagnostics)
    checkProfiles(substituted)
    return substituted
  }

  private mutating func checkProfiles(_ node: YAMLNode) {
    guard let pair = node.pair("profiles") else { return }
    let place = FieldPlace(name: "profiles", keyRange: pair.keyRange)
    guard let profiles = pair.value.pairs else {
      diagnostics.append(
        .wrongType(pair.value, place, wants: "a mapping such as {smoke: {train: {epochs: 1}}}"))
      return
    }
    for profile in profiles where profile.value.pairs == nil {
      let place = FieldPlace(name: profile.key, keyRange: profile.keyRange)
      diagnostics.append(
        .wrongType(profile.value, place, wants: "a part of a block, such as {train: {epochs: 1}}"))
    }
  }

  // MARK: like

  private mutating func merged(_ name: String) -> YAMLNode? {
    if let known = merged[name] { return known }
    // Follow the chain without recursion; it may be as long as the notebook.
    var chain: [(name: String, node: YAMLNode)] = []
    var onChain: Set<String> = []
    var next: String? = name
    var base: YAMLNode?
    var isWhole = false
    while let current = next {
      next = nil
      if let known = merged[current] {
        base = known
        isWhole = known != nil && !partial.contains(current)
        break
      }
      guard let node = written(current) else { break }
      onChain.insert(current)
      chain.append((current, node))
      guard let pair = node.pair("like") else {
        isWhole = true
        break
      }
      guard let target = target(of: pair) else { break }
      if onChain.contains(target) {
        reportCycle(chain.map(\.name), back: target, at: pair.value.range)
        break
      }
      next = target
    }
    if !isWhole { partial.formUnion(chain.map(\.name)) }
    if chain.isEmpty {
      merged[name] = .some(base)
      return base
    }
    for (current, node) in chain.reversed() {
      let own = node.removing { $0 == "like" }
      let result = base.map { $0.removing { Self.ownOnly.contains($0) }.mergingBlock(own) } ?? own
      merged[current] = .some(result)
      base = result
    }
    return base
  }

  /// What a block says of itself and `like` therefore does not copy.
  static let ownOnly: Set<String> = ["caption", "expect", "like"]

  /// The whole name of the block that `like` means, if it is one.
  private mutating func target(of pair: YAMLNode.Pair) -> String? {
    guard let text = pair.value.text, !pair.value.isMissing else {
      let place = FieldPlace(name: "like", keyRange: pair.keyRange)
      diagnostics.append(.wrongType(pair.value, place, wants: "the name of a block"))
      return nil
    }
    let name = pair.value.scope.prefix + text
    if sources.find(name) != nil { return name }
    if !sources.isUnreadable(name) {
      diagnostics.append(unknownReference(name, "like", kinds: [], at: pair.value.range))
    }
    return nil
  }

  private mutating func reportCycle(_ chain: [String], back target: String, at range: SourceRange) {
    let start = chain.firstIndex(of: target) ?? 0
    let cycle = Array(chain[start...])
    guard reportedCycles.isDisjoint(with: cycle) else { return }
    reportedCycles.formUnion(cycle)
    diagnostics.append(
      Diagnostic(
        "experiment.cycle",
        "`like` must not go in a circle: \((cycle + [target]).joined(separator: " → "))",
        at: range))
  }

  // MARK: References

  /// Reports a reference that names no block, or one of another kind.
  mutating func check(
    _ name: String, field: String, kinds: [ExperimentKind], at range: SourceRange
  ) {
    guard !name.isEmpty else { return }
    guard sources.find(name) != nil else {
      if !sources.isUnreadable(name) {
        diagnostics.append(unknownReference(name, field, kinds: kinds, at: range))
      }
      return
    }
    guard let kind = kind(name), !kinds.contains(kind) else { return }
    let wanted = kinds.map { "`\($0.rawValue)`" }.alternatives
    let others = sources.allNames.filter { other in self.kind(other).map(kinds.contains) ?? false }
    diagnostics.append(
      Diagnostic(
        "experiment.wrong-kind",
        "`\(field)` takes the name of a \(wanted) block; `\(name)` has the kind `\(kind.rawValue)`",
        at: range, notes: others.isEmpty ? [] : [Self.known(others)],
        suggestion: nearestName(to: name, among: others)))
  }

  private mutating func unknownReference(
    _ name: String, _ field: String, kinds: [ExperimentKind], at range: SourceRange
  ) -> Diagnostic {
    let all = sources.allNames
    let fitting = all.filter { other in
      kinds.isEmpty || (kind(other).map(kinds.contains) ?? false)
    }
    var notes: [Diagnostic.Note] = []
    let prefix = NotebookSources.parts(of: name).prefix
    if !prefix.isEmpty, sources.sources[prefix] == nil {
      notes.append(
        Diagnostic.Note("no notebook is used as `\(prefix.dropLast())`; see `use:`"))
    } else if !fitting.isEmpty {
      notes.append(Self.known(fitting))
    }
    return Diagnostic(
      "experiment.unknown-reference", "`\(field)` names no block: `\(name.abbreviated)`",
      at: range, notes: notes,
      suggestion: nearestName(to: name, among: fitting) ?? nearestName(to: name, among: all))
  }

  private static func known(_ names: [String]) -> Diagnostic.Note {
    let shown = names.prefix(12).joined(separator: ", ")
    return Diagnostic.Note("blocks that fit: \(shown)\(names.count > 12 ? ", …" : "")")
  }
}

extension Diagnostic {
  fileprivate static func emptyBlock(_ block: ExperimentBlock) -> Diagnostic {
    Diagnostic(
      "experiment.missing-kind",
      "A block has exactly one kind: \(ExperimentKind.allCases.map(\.rawValue).alternatives)",
      at: block.nameRange, notes: [Note("this block is empty")])
  }
}
