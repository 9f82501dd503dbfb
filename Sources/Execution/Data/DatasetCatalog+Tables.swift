internal import Diagnostics
internal import Experiments
internal import Learning
internal import Tensors

// Data sets of numbers that are read from CSV files.

extension DatasetCatalog {
  /// The cells of the file of a data set.
  func cells(
    of path: String, for request: DatasetRequest
  ) throws(DatasetRefusal) -> Learning.Table {
    let table: Result<Learning.Table, CSVError>
    do throws(FileRefusal) {
      table = try files.table(of: path)
    } catch {
      throw DatasetRefusal(.refused(path, error, request))
    }
    do throws(CSVError) {
      return try table.get()
    } catch {
      throw DatasetRefusal(
        .csv(
          error, path: path, shownPath: root.shownPath(of: path), bytes: bytes(of: path), request))
    }
  }

  /// The bytes of a file that was read, to show a line of it; empty for a large one.
  func bytes(of path: String) -> [UInt8] {
    guard let text = files.known(path)?.text, text.count <= 16 << 20 else { return [] }
    return text.withBytes { Array($0) }
  }

  func table(
    _ spec: CSVDatasetSpec, for request: DatasetRequest
  ) throws(DatasetRefusal) -> SplitDataset {
    let table = try cells(of: spec.csv, for: request)
    var named: [(name: String, field: String)] = []
    named += spec.namedTargets
    for (index, name) in (spec.features ?? []).enumerated() {
      named.append((name, "features[\(index)]"))
    }
    try checkColumns(named, of: spec.csv, in: table, for: request)
    let key = RandomKey(seed: UInt64(bitPattern: Int64(request.seed)), repeatIndex: 0)
    do throws(DatasetError) {
      let dataset = try Dataset(
        table: table, features: spec.features, target: spec.datasetTarget ?? .values([]),
        deadline: limits.deadline)
      return try SplitDataset(
        dataset, shares: spec.split, stratify: request.spec.isStratified, key: key,
        deadline: limits.deadline)
    } catch {
      throw DatasetRefusal(
        .dataset(
          error, request.spec, shownPath: root.shownPath(of: spec.csv),
          bytes: bytes(of: spec.csv), request))
    }
  }

  /// Reports every column that the block names and the file does not have.
  func checkColumns(
    _ named: [(name: String, field: String)], of path: String, in table: Learning.Table,
    for request: DatasetRequest
  ) throws(DatasetRefusal) {
    let known = Set(table.columnNames)
    let unknown = named.filter { !known.contains($0.name) }.map {
      Diagnostic.unknownColumn(
        $0.name, path: path, among: table.columnNames, at: request.place($0.field))
    }
    if !unknown.isEmpty { throw DatasetRefusal(unknown) }
  }
}

extension CSVDatasetSpec {
  /// What is predicted; nil for text alone.
  var datasetTarget: Dataset.Target? {
    if let labelColumns { return .labelColumns(labelColumns) }
    if let label {
      return labelSeparator.map { .labelSet(label, separator: $0) } ?? .label(label)
    }
    return target.map { .values([$0]) }
  }

  /// The columns that are predicted, each with the field that names it.
  var namedTargets: [(name: String, field: String)] {
    var named: [(String, String)] = []
    if let label { named.append((label, "label")) }
    if let target { named.append((target, "target")) }
    for (index, name) in (labelColumns ?? []).enumerated() {
      named.append((name, "label_columns[\(index)]"))
    }
    return named
  }
}
