package import Diagnostics
package import Notebooks

extension ExperimentNotebook {
  /// Decodes, checks and resolves a notebook; reports every problem of it, sorted.
  ///
  /// Blocks with errors are left out of the value, so a caller goes on only without errors.
  ///
  /// - Parameters:
  ///   - parameters: values of `$name` that replace those of the front matter.
  ///   - profile: what `profiles:` of blocks is merged; blocks that do not know it stay as they are.
  ///   - load: the notebook at a path below the project root that `use:` names, or what is wrong
  ///     with it, to be reported at the given place.
  package static func decode(
    _ notebook: Notebook, parameters: [ParameterOverride] = [], profile: String? = nil,
    load: (String, SourceRange) -> (Notebook?, [Diagnostic]) = { path, place in
      (nil, [.notLoaded(path, at: place)])
    }
  ) -> (notebook: ExperimentNotebook, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let sources = NotebookSources(
      root: notebook, parameters: parameters, load: load, &diagnostics)
    var decoding = NotebookDecoding(sources: sources, profile: profile)
    decoding.decodeRoot()
    decoding.decodeUsed(mentionedIn: notebook)
    diagnostics += decoding.resolution.diagnostics
    let result = ExperimentNotebook(
      settings: sources.sources[""]?.settings ?? NotebookSettings(),
      experiments: decoding.experiments, profileNames: decoding.profileNames.sorted())
    return (result, diagnostics.withoutRepetitions().sortedByPosition())
  }
}

/// The walk over all blocks of a notebook.
private struct NotebookDecoding {
  var resolution: BlockResolution
  var experiments: [Experiment] = []
  var profileNames: Set<String> = []
  /// Whole names of used blocks still to decode.
  private var pending: [String] = []
  private var seen: Set<String> = []

  init(sources: NotebookSources, profile: String?) {
    resolution = BlockResolution(sources: sources, profile: profile)
  }

  mutating func decodeRoot() {
    let names = resolution.sources.sources[""]?.blockNames ?? []
    seen.formUnion(names)
    for name in names { decode(name, origin: .block) }
  }

  /// Decodes the blocks of other notebooks that blocks, expectations and prose refer to.
  mutating func decodeUsed(mentionedIn notebook: Notebook) {
    let aliases = Set((resolution.sources.sources[""]?.settings.use ?? []).map(\.alias))
    for inline in notebook.inlines {
      guard case .value(let expression) = inline.kind else { continue }
      mention(usedNames(in: expression.text, aliases: aliases))
    }
    var next = 0
    while next < pending.count {
      decode(pending[next], origin: .used)
      next += 1
    }
  }

  private mutating func mention(_ names: [String]) {
    for name in names where resolution.sources.find(name) != nil && seen.insert(name).inserted {
      pending.append(name)
    }
  }

  private mutating func decode(_ name: String, origin: Experiment.Origin) {
    guard let node = resolution.node(name), let (source, block) = resolution.sources.find(name)
    else { return }
    let before = resolution.diagnostics.count
    var decoded = DecodedBlock(node, name: block.nameRange, &resolution.diagnostics)
    checkProfiles(of: name, at: block.nameRange)
    check(decoded, node, block.nameRange)
    if origin == .used {
      // Claims of another notebook are judged where that notebook is rendered.
      decoded.expectations = []
    }
    let aliases = Set(source.settings.use.map { source.scope.prefix + $0.alias })
    for claim in decoded.expectations { mention(usedNames(in: claim.text, aliases: aliases)) }
    guard let spec = decoded.spec else { return dropMissing(of: name, since: before) }
    let variants = self.variants(spec, node, name: name, origin: origin, at: block.nameRange)
    dropMissing(of: name, since: before)
    guard !resolution.diagnostics[before...].contains(where: \.isError),
      !resolution.faulty.contains(name), !resolution.partial.contains(name)
    else { return }
    experiments.append(
      Experiment(
        name: name, origin: origin, spec: spec, common: decoded.common,
        seed: decoded.common.seed ?? source.settings.seed, nameRange: block.nameRange,
        expectations: decoded.expectations, compared: compared(spec, variants), node: node))
    experiments += variants.map(\.experiment)
  }

  /// Takes back what was said to be missing from a block whose `like` led nowhere.
  private mutating func dropMissing(of name: String, since before: Int) {
    guard resolution.partial.contains(name) else { return }
    let kept = resolution.diagnostics[before...].filter {
      $0.id != "experiment.missing-key" && $0.id != "experiment.missing-kind"
    }
    resolution.diagnostics.replaceSubrange(before..., with: kept)
  }

