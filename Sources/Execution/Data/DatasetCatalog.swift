package import Diagnostics
internal import Digests
package import Experiments
internal import Learning
internal import Tensors

/// The data sets of one plan: checked when the plan is made, ready for the run that follows.
///
/// Files are looked at when the plan is made, since their bytes are in the fingerprints and their
/// shapes decide whether the plan is sound. A file that has not changed since an earlier plan is
/// remembered and not read; it is read when a run needs its rows. Drawings and formulas are computed
/// only then, too.
package struct DatasetCatalog: Sendable {
  private let root: ProjectRoot
  private let memory: DataFileMemory?
  private let limits: CSVLimits
  private let files: DataFiles
  /// What is known of each file that was looked at.
  private var records: [String: DataFileRecord] = [:]
  private var loaded: [Key: SplitDataset] = [:]

  private struct Key: Hashable {
    let spec: DatasetSpec
    let seed: Int
  }

  /// Data files are looked for below the root.
  ///
  /// - Parameters:
  ///   - memory: digests and facts of files that have not changed; nil: every file is read.
  ///   - limits: rows of a file, and seconds after which reading for the plan is given up.
  package init(
    root: ProjectRoot, memory: DataFileMemory? = nil, limits: PlanLimits = PlanLimits()
  ) {
    self.root = root
    self.memory = memory
    self.limits = CSVLimits(limits)
    files = DataFiles(root: root, limits: self.limits)
  }

  /// Data files that were read so far.
  package var filesRead: Int { files.count }

  /// What planning needs to know of a data set, or what is wrong with it.
  package mutating func facts(
    for request: DatasetRequest
  ) -> (facts: DatasetFacts?, diagnostics: [Diagnostic]) {
    guard case .csv(let spec) = request.spec else {
      let facts = DatasetFacts(drawing: request.spec)
      let problem = facts.flatMap { Diagnostic.missingRows($0, of: request) }
      return (problem == nil ? facts : nil, [problem].compactMap(\.self))
    }
    do throws(DatasetRefusal) {
      var record = try record(of: spec, for: request)
      let key = request.memoryKey(numericsVersion: numericsVersion)
      if memory != nil, let known = record[key] { return (known, []) }
      let (table, file) = try table(of: spec, for: request)
      if file.digest != record.digest {
        // What was remembered is not true after all.
        record = DataFileRecord(
          path: spec.csv, status: file.status ?? record.status, digest: file.digest)
      }
      let unknown = unknownColumns(of: spec, in: table, for: request)
      if !unknown.isEmpty { return (nil, unknown) }
      let data = try split(spec, table, seed: request.seed, for: request)
      loaded[Key(spec: request.spec, seed: request.seed)] = data
      let facts = data.facts(digest: record.digest)
      record.add(facts, for: key)
      keep(record)
      return (facts, [])
    } catch {
      return (nil, [error.diagnostic])
    }
  }

  /// The rows of a planned data set, cut into its parts.
  ///
  /// - Parameter deadline: when that is given up.
  func data(
    _ spec: DatasetSpec, seed: Int, compute: Compute, deadline: ContinuousClock.Instant?
  ) throws(DatasetError) -> SplitDataset {
    if let data = loaded[Key(spec: spec, seed: seed)] { return data }
    let key = RandomKey(seed: UInt64(bitPattern: Int64(seed)), repeatIndex: 0)
    switch spec {
    case .csv(let csv):
      let file = try? files.contents(of: csv.csv, deadline: deadline)
      // What the plan knows of the file must be true of the bytes that the run works with.
      guard let file, file.digest == records[csv.csv]?.digest else {
        throw .changed(path: csv.csv)
      }
      let table: Learning.Table
      do throws(CSVError) {
        table = try file.table.get()
      } catch {
        throw error.rule == .outOfTime ? .outOfTime : .changed(path: csv.csv)
      }
      let dataset = try Dataset(
        table: table, features: csv.features, target: csv.datasetTarget, deadline: deadline)
      return try SplitDataset(dataset, shares: csv.split, stratify: spec.isStratified, key: key)
    case .glyphs(let spec):
      let glyphs = Glyphs(samples: spec.samples, noise: spec.noise, distortion: spec.distortion)
      let dataset = try glyphs.dataset(key: key, compute: compute, deadline: deadline)
      return try SplitDataset(dataset, shares: spec.split, stratify: spec.stratify, key: key)
    case .friedman1(let spec):
      let problem = Friedman1(
        samples: spec.samples, features: spec.features, noise: spec.noise,
        outliers: spec.outliers, outlierScale: spec.outlierScale)
      let clean = try problem.dataset(key: key)
      let data = try SplitDataset(clean, shares: spec.split, stratify: false, key: key)
      let spoiled = problem.contaminated(clean, by: data.partition, key: key)
      return SplitDataset(dataset: spoiled, partition: data.partition)
    }
  }

  // MARK: Files

  /// What is known of the file of a data set: remembered, or found by reading it.
  private mutating func record(
    of spec: CSVDatasetSpec, for request: DatasetRequest
  ) throws(DatasetRefusal) -> DataFileRecord {
    if let known = records[spec.csv] { return known }
    do throws(FileRefusal) {
      let status = try root.status(of: spec.csv, limit: limits.bytes)
      let remembered = memory?.record(of: spec.csv, status: status)
      if let remembered, remembered.isCurrent {
        records[spec.csv] = remembered.record
        return remembered.record
      }
      let file = try files.contents(of: spec.csv)
      var record =
        remembered?.record.digest == file.digest
        ? remembered?.record : DataFileRecord(path: spec.csv, status: status, digest: file.digest)
      record?.update(file.status ?? status)
      guard let record else { throw .missing }
      records[spec.csv] = record
      if file.status != nil, remembered?.record.digest == file.digest { memory?.keep(record) }
      return record
    } catch {
      throw DatasetRefusal(.refused(spec.csv, error, request))
    }
  }

  private mutating func keep(_ record: DataFileRecord) {
    records[record.path] = record
    // A file that changed while it was read has no look to remember it by.
    if (try? files.contents(of: record.path))?.status != nil { memory?.keep(record) }
  }

  /// The cells of the file of a data set.
  private func table(
    of spec: CSVDatasetSpec, for request: DatasetRequest
  ) throws(DatasetRefusal) -> (table: Learning.Table, file: DataFiles.Contents) {
    let file: DataFiles.Contents
    do throws(FileRefusal) {
      file = try files.contents(of: spec.csv)
    } catch {
      throw DatasetRefusal(.refused(spec.csv, error, request))
    }
    do throws(CSVError) {
      return (try file.table.get(), file)
    } catch {
      throw DatasetRefusal(
        .csv(
          error, path: spec.csv, shownPath: root.shownPath(of: spec.csv), bytes: file.bytes,
          request))
    }
  }

  /// Every column that the block names and the file does not have.
  private func unknownColumns(
    of spec: CSVDatasetSpec, in table: Learning.Table, for request: DatasetRequest
  ) -> [Diagnostic] {
    var named: [(name: String, field: String)] = []
    if let label = spec.label { named.append((label, "label")) }
    if let target = spec.target { named.append((target, "target")) }
    for (index, name) in (spec.features ?? []).enumerated() {
      named.append((name, "features[\(index)]"))
    }
    let known = Set(table.columnNames)
    return named.filter { !known.contains($0.name) }.map {
      .unknownColumn($0.name, path: spec.csv, among: table.columnNames, at: request.place($0.field))
    }
  }

  private func split(
    _ spec: CSVDatasetSpec, _ table: Learning.Table, seed: Int, for request: DatasetRequest
  ) throws(DatasetRefusal) -> SplitDataset {
    let key = RandomKey(seed: UInt64(bitPattern: Int64(seed)), repeatIndex: 0)
    do throws(DatasetError) {
      let dataset = try Dataset(
        table: table, features: spec.features, target: spec.datasetTarget,
        deadline: limits.deadline)
      return try SplitDataset(
        dataset, shares: spec.split, stratify: request.spec.isStratified, key: key)
    } catch {
      var bytes: [UInt8] = []
      if case .csv = error { bytes = (try? files.contents(of: spec.csv))?.bytes ?? [] }
      throw DatasetRefusal(
        .dataset(
          error, spec: spec, shownPath: root.shownPath(of: spec.csv), bytes: bytes, request))
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

extension CSVDatasetSpec {
  fileprivate var datasetTarget: Dataset.Target {
    if let label { .label(label) } else { .values([target ?? ""]) }
  }
}

/// A data set that cannot be used, as the diagnostic that says why.
private struct DatasetRefusal: Error {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) {
    self.diagnostic = diagnostic
  }
}
