package import Diagnostics

extension Plan {
  /// Tolerances for results that no block that has them can have: they would silently never apply.
  ///
  /// A tolerance that `like` or a comparison copied is sound when it fits one of the copies.
  package func check(tolerancesOf notebook: ExperimentNotebook) -> [Diagnostic] {
    struct Place: Hashable {
      let path: String
      let bytes: Range<Int>
    }
    var fitting: Set<Place> = []
    var doubtful: [(place: Place, diagnostic: Diagnostic)] = []
    for experiment in notebook.experiments where !experiment.common.tolerance.isEmpty {
      for tolerance in experiment.common.tolerance {
        let range = experiment.toleranceRange(of: tolerance.path)
        let place = Place(path: range.file.path, bytes: range.bytes)
        let names = resultNames(of: experiment)
        // Of a block that could not be planned nobody knows the names.
        if names.map({ $0.contains(where: tolerance.covers) || tolerance.path == "*" }) ?? true {
          fitting.insert(place)
        } else {
          doubtful.append((place, .unfitting(tolerance, experiment, names ?? [], at: range)))
        }
      }
    }
    var told: Set<Place> = []
    return doubtful.filter { !fitting.contains($0.place) && told.insert($0.place).inserted }
      .map(\.diagnostic)
  }

  /// Names of a block's results that have a number; nil where they are not known before it runs.
  private func resultNames(of experiment: Experiment) -> [String]? {
    if case .plot = experiment.spec { return nil }
    guard let outline = outlines.outline(of: experiment.name), outline.isComplete else {
      return nil
    }
    return outline.entries.flatMap { entry -> [String] in
      switch entry.shape {
      case .scalar, .series: [entry.name]
      case .keyed(let keys?): keys.map { "\(entry.name)[\($0)]" }
      case .keyed(nil): [entry.name]
      case .matrix: []
      }
    }
  }
}

extension Experiment {
  /// The path as it stands under `tolerance`.
  fileprivate func toleranceRange(of path: String) -> SourceRange {
    node["tolerance"]?.pair(path)?.keyRange ?? range(of: "tolerance")
  }
}

extension Diagnostic {
  fileprivate static func unfitting(
    _ tolerance: PathTolerance, _ experiment: Experiment, _ names: [String], at range: SourceRange
  ) -> Diagnostic {
    let listed = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .error, "check.tolerance",
      "`\(experiment.name)` has no result `\(tolerance.path.abbreviated)` to tolerate", at: range,
      notes: [
        Note(
          names.isEmpty
            ? "a `\(experiment.spec.kind.rawValue)` block here has no numbers to compare"
            : "its results are \(listed)\(names.count > 12 ? ", …" : "")")
      ], suggestion: nearestName(to: tolerance.path, among: names))
  }
}
