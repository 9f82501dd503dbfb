package import Diagnostics
internal import Digests
package import Experiments
internal import Learning
internal import Tensors

/// The data sets of one plan: read and checked once, kept for the run that follows.
///
/// Files are read when the plan is made, since their bytes are in the fingerprints and their shapes
/// decide whether the plan is sound; drawings and formulas are computed only when a run needs them.
package struct DatasetCatalog {
  private let root: ProjectRoot
  private let limits: CSVLimits
  private var files: [String: FileContents] = [:]
  private var loaded: [Key: SplitDataset] = [:]

  private struct Key: Hashable {
    let spec: DatasetSpec
    let seed: Int
  }

  /// A data file, read once however many blocks use it.
  private struct FileContents {
    let table: Learning.Table
    let digest: SHA256Digest
  }

  /// Data files are looked for below the root.
  package init(root: ProjectRoot) {
    self.root = root
    limits = CSVLimits()
  }

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
      let file = try contents(of: spec, for: request)
      let unknown = unknownColumns(of: spec, in: file.table, for: request)
      if !unknown.isEmpty { return (nil, unknown) }
      let data = try split(spec, file.table, seed: request.seed, for: request)
      loaded[Key(spec: request.spec, seed: request.seed)] = data
      return (data.facts(digest: file.digest), [])
    } catch {
      return (nil, [error.diagnostic])
    }
  }

  /// The rows of a planned data set, cut into its parts.
  func data(_ spec: DatasetSpec, seed: Int, compute: Compute) throws(DatasetError) -> SplitDataset {
    if let data = loaded[Key(spec: spec, seed: seed)] { return data }
    let key = RandomKey(seed: UInt64(bitPattern: Int64(seed)), repeatIndex: 0)
    switch spec {
    case .csv:
      // A plan that ran holds its files; a plan without them was refused.
      throw .noFeatures
    case .glyphs(let spec):
      let glyphs = Glyphs(samples: spec.samples, noise: spec.noise, distortion: spec.distortion)
      let dataset = try glyphs.dataset(key: key, compute: compute)
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

  private mutating func contents(
    of spec: CSVDatasetSpec, for request: DatasetRequest
  ) throws(DatasetRefusal) -> FileContents {
    if let known = files[spec.csv] { return known }
    let bytes: [UInt8]
    do throws(FileRefusal) {
      bytes = try root.contents(of: spec.csv, limit: limits.bytes)
    } catch {
      throw DatasetRefusal(.refused(spec.csv, error, request))
    }
    do throws(CSVError) {
      let table = try Learning.Table(csv: bytes, limits: limits)
      let contents = FileContents(table: table, digest: SHA256Digest(of: bytes))
      files[spec.csv] = contents
      return contents
    } catch {
      throw DatasetRefusal(
        .csv(
          error, path: spec.csv, shownPath: root.shownPath(of: spec.csv), bytes: bytes, request))
    }
  }

  private func split(
    _ spec: CSVDatasetSpec, _ table: Learning.Table, seed: Int, for request: DatasetRequest
  ) throws(DatasetRefusal) -> SplitDataset {
    let target: Dataset.Target =
      if let label = spec.label { .label(label) } else { .values([spec.target ?? ""]) }
    let key = RandomKey(seed: UInt64(bitPattern: Int64(seed)), repeatIndex: 0)
    do throws(DatasetError) {
      let dataset = try Dataset(table: table, features: spec.features, target: target)
      return try SplitDataset(
        dataset, shares: spec.split, stratify: request.spec.isStratified, key: key)
    } catch {
      var bytes: [UInt8] = []
      if case .csv = error {
        bytes = (try? root.contents(of: spec.csv, limit: limits.bytes)) ?? []
      }
      throw DatasetRefusal(
        .dataset(
          error, spec: spec, shownPath: root.shownPath(of: spec.csv), bytes: bytes, request))
    }
  }
}

/// A data set that cannot be used, as the diagnostic that says why.
private struct DatasetRefusal: Error {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) {
    self.diagnostic = diagnostic
  }
}
