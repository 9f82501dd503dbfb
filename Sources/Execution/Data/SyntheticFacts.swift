internal import Experiments
internal import Learning

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
