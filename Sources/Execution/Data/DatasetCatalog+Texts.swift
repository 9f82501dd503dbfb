internal import Diagnostics
internal import Experiments
internal import Learning
internal import Tensors

// Data sets of texts that are read from files.

extension DatasetCatalog {
  /// Documents that are read, cut into their parts.
  func texts(for request: DatasetRequest) throws(DatasetRefusal) -> SplitTexts {
    if case .csv(let spec) = request.spec {
      var named = [(spec.textColumn ?? "", "text_column")]
      if let pair = spec.textPairColumn { named.append((pair, "text_pair_column")) }
      named += spec.namedTargets
      try checkColumns(named, of: spec.csv, in: try cells(of: spec.csv, for: request), for: request)
    }
    let key = RandomKey(seed: UInt64(bitPattern: Int64(request.seed)), repeatIndex: 0)
    let path = request.spec.path ?? ""
    do throws(CorpusReadingError) {
      let corpus = try corpus(request.spec, deadline: textLimits.deadline)
      return try Result { () throws(DatasetError) in
        try SplitTexts(
          corpus, shares: request.spec.split, stratify: request.spec.isStratified, key: key,
          deadline: textLimits.deadline)
      }.mapError(CorpusReadingError.dataset).get()
    } catch {
      switch error {
      case .refusal(let refusal): throw DatasetRefusal(.refused(path, refusal, request))
      case .corpus(let error):
        let file = error.place?.file.map { "\(path)/\($0)" } ?? path
        throw DatasetRefusal(
          .corpus(
            error, path: file, shownPath: root.shownPath(of: file), bytes: bytes(of: file),
            request))
      case .dataset(let error):
        throw DatasetRefusal(
          .dataset(
            error, request.spec, shownPath: root.shownPath(of: path), bytes: bytes(of: path),
            request))
      }
    }
  }

  /// The documents of a data set that is read.
  ///
  /// - Parameter deadline: when reading is given up.
  func corpus(
    _ spec: DatasetSpec, deadline: ContinuousClock.Instant?
  ) throws(CorpusReadingError) -> TextCorpus {
    var limits = textLimits
    limits.deadline = deadline
    switch spec {
    case .text(let spec): return try corpus(spec, limits)
    case .jsonl(let spec):
      let bytes = try contents(of: spec.jsonl)
      return try reading { () throws(CorpusError) in
        try TextCorpus(jsonLines: bytes, fields: TextFields(spec), limits: limits)
      }
    case .csv(let spec):
      let table: Result<Learning.Table, CSVError>
      do throws(FileRefusal) {
        table = try files.table(of: spec.csv, deadline: deadline)
      } catch {
        throw .refusal(error)
      }
      do throws(DatasetError) {
        return try TextCorpus(
          table: table.mapError(DatasetError.csv).get(), fields: TextFields(spec),
          deadline: deadline)
      } catch {
        throw .dataset(error)
      }
    case .glyphs, .friedman1, .written: throw .dataset(.noFeatures)
    }
  }

  /// The documents of a file, or of all files of a folder.
  private func corpus(
    _ spec: TextDatasetSpec, _ limits: CorpusLimits
  ) throws(CorpusReadingError) -> TextCorpus {
    let unit: TextUnit =
      switch spec.document {
      case .paragraph: .paragraph
      case .line: .line
      case .file: .file
      }
    guard let names = try names(in: spec.text) else {
      if spec.labels != .none { throw .corpus(CorpusError(.noLabelFolder)) }
      let bytes = try contents(of: spec.text)
      return try reading { () throws(CorpusError) in
        try TextCorpus(textFile: bytes, unit: unit, limits: limits)
      }
    }
    var found: [TextFile] = []
    for name in names {
      if limits.isOver { throw .corpus(CorpusError(.outOfTime)) }
      found.append(TextFile(name: name, bytes: try contents(of: "\(spec.text)/\(name)")))
    }
    return try reading { () throws(CorpusError) in
      try TextCorpus(
        files: found, unit: unit, labels: FolderLabels(spec.labels), limits: limits)
    }
  }

  /// The files of a folder; nil where the path is of a file.
  private func names(in path: String) throws(CorpusReadingError) -> [String]? {
    do throws(FileRefusal) {
      return try root.isFolder(path) ? root.files(in: path).map(\.name) : nil
    } catch {
      throw .refusal(error)
    }
  }

  private func reading(
    _ read: () throws(CorpusError) -> TextCorpus
  ) throws(CorpusReadingError) -> TextCorpus {
    do throws(CorpusError) {
      return try read()
    } catch {
      throw .corpus(error)
    }
  }

  private func contents(of path: String) throws(CorpusReadingError) -> TextBytes {
    do throws(FileRefusal) {
      return try files.contents(of: path, limit: textLimits.bytes).text
    } catch {
      throw .refusal(error)
    }
  }
}

extension TextFields {
  fileprivate init(_ spec: JSONLinesDatasetSpec) {
    self.init(
      text: spec.textColumn, textPair: spec.textPairColumn,
      target: spec.label.map { .label($0) } ?? spec.target.map { .values([$0]) })
  }

  fileprivate init(_ spec: CSVDatasetSpec) {
    self.init(
      text: spec.textColumn ?? "", textPair: spec.textPairColumn, target: spec.datasetTarget)
  }
}

extension FolderLabels {
  fileprivate init(_ labels: TextDatasetSpec.Labels) {
    switch labels {
    case .none: self = .none
    case .folder: self = .folder
    case .folders: self = .folders
    }
  }
}

/// Why documents could not be read.
enum CorpusReadingError: Error {
  case refusal(FileRefusal)
  case corpus(CorpusError)
  case dataset(DatasetError)

  var isOutOfTime: Bool {
    switch self {
    case .refusal: false
    case .corpus(let error): error.rule == .outOfTime
    case .dataset(.csv(let error)): error.rule == .outOfTime
    case .dataset(let error): error == .outOfTime
    }
  }
}
