internal import Diagnostics
internal import Execution
internal import Experiments
internal import Notebooks

extension PlanForecast {
  /// What a render of the notebook would do: by the store of its project, and the ledger beside its
  /// documents.
  ///
  /// - Parameter output: folder of the documents; nil: `output` below the root.
  /// - Returns: a warning too, when the ledger cannot be read.
  static func of(
    _ prepared: PreparedNotebook, options: NotebookOptions, output: String? = nil
  ) -> (forecast: PlanForecast, warning: Diagnostic?) {
    let variant = OutputPlace.variant(profile: options.profile, parameters: options.parameters)
    // Of a notebook that is rendered in place the ledger lies beside it.
    let ledgers = [false, true].map {
      OutputPlace(
        of: prepared.path, root: prepared.root, folder: output, variant: variant, inPlace: $0
      ).ledger
    }
    let isInPlace = prepared.notebook.isRendered && !ProjectRoot.exists(ledgers[0])
    let store = prepared.store
    let (ledger, warning) = LedgerFile.earlier(at: ledgers[isInPlace ? 1 : 0])
    let history = PlanHistory(plan: prepared.plan, ledger: ledger) { store.provenance(of: $0) }
    let forecast = PlanForecast(
      prepared.plan, of: prepared.experiments, unsound: prepared.unsoundBlocks,
      isStored: { store.contains($0) }, history: history)
    return (forecast, warning)
  }
}

extension PreparedNotebook {
  /// The project's store, for looking only.
  var store: Store {
    Store(directory: Store.directory(of: root), access: .readOnly)
  }

  /// A warning when a render is likely to take longer than it may.
  var timeWarning: Diagnostic? {
    guard status == .fine else { return nil }
    return RunOptions(store: store, limits: RunLimits(limits)).timeWarning(
      of: plan, in: experiments)
  }

  /// Blocks with an error inside.
  fileprivate var unsoundBlocks: Set<String> {
    let places = diagnostics.filter(\.isError).compactMap(\.range)
      .filter { $0.file.path == notebook.file.path }.map(\.bytes.lowerBound)
    return Set(
      notebook.blocks.filter { block in places.contains { block.range.contains($0) } }
        .map(\.name))
  }

  /// Whether every block was understood, so that all of them can be listed.
  var hasAllBlocks: Bool {
    notebook.blocks.allSatisfy { experiments[$0.name] != nil }
  }
}
