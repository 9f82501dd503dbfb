package import Diagnostics
package import Digests

/// What planning needs to know about data before anything is computed from it.
package struct DatasetFacts: Sendable, Hashable {
  /// What a row is to be mapped to.
  package enum Target: Sendable, Hashable {
    /// One of these classes, sorted; a class's place is its number.
    case classes([String])
    /// Any of these labels, sorted; a label's place is its number.
    case labels([String])
    /// That many numbers.
    case numbers(width: Int)
    /// Nothing: texts to pre-train on.
    case nothing
  }

  /// Digest of the bytes that the data is read from; nil for data made from the spec.
  package let digest: SHA256Digest?
  /// Numbers per row that go into a model.
  package let featureCount: Int
  package let target: Target
  package let rows: PartRows
  /// Rows of each class or label, in their order; nil where not counted.
  package let classRows: [PartRows]?
  /// Of data whose rows are texts.
  package let text: TextFacts?

  package init(
    digest: SHA256Digest?, featureCount: Int, target: Target, rows: PartRows,
    classRows: [PartRows]? = nil, text: TextFacts? = nil
  ) {
    self.digest = digest
    self.featureCount = featureCount
    self.target = target
    self.rows = rows
    self.classRows = classRows
    self.text = text
  }

  /// Memory of a cell: a double as read or drawn, a float as trained on, and room to work.
  static let bytesPerCell = 16

  /// The classes, or the labels of which a row has any number; nil for a regression.
  package var classes: [String]? {
    switch target {
    case .classes(let names), .labels(let names): names
    case .numbers, .nothing: nil
    }
  }

  /// Whether a row has a set of labels rather than one class.
  package var hasLabelSets: Bool { if case .labels = target { true } else { false } }

  /// Facts of data that the program draws itself; nil for data that must be read.
  ///
  /// Rows per part are the shares rounded at the cuts; where a split is stratified the real parts
  /// may differ by less than one row per class.
  package static func synthetic(_ spec: DatasetSpec) -> DatasetFacts? {
    switch spec {
    case .csv, .jsonl, .text, .written: nil
    case .glyphs(let glyphs):
      DatasetFacts(
        digest: nil, featureCount: 784, target: .classes((0..<10).map(String.init)),
        rows: PartRows(rows: glyphs.samples, split: glyphs.split))
    case .friedman1(let friedman):
      DatasetFacts(
        digest: nil, featureCount: friedman.features, target: .numbers(width: 1),
        rows: PartRows(rows: friedman.samples, split: friedman.split))
    }
  }
}

/// How much text a data set holds, roughly where it is written by the program.
package struct TextFacts: Sendable, Hashable {
  /// Sentences of all documents.
  package let sentences: Int
  /// Length of all texts in UTF-8.
  package let bytes: Int
  /// Bytes of it in memory while the data set is in use; a large file is mapped and takes none.
  package let residentBytes: Int
  /// Whether rows have a second text.
  package let isPair: Bool

  /// - Parameter residentBytes: nil: all.
  package init(sentences: Int, bytes: Int, residentBytes: Int? = nil, isPair: Bool) {
    self.sentences = sentences
    self.bytes = bytes
    self.residentBytes = residentBytes ?? bytes
    self.isPair = isPair
  }
}

/// Rows in each part of a data set.
package struct PartRows: Sendable, Hashable {
  package let train: Int
  package let validation: Int
  package let test: Int

  package init(train: Int, validation: Int, test: Int) {
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// Shares of a number of rows, cut at the rounded cumulative shares.
  package init(rows: Int, split: SplitSpec) {
    func cut(_ share: Double) -> Int {
      guard share.isFinite, share > 0, rows > 0 else { return 0 }
      let exact = (share * Double(rows)).rounded()
      return exact >= Double(rows) ? rows : Int(exact)
    }
    let first = cut(split.train)
    let second = max(first, cut(split.train + split.validation))
    self.init(train: first, validation: second - first, test: max(0, rows - second))
  }

  package subscript(part: SplitPart) -> Int {
    switch part {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }

  package var total: Int { train.saturatingPlus(validation).saturatingPlus(test) }
}

/// A data set that planning asks facts of, and where to report what is wrong with it.
package struct DatasetRequest: Sendable {
  package let spec: DatasetSpec
  /// Seed of the drawing and of the split.
  package let seed: Int
  /// The block that holds the spec.
  package let experiment: Experiment
  /// Where in the block: `dataset` or `train.data`; fields are at `experiment.range(of:)` of this
  /// path, a dot and their names.
  package let path: String
}

/// Reads just enough of the data; nil facts come with an error.
package typealias DatasetFactsProvider = (DatasetRequest) -> (
  facts: DatasetFacts?, diagnostics: [Diagnostic]
)
