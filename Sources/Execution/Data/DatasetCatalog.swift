package import Diagnostics
internal import Digests
package import Experiments
internal import Learning
internal import Tensors

/// The data sets of one plan: checked when the plan is made, ready for the run that follows.
///
/// Files are looked at when the plan is made, since their bytes are in the fingerprints and their
/// shapes decide whether the plan is sound. A file that has not changed since an earlier plan is
/// remembered and not read; it is read when a run needs its rows. Drawings, formulas and grammars are
/// computed only then, too.
package struct DatasetCatalog: Sendable {
  let root: ProjectRoot
  let memory: DataFileMemory?
  let limits: CSVLimits
  let textLimits: CorpusLimits
  let files: DataFiles
  /// What is known of each file and folder that was looked at.
  var records: [String: DataFileRecord] = [:]
  private var loaded: [Key: PlannedRows] = [:]

  private struct Key: Hashable {
    let spec: DatasetSpec
    let seed: Int
  }

  /// Data files are looked for below the root.
  ///
  /// - Parameters:
  ///   - memory: digests and facts of files that have not changed; nil: every file is read.
  ///   - limits: rows of a file, and seconds after which reading for the plan is given up.
  ///   - mappedFrom: bytes from which a file is mapped, not read.
  package init(
    root: ProjectRoot, memory: DataFileMemory? = nil, limits: PlanLimits = PlanLimits(),
    mappedFrom: Int = 64 << 20
  ) {
    self.root = root
    self.memory = memory
    self.limits = CSVLimits(limits)
    textLimits = CorpusLimits(
      documents: max(limits.rows, CorpusLimits().documents), deadline: self.limits.deadline)
    files = DataFiles(root: root, limits: self.limits, mappedFrom: mappedFrom)
  }

  /// Data files that were read so far.
  package var filesRead: Int { files.count }

  /// What planning needs to know of a data set, or what is wrong with it.
  package mutating func facts(
    for request: DatasetRequest
  ) -> (facts: DatasetFacts?, diagnostics: [Diagnostic]) {
    if case .written(let spec) = request.spec {
      do throws(DatasetError) {
        return (
          try DatasetFacts(writing: spec, seed: request.seed, deadline: limits.deadline), []
        )
      } catch {
        return (nil, [.dataset(error, request.spec, shownPath: "", bytes: [], request)])
      }
    }
    guard let path = request.spec.path else {
      let facts = DatasetFacts(drawing: request.spec)
      let problem = facts.flatMap { Diagnostic.missingRows($0, of: request) }
      return (problem == nil ? facts : nil, [problem].compactMap(\.self))
    }
    do throws(DatasetRefusal) {
      var record = try record(of: path, for: request)
      let key = request.memoryKey(numericsVersion: numericsVersion)
      if memory != nil, let known = record[key] { return (known, []) }
      let data = try read(request)
      if let found = try currentRecord(of: path, for: request), found.digest != record.digest {
        // What was remembered is not true after all.
        record = found
      }
      loaded[Key(spec: request.spec, seed: request.seed)] = data
      let facts = data.facts(digest: record.digest)
      record.add(facts, for: key)
      keep(record)
      return (facts, [])
    } catch {
      return (nil, error.diagnostics)
    }
  }

  /// Reads the file of a data set and cuts it into its parts.
  private func read(_ request: DatasetRequest) throws(DatasetRefusal) -> PlannedRows {
    switch request.spec {
    case .csv(let spec) where spec.textColumn == nil: .numbers(try table(spec, for: request))
    default: .texts(try texts(for: request))
    }
  }

  /// The rows of a planned data set, cut into its parts.
  ///
  /// - Parameter deadline: when that is given up.
  func data(
    _ spec: DatasetSpec, seed: Int, compute: Compute, deadline: ContinuousClock.Instant?
  ) throws(DatasetError) -> PlannedRows {
    if let data = loaded[Key(spec: spec, seed: seed)] { return data }
    // What the plan knows of a file must be true of the bytes that the run works with.
    if let path = spec.path, (try? digestNow(of: path)) != records[path]?.digest {
      throw .changed(path: path)
    }
    let key = RandomKey(seed: UInt64(bitPattern: Int64(seed)), repeatIndex: 0)
    switch spec {
    case .csv(let csv) where csv.textColumn == nil:
      guard let read = try? files.table(of: csv.csv, deadline: deadline) else {
        throw .changed(path: csv.csv)
      }
      let table: Learning.Table
      do throws(CSVError) {
        table = try read.get()
      } catch {
        throw error.rule == .outOfTime ? .outOfTime : .changed(path: csv.csv)
      }
      let dataset = try Dataset(
        table: table, features: csv.features, target: csv.datasetTarget ?? .values([]),
        deadline: deadline)
      return .numbers(
        try SplitDataset(
          dataset, shares: csv.split, stratify: spec.isStratified, key: key, deadline: deadline))
    case .csv, .jsonl, .text:
      let read: TextCorpus
      do throws(CorpusReadingError) {
        read = try corpus(spec, deadline: deadline)
      } catch {
        throw error.isOutOfTime ? .outOfTime : .changed(path: spec.path ?? "")
      }
      return .texts(
        try SplitTexts(
          read, shares: spec.split, stratify: spec.isStratified, key: key, deadline: deadline))
    case .written(let written):
      return .texts(
        try SplitTexts(
          try SyntheticCorpus(written).corpus(key: key, deadline: deadline),
          shares: written.split, stratify: written.stratify, key: key, deadline: deadline))
    case .glyphs(let spec):
      let glyphs = Glyphs(samples: spec.samples, noise: spec.noise, distortion: spec.distortion)
      let dataset = try glyphs.dataset(key: key, compute: compute, deadline: deadline)
      return .numbers(
        try SplitDataset(
          dataset, shares: spec.split, stratify: spec.stratify, key: key, deadline: deadline))
    case .friedman1(let spec):
      let problem = Friedman1(
        samples: spec.samples, features: spec.features, noise: spec.noise,
        outliers: spec.outliers, outlierScale: spec.outlierScale)
      let clean = try problem.dataset(key: key, deadline: deadline)
      let data = try SplitDataset(
        clean, shares: spec.split, stratify: false, key: key, deadline: deadline)
      let spoiled = problem.contaminated(clean, by: data.partition, key: key)
      return .numbers(SplitDataset(dataset: spoiled, partition: data.partition))
    }
  }
}

extension CSVLimits {
  /// The limits of the reader where a plan has others: rows that are allowed must be readable, and fewer
  /// ones are counted by the plan, which names the block.
  fileprivate init(_ limits: PlanLimits) {
    self.init()
    if limits.rows > rows {
      bytes = Int(Int32.max)
      cells = limits.rows.multipliedReportingOverflow(by: cells / rows).partialValue
      if cells < limits.rows { cells = .max }
      rows = limits.rows
    }
    deadline = limits.seconds.map { ContinuousClock.now + .seconds($0) }
  }
}

/// A data set that cannot be used, as the diagnostics that say why.
struct DatasetRefusal: Error {
  let diagnostics: [Diagnostic]

  init(_ diagnostics: Diagnostic...) {
    self.diagnostics = diagnostics
  }

  init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }
}