  /// Reports what is wrong with a block under the profiles that are not asked for.
  private mutating func checkProfiles(of name: String, at place: SourceRange) {
    for profile in resolution.profileNames(of: name) {
      profileNames.insert(profile)
      guard profile != resolution.profile,
        let node = resolution.node(name, profile: profile)
      else { continue }
      let decoded = DecodedBlock(node, name: place, &resolution.diagnostics)
      check(decoded, node, place)
    }
  }

  /// Checks the names that a block refers to, and remembers those of other notebooks.
  private mutating func check(_ decoded: DecodedBlock, _ node: YAMLNode, _ place: SourceRange) {
    for reference in decoded.spec?.references ?? [] {
      let range = node.range(of: FieldPath(reference.path)) ?? place
      resolution.check(
        reference.name, field: reference.path, kinds: reference.kinds, at: range)
      mention([reference.name])
    }
  }

  // MARK: Comparisons

  private struct DecodedVariant {
    let run: ComparedRun
    let experiment: Experiment
  }

  private func compared(_ spec: ExperimentSpec, _ variants: [DecodedVariant]) -> [ComparedRun] {
    guard case .compare(let compare) = spec else { return [] }
    return compare.runs.map { ComparedRun(name: $0, label: $0) } + variants.map(\.run)
  }

  private mutating func variants(
    _ spec: ExperimentSpec, _ node: YAMLNode, name: String, origin: Experiment.Origin,
    at place: SourceRange
  ) -> [DecodedVariant] {
    guard case .compare(let compare) = spec, let baseName = compare.base,
      let over = node["compare"]?["over"], let base = resolution.node(baseName),
      resolution.kind(baseName) == .train, let (source, _) = resolution.sources.find(baseName)
    else { return [] }
    var problems: [Diagnostic] = []
    var lookup = resolution
    let variants = VariantMaking.variants(
      of: base, over: over, component: { lookup.component($0) }, &problems)
    resolution.diagnostics += problems
    return variants.compactMap { variant in
      let whole = "\(name)[\(variant.label)]"
      let decoded = DecodedBlock(variant.node, name: place, &resolution.diagnostics)
      check(decoded, variant.node, place)
      guard let spec = decoded.spec else { return nil }
      return DecodedVariant(
        run: ComparedRun(name: whole, label: variant.label, values: variant.values),
        experiment: Experiment(
          name: whole, origin: .variant(of: name), spec: spec, common: decoded.common,
          seed: decoded.common.seed ?? source.settings.seed, nameRange: place, expectations: [],
          compared: [], node: variant.node))
    }
  }
}

extension Diagnostic {
  fileprivate static func notLoaded(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("experiment.use", "The notebook `\(path)` cannot be used here", at: range)
  }
}

extension [Diagnostic] {
  /// Each problem once: copies of a block by `like`, profiles and variants repeat what they copy.
  fileprivate func withoutRepetitions() -> [Diagnostic] {
    var seen: Set<DiagnosticIdentity> = []
    let explained = Set(compactMap(ExplainedPlace.init))
    return filter { diagnostic in
      guard seen.insert(DiagnosticIdentity(diagnostic)).inserted else { return false }
      guard diagnostic.id.hasPrefix("experiment."), diagnostic.id != "experiment.unknown-parameter",
        let range = diagnostic.range
      else { return true }
      return !explained.contains(ExplainedPlace(range))
    }
  }
}

/// A value about which nothing more needs to be said: a `$name` without value, or a text that a
/// `: ` broke.
private struct ExplainedPlace: Hashable {
  let path: String
  let start: Int

  init(_ range: SourceRange) {
    path = range.file.path
    start = range.bytes.lowerBound
  }

  init?(_ diagnostic: Diagnostic) {
    guard let range = diagnostic.range else { return nil }
    switch diagnostic.id {
    case "experiment.unknown-parameter": self.init(range)
    case "yaml.colon":
      guard let text = diagnostic.notes.compactMap(\.range).first else { return nil }
      self.init(text)
    default: return nil
    }
  }
}

/// What makes two diagnostics the same to a reader.
private struct DiagnosticIdentity: Hashable {
  let path: String?
  let bytes: Range<Int>?
  let id: String
  let message: String

  init(_ diagnostic: Diagnostic) {
    path = diagnostic.range?.file.path
    bytes = diagnostic.range?.bytes
    id = diagnostic.id
    message = diagnostic.message
  }
}
