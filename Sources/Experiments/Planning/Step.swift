internal import Digests

/// One piece of work: the unit of fingerprint and, later, of the store.
package struct Step: Sendable {
  /// `corpus`, `finetune.train#0`, `finetune.evaluate#0`, `finetune`: the last step of a block
  /// carries its bare name.
  package struct ID: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
      self.description = description
    }
  }

  /// What kind of work; versions are raised by whoever changes what a step of the kind computes.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case prepare, train, evaluate, combine, compare, plot

    /// In every fingerprint of the kind.
    package var version: Int {
      switch self {
      case .prepare, .train, .evaluate, .combine, .compare, .plot: 1
      }
    }
  }

  /// The work with everything resolved: no name is left to look up but those of input steps.
  package enum Work: Sendable {
    /// Reads or draws data, cuts it into parts and scales it.
    case prepare(DatasetSpec, seed: Int, facts: DatasetFacts)
    /// Trains one model; the result is its weights and series.
    case train(TrainingPlan, seed: Int, repeatIndex: Int)
    /// Measures the weights of a train step.
    case evaluate(EvaluationPlan, repeatIndex: Int)
    /// Puts the repeats of a block together; inputs are its train and evaluate steps in order.
    case combine(repeats: Int)
    /// Puts the results of blocks side by side.
    case compare([ComparedRun], metrics: [String])
    /// Collects series of blocks.
    case plot(PlotSpec, runs: [ComparedRun])

    package var kind: Kind {
      switch self {
      case .prepare: .prepare
      case .train: .train
      case .evaluate: .evaluate
      case .combine: .combine
      case .compare: .compare
      case .plot: .plot
      }
    }

    package var repeatIndex: Int? {
      switch self {
      case .train(_, _, let index), .evaluate(_, let index): index
      case .prepare, .combine, .compare, .plot: nil
      }
    }
  }

  package let id: ID
  /// The block that the step belongs to, by its whole name.
  package let block: String
  package let work: Work
  /// Steps whose results are read, in the order in which the work reads them.
  package let inputs: [ID]
  /// Steps of equal fingerprint are the same work: computed once.
  package let fingerprint: Fingerprint
  package let cost: Cost

  package var kind: Kind { work.kind }
}

extension Step.Work {
  /// Fingerprint of the work over inputs of the given fingerprints.
  ///
  /// Names of blocks are not in it, with one exception: the labels of a comparison or a plot are
  /// part of what it shows.
  func fingerprint(inputs: [Fingerprint], numericsVersion: Int) -> Fingerprint {
    var bytes = CanonicalBytes()
    bytes.append("assay.step")
    bytes.append(kind.rawValue)
    bytes.append(kind.version)
    bytes.append(numericsVersion)
    bytes.append(RunResult.formatVersion)
    bytes.beginList(inputs.count)
    for input in inputs { bytes.append(input) }
    // Inputs stand above in order, so a name inside a spec only marks its place.
    let resolve = { (_: String) in inputs.first ?? Fingerprint(of: []) }
    switch self {
    case .prepare(let spec, let seed, let facts):
      bytes.append(spec.withoutPath.canonical, resolve: resolve)
      bytes.append(seed)
      bytes.append(facts.digest?.hexadecimal ?? "")
    case .train(let plan, let seed, let repeatIndex):
      bytes.append(plan.canonical, resolve: resolve)
      bytes.append(seed)
      bytes.append(repeatIndex)
    case .evaluate(let plan, _):
      // The repeat is in the fingerprint of the training.
      bytes.append(plan.canonical, resolve: resolve)
    case .combine(let repeats):
      bytes.append(repeats)
    case .compare(let runs, let metrics):
      Self.append(runs, to: &bytes)
      bytes.beginList(metrics.count)
      for metric in metrics { bytes.append(metric) }
    case .plot(let spec, let runs):
      Self.append(runs, to: &bytes)
      bytes.beginList(spec.series.count)
      for series in spec.series { bytes.append(series) }
      bytes.append(spec.x.rawValue)
    }
    return Fingerprint(of: bytes.bytes)
  }

  private static func append(_ runs: [ComparedRun], to bytes: inout CanonicalBytes) {
    bytes.beginList(runs.count)
    for run in runs {
      bytes.append(run.label)
      bytes.beginList(run.values.count)
      for value in run.values { bytes.append(value) }
    }
  }
}

extension DatasetSpec {
  /// The same data wherever its file lies: the digest of the bytes stands for the path.
  fileprivate var withoutPath: DatasetSpec {
    guard case .csv(var spec) = self else { return self }
    spec.csv = ""
    return .csv(spec)
  }
}
