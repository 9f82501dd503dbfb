extension Dataset {
  /// Which columns of a table are predicted.
  package enum Target: Sendable, Hashable {
    /// A classifier's label column: any text.
    case label(String)
    /// A regression's target columns: finite numbers.
    case values([String])
    /// A column of labels with a separator between them; an empty cell has none.
    case labelSet(String, separator: String)
    /// A column a label, of 0 and 1.
    case labelColumns([String])
  }

  /// Takes feature and target columns out of a table.
  ///
  /// - Parameters:
  ///   - features: names of the feature columns, in this order; nil: all but the targets.
  ///   - target: the label column or the regression targets.
  /// - Complexity: O(rows × columns used)
  package init(
    table: Table, features: [String]?, target: Target, deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) {
    let targetColumns = try Self.columns(named: target.columnNames, of: table, taken: [])
    if targetColumns.isEmpty { throw .noTargets }
    let featureColumns: [Int]
    if let features {
      featureColumns = try Self.columns(named: features, of: table, taken: Set(targetColumns))
    } else {
      let taken = Set(targetColumns)
      featureColumns = table.columnNames.indices.filter { !taken.contains($0) }
    }
    if featureColumns.isEmpty { throw .noFeatures }
    let values = try Self.numbers(in: featureColumns, of: table, deadline)
    let targets = try Self.targets(target, in: targetColumns, of: table, deadline)
    self.init(
      featureNames: featureColumns.map { table.columnNames[$0] }, features: values,
      targets: targets, rowCount: table.rowCount)
  }

  /// The targets that stand in some columns of a table.
  static func targets(
    _ target: Target, in columns: [Int], of table: Table,
    _ deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) -> Targets {
    guard let first = columns.first else { throw .noTargets }
    switch target {
    case .label: return try labels(in: first, of: table, deadline)
    case .values(let names):
      return .values(try numbers(in: columns, of: table, deadline), names: names)
    case .labelSet(_, let separator):
      return try labelSets(in: first, separator: separator, of: table, deadline)
    case .labelColumns(let names):
      return try labelSets(in: columns, names: names, of: table, deadline)
    }
  }

  /// The field numbers of columns, none of which is taken already.
  static func columns(
    named names: [String], of table: Table, taken: Set<Int>
  ) throws(DatasetError) -> [Int] {
    var index: [String: Int] = [:]
    for (column, name) in table.columnNames.enumerated() { index[name] = column }
    var used = taken
    var columns: [Int] = []
    for name in names {
      guard let column = index[name] else {
        throw .unknownColumn(name, available: table.columnNames)
      }
      guard used.insert(column).inserted else { throw .repeatedColumn(name) }
      columns.append(column)
    }
    return columns
  }

  private static func numbers(
    in columns: [Int], of table: Table, _ deadline: ContinuousClock.Instant?
  ) throws(DatasetError) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(table.rowCount * columns.count)
    for row in 0..<table.rowCount {
      if DeadlineInterval.includes(row), deadline.hasPassed { throw .outOfTime }
      for column in columns {
        values.append(try number(row: row, column: column, of: table))
      }
    }
    return values
  }

  private static func number(
    row: Int, column: Int, of table: Table
  ) throws(DatasetError) -> Double {
    let name = table.columnNames[column]
    if table.isBlank(row: row, column: column) {
      throw .csv(
        CSVError(.missingValue(column: name), at: table.place(row: row, column: column)))
    }
    guard let number = table.number(row: row, column: column) else {
      throw .csv(
        CSVError(
          .notANumber(column: name, text: table.text(row: row, column: column)),
          at: table.place(row: row, column: column)))
    }
    // NaN fails the comparison too.
    guard abs(number.value) <= Double(Float.greatestFiniteMagnitude) else {
      throw .csv(
        CSVError(
          .notFinite(column: name, text: table.text(row: row, column: column)),
          at: table.place(row: row, column: column)))
    }
    return number.value
  }

  private static func labels(
    in column: Int, of table: Table, _ deadline: ContinuousClock.Instant?
  ) throws(DatasetError) -> Targets {
    var classes = ClassCodes()
    classes.reserve(table.rowCount)
    for row in 0..<table.rowCount {
      if DeadlineInterval.includes(row), deadline.hasPassed { throw .outOfTime }
      if table.isBlank(row: row, column: column) {
        throw .csv(
          CSVError(
            .missingValue(column: table.columnNames[column]),
            at: table.place(row: row, column: column)))
      }
      classes.append(table.text(row: row, column: column))
    }
    if let only = classes.onlyClass { throw .oneClass(only) }
    return classes.targets
  }
}

extension Dataset.Target {
  var columnNames: [String] {
    switch self {
    case .label(let name), .labelSet(let name, _): [name]
    case .values(let names), .labelColumns(let names): names
    }
  }
}
