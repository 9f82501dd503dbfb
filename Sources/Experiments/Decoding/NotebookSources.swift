import Diagnostics
import Notebooks

/// A notebook and the notebooks that it uses, each under the prefix of its blocks.
struct NotebookSources {
  /// One notebook of them.
  struct Source {
    let scope: NameScope
    let settings: NotebookSettings
    let substitution: ParameterSubstitution
    /// Names of its blocks in document order.
    let blockNames: [String]
    fileprivate let blocks: [String: ExperimentBlock]

    func block(_ name: String) -> ExperimentBlock? { blocks[name] }
  }

  /// Notebooks that one may use, directly and through others.
  static let maximumCount = 64

  private(set) var sources: [String: Source] = [:]
  /// Prefixes in the order of loading; the first is the root's, empty.
  private(set) var prefixes: [String] = []
  /// Aliases whose notebook could not be had; names in them are not looked for.
  private(set) var unreadable: Set<String> = []

  /// Reads the front matter of a notebook and of all that it uses.
  init(
    root: Notebook, parameters: [ParameterOverride],
    load: (String, SourceRange) -> (Notebook?, [Diagnostic]), _ diagnostics: inout [Diagnostic]
  ) {
    var pending = [Pending(notebook: root, prefix: "", chain: [root.file.path])]
    var next = 0
    while next < pending.count {
      let item = pending[next]
      next += 1
      let overrides = item.prefix.isEmpty ? parameters : []
      let (source, use) = Self.source(item, overrides, &diagnostics)
      sources[item.prefix] = source
      prefixes.append(item.prefix)
      for (index, used) in source.settings.use.enumerated() {
        let prefix = item.prefix + used.alias + "/"
        let place = use.indices.contains(index) ? use[index] : item.notebook.file.start
        if item.chain.contains(used.path) {
          diagnostics.append(.useCycle(item.chain + [used.path], at: place))
          unreadable.insert(prefix)
          continue
        }
        guard pending.count < Self.maximumCount else {
          diagnostics.append(.tooManyUsed(at: place))
          return
        }
        let (notebook, problems) = load(used.path, place)
        diagnostics += problems
        if let notebook {
          pending.append(
            Pending(notebook: notebook, prefix: prefix, chain: item.chain + [used.path]))
        } else {
          unreadable.insert(prefix)
        }
      }
    }
  }

  private struct Pending {
    let notebook: Notebook
    let prefix: String
    /// Paths from the root to this notebook.
    let chain: [String]
  }

  /// Reads one notebook's front matter; also the places of its `use` paths.
  private static func source(
    _ item: Pending, _ overrides: [ParameterOverride], _ diagnostics: inout [Diagnostic]
  ) -> (Source, use: [SourceRange]) {
    let scope = NameScope(prefix: item.prefix)
    let place = item.notebook.file.start
    var node: YAMLNode?
    if let text = item.notebook.frontMatter {
      node = YAMLReader.read(text, scope: scope, &diagnostics)
    }
    if let present = node, present.pairs == nil {
      diagnostics.append(.notAMapping(present, "The front matter"))
      node = nil
    }
    var settings = NotebookSettings()
    if let node {
      let parameters = overridden(node, overrides)
      let substitution = ParameterSubstitution(parameters)
      var prose = node
      if let title = node.pair("title") {
        prose = node.setting(
          "title", at: title.keyRange, to: substitution.prose(title.value, &diagnostics))
      }
      settings = NotebookSettings.table.decode(prose, owner: place, &diagnostics) ?? settings
      reportEmptyParameters(node, overrides, &diagnostics)
      settings.params = parameters
    }
    for override in overrides where !settings.params.contains(where: { $0.name == override.name }) {
      diagnostics.append(
        .unusedOverride(override.name, among: settings.params.map(\.name), at: place))
    }
    var blocks: [String: ExperimentBlock] = [:]
    var names: [String] = []
    for block in item.notebook.blocks where blocks[block.name] == nil {
      blocks[block.name] = block
      names.append(block.name)
    }
    let source = Source(
      scope: scope, settings: settings, substitution: ParameterSubstitution(settings.params),
      blockNames: names, blocks: blocks)
    let use = settings.use.map { node?["use"]?[$0.alias]?.range ?? place }
    return (source, use)
  }

  /// The parameters with the command line's values in place of the front matter's.
  private static func overridden(
    _ node: YAMLNode, _ overrides: [ParameterOverride]
  ) -> [NotebookSettings.Parameter] {
    (node["params"]?.pairs ?? []).compactMap { pair in
      // The last of several wins, as on every command line.
      let override = overrides.last { $0.name == pair.key }
      guard pair.key.isParameterName, let text = override?.text ?? pair.value.text else {
        return nil
      }
      return NotebookSettings.Parameter(name: pair.key, text: text)
    }
  }

  private static func reportEmptyParameters(
    _ node: YAMLNode, _ overrides: [ParameterOverride], _ diagnostics: inout [Diagnostic]
  ) {
    for pair in node["params"]?.pairs ?? [] where pair.value.isMissing {
      guard !overrides.contains(where: { $0.name == pair.key }) else { continue }
      diagnostics.append(
        Diagnostic(
          "experiment.missing-key", "The parameter `\(pair.key)` needs a value", at: pair.keyRange,
          notes: [Diagnostic.Note("write one, or give it with -P \(pair.key)=…")]))
    }
  }

  // MARK: Names

  /// The notebook and the own name of a block that a whole name means.
  func find(_ name: String) -> (source: Source, block: ExperimentBlock)? {
    let (prefix, local) = Self.parts(of: name)
    guard let source = sources[prefix], let block = source.block(local) else { return nil }
    return (source, block)
  }

  /// Whether a name is in a notebook that could not be read.
  func isUnreadable(_ name: String) -> Bool {
    let prefix = Self.parts(of: name).prefix
    return unreadable.contains { prefix.hasPrefix($0) }
  }

  /// `bert/encoder` is block `encoder` below `bert/`.
  static func parts(of name: String) -> (prefix: String, local: String) {
    guard let slash = name.lastIndex(of: "/") else { return ("", name) }
    let after = name.index(after: slash)
    return (String(name[..<after]), String(name[after...]))
  }

  /// Whole names of every block, in order of the notebooks.
  var allNames: [String] {
    prefixes.flatMap { prefix in (sources[prefix]?.blockNames ?? []).map { prefix + $0 } }
  }
}

extension SourceFile {
  /// The place before the first byte.
  var start: SourceRange { SourceRange(self, 0..<0) }
}

extension Diagnostic {
  fileprivate static func useCycle(_ chain: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "experiment.cycle",
      "Notebooks must not use each other in a circle: \(chain.joined(separator: " → "))",
      at: range)
  }

  fileprivate static func tooManyUsed(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "experiment.too-many",
      "A notebook uses at most \(NotebookSources.maximumCount - 1) others, directly and through them",
      at: range)
  }
}
