internal import Experiments
internal import Learning
internal import Tensors

extension DatasetFacts {
  /// Facts of data that the program draws itself, with the rows that the split will deal out; nil
  /// for data that must be read.
  init?(drawing spec: DatasetSpec) {
    guard let drawn = DatasetFacts.synthetic(spec) else { return nil }
    let split = spec.split
    func parts(of rows: Int) -> PartRows {
      let counts = Partition.counts(rows, shares: [split.train, split.validation, split.test])
      return PartRows(train: counts[0], validation: counts[1], test: counts[2])
    }
    guard case .glyphs(let glyphs) = spec, glyphs.stratify, let classes = drawn.classes else {
      self.init(
        digest: nil, featureCount: drawn.featureCount, target: drawn.target,
        rows: parts(of: drawn.rows.total))
      return
    }
    // Sample i shows class i mod 10; each class is dealt out by itself.
    let perClass = classes.indices.map { index in
      parts(of: max(0, (glyphs.samples - index + classes.count - 1) / classes.count))
    }
    self.init(
      digest: nil, featureCount: drawn.featureCount, target: drawn.target,
      rows: PartRows(
        train: perClass.reduce(0) { $0 + $1.train },
        validation: perClass.reduce(0) { $0 + $1.validation },
        test: perClass.reduce(0) { $0 + $1.test }),
      classRows: perClass)
  }
}

extension DatasetFacts {
  /// Facts of texts that the program writes, without writing them: labels and rows are those of the
  /// run, sentences and bytes are rough.
  ///
  /// - Parameter deadline: when counting is given up.
  init(
    writing spec: WrittenDatasetSpec, seed: Int, deadline: ContinuousClock.Instant?
  ) throws(DatasetError) {
    let key = RandomKey(seed: UInt64(bitPattern: Int64(seed)), repeatIndex: 0)
    let corpus = SyntheticCorpus(spec)
    let targets = try corpus.targets(key: key, deadline: deadline)
    let partition = try Partition(
      of: spec.documents, targets: targets,
      shares: Partition.Shares(
        train: spec.split.train, validation: spec.split.validation, test: spec.split.test),
      stratify: spec.stratify, key: key, deadline: deadline)
    let sentences = spec.documents * (spec.minSentences + spec.maxSentences) / 2
    self.init(
      digest: nil, featureCount: 0, target: targets.factsTarget, rows: partition.rows,
      classRows: partition.classRows(of: targets),
      text: TextFacts(
        sentences: sentences, bytes: sentences * 60, isPair: spec.collection.form == .pairs))
  }
}
