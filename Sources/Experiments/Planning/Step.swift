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
    case prepare, tokenize, train, evaluate, combine, compare, plot

    /// In every fingerprint of the kind.
    package var version: Int {
      switch self {
      case .prepare, .tokenize, .train, .evaluate, .combine, .compare, .plot: 1
      }
    }
  }

  /// The work with everything resolved: no name is left to look up but those of input steps.
  package enum Work: Sendable {
    /// Reads or draws data, cuts it into parts and scales it.
    case prepare(DatasetSpec, seed: Int, facts: DatasetFacts)
    /// Learns or reads a tokenizer; the input of one that is learned is its data.
    case tokenize(TokenizerPlan)
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
      case .tokenize: .tokenize
      case .train: .train
      case .evaluate: .evaluate
      case .combine: .combine
      case .compare: .compare
      case .plot: .plot
      }
    }

    /// What its random numbers begin with; nil where it draws none.
    package var seed: Int? {
      switch self {
      case .prepare(_, let seed, _), .train(_, let seed, _): seed
      default: nil
      }
    }

    /// How many repeats it puts together; nil where it does not.
    package var repeats: Int? {
      if case .combine(let repeats) = self { repeats } else { nil }
    }

    package var repeatIndex: Int? {
      switch self {
      case .train(_, _, let index), .evaluate(_, let index): index
      case .prepare, .tokenize, .combine, .compare, .plot: nil
      }
    }
  }

  package let id: ID
  /// The block that the step belongs to, by its whole name.
  package let block: String
  package let work: Work
  /// Steps whose results are read, in the order in which the work reads them.
  package let inputs: [ID]
  let identity: Identity
  package let cost: Cost

  init(id: ID, block: String, work: Work, inputs: [ID], identity: Identity, cost: Cost) {
    self.id = id
    self.block = block
    self.work = work
    self.inputs = inputs
    self.identity = identity
    self.cost = cost
  }

  package var kind: Kind { work.kind }

  /// Steps of equal fingerprint are the same work: computed once.
  package var fingerprint: Fingerprint { identity.fingerprint }

  /// A fingerprint, and what of it the work does not hold.
  struct Identity: Sendable {
    let fingerprint: Fingerprint
    /// Of the inputs, in order.
    let inputs: [Fingerprint]
    let numericsVersion: Int
  }
}

extension Step.Work {
  /// Identity of the work over inputs of the given fingerprints.
  func identity(inputs: [Fingerprint], numericsVersion: Int) -> Step.Identity {
    var bytes = CanonicalBytes()
    describe(to: &bytes, inputs: inputs, numericsVersion: numericsVersion)
    return Step.Identity(
      fingerprint: Fingerprint(of: bytes.bytes), inputs: inputs, numericsVersion: numericsVersion)
  }

  /// Goes over everything that the result depends on.
  ///
  /// Names of blocks are not in it, with one exception: the labels of a comparison or a plot are
  /// part of what it shows.
  func describe(
    to sink: inout some CanonicalSink, inputs: [Fingerprint], numericsVersion: Int
  ) {
    sink.mark("assay.step")
    sink.mark(kind.rawValue)
    sink.append("step.\(kind.rawValue)") { $0.version(kind.version) }
    sink.append("numerics") { $0.integer(numericsVersion) }
    sink.append("results") { $0.version(RunResult.formatVersion) }
    sink.inputs(inputs)
    // Inputs stand above in order, so a name inside a spec only marks its place.
    let first = inputs.first ?? Fingerprint(of: [])
    switch self {
    case .prepare(let spec, let seed, let facts):
      sink.append("dataset") { $0.append(spec.withoutPath.canonical, first: first) }
      sink.append("seed") { $0.integer(seed) }
      if let digest = facts.digest {
        sink.append("data") { $0.digest(digest.hexadecimal) }
      } else {
        sink.mark("")
      }
    case .tokenize(let plan):
      sink.append("tokenizer") { $0.append(plan.canonical, first: first) }
      if let digest = plan.digest {
        sink.append("data") { $0.digest(digest.hexadecimal) }
      } else {
        sink.mark("")
      }
    case .train(let plan, let seed, let repeatIndex):
      sink.append(plan.canonical, first: first)
      if case .bert(let bert) = plan.model { sink.appendFiles(of: bert) }
      sink.append("seed") { $0.integer(seed) }
      sink.append("repeat_index") { $0.integer(repeatIndex) }
      for metric in plan.validationMetrics { sink.appendRaised(metric) }
    case .evaluate(let plan, _):
      // The repeat is in the fingerprint of the training.
      sink.append("evaluate") { $0.append(plan.canonical, first: first) }
    case .combine(let repeats):
      sink.append("repeat") { $0.integer(repeats) }
    case .compare(let runs, let metrics):
      sink.append(runs)
      sink.append("metrics") { $0.append(.list(metrics.map(FieldValue.text)), first: first) }
    case .plot(let spec, let runs):
      sink.append(runs)
      sink.append("series") { $0.append(.list(spec.series.map(FieldValue.text)), first: first) }
      sink.append("x") { $0.text(spec.x.rawValue) }
    }
  }
}

extension CanonicalSink {
  /// Labels of runs, and the values that made each of them.
  fileprivate mutating func append(_ runs: [ComparedRun]) {
    append("runs") { sink in
      sink.beginList(runs.map { .text($0.label) })
      for (index, run) in runs.enumerated() {
        sink.enter(.item(index))
        sink.text(run.label)
        sink.append("values") { $0.append(run.values) }
        sink.leave()
      }
    }
  }

  /// Digests of the files that a BERT is read from or masked by.
  fileprivate mutating func appendFiles(of bert: BertPlan) {
    if case .folder(_, let digest) = bert.origin {
      append("pretrained") { $0.digest(digest.hexadecimal) }
    }
    if let digest = bert.wordList { append("word_list") { $0.digest(digest.hexadecimal) } }
  }

  private mutating func append(_ texts: [String]) {
    if texts.isEmpty { return emptyList() }
    beginList(texts.map(FieldValue.text))
    for (index, text) in texts.enumerated() {
      enter(.item(index))
      self.text(text)
      leave()
    }
  }

  /// What is measured during training follows from the data and the other fields; only a version
  /// that was raised has to be said.
  fileprivate mutating func appendRaised(_ metric: MetricName) {
    guard case .component(let name, let version, _) = MetricSpec(metric).canonical, version != 1
    else { return }
    append("validation.\(name)") { sink in
      sink.mark(name)
      sink.version(version)
    }
  }
}

extension DatasetSpec {
  /// The same data wherever its file lies: the digest of the bytes stands for the path.
  fileprivate var withoutPath: DatasetSpec {
    switch self {
    case .csv(var spec):
      spec.csv = ""
      return .csv(spec)
    case .jsonl(var spec):
      spec.jsonl = ""
      return .jsonl(spec)
    case .text(var spec):
      spec.text = ""
      return .text(spec)
    case .glyphs, .friedman1, .written: return self
    }
  }
}
