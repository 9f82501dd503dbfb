/// Collects sets of labels row by row; their indices follow when all are known.
struct LabelSetCodes {
  private var firstSeen: [String: Int32] = [:]
  private var seenOrder: [String] = []
  private var rows: [[Int32]] = []

  mutating func reserve(_ rows: Int) { self.rows.reserveCapacity(rows) }

  /// Appends a row.
  ///
  /// - Returns: the first label that stands in it twice; the row then counts once.
  @discardableResult
  mutating func append(_ labels: some Sequence<String>) -> String? {
    let codes = labels.map { code(of: $0) }
    var seen: Set<Int32> = []
    let repeated = codes.first { !seen.insert($0).inserted }
    rows.append(codes)
    return repeated.map { seenOrder[Int($0)] }
  }

  private mutating func code(of label: String) -> Int32 {
    if let code = firstSeen[label] { return code }
    let code = Int32(seenOrder.count)
    firstSeen[label] = code
    seenOrder.append(label)
    return code
  }

  /// Whether a row has a label.
  var hasLabels: Bool { !seenOrder.isEmpty }

  /// The rows' targets, with labels in the order of ``Targets/ordered(_:)``.
  var targets: Targets {
    let names = Targets.ordered(seenOrder)
    var rank = [Int32](repeating: 0, count: names.count)
    for (index, name) in names.enumerated() {
      if let code = firstSeen[name] { rank[Int(code)] = Int32(index) }
    }
    return .labels(LabelSets(rows.lazy.map { $0.map { rank[Int($0)] } }), names: names)
  }
}
