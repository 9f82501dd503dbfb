/// Collects class labels row by row; their indices follow when all are known.
struct ClassCodes {
  private var firstSeen: [String: Int32] = [:]
  private var seenOrder: [String] = []
  private var codes: [Int32] = []

  mutating func reserve(_ rows: Int) { codes.reserveCapacity(rows) }

  mutating func append(_ label: String) {
    if let code = firstSeen[label] {
      codes.append(code)
    } else {
      let code = Int32(seenOrder.count)
      firstSeen[label] = code
      seenOrder.append(label)
      codes.append(code)
    }
  }

  /// The class of all rows, when there is but one.
  var onlyClass: String? { seenOrder.count == 1 ? seenOrder[0] : nil }

  /// The rows' targets, with classes in the order of ``Targets/ordered(_:)``.
  var targets: Targets {
    let names = Targets.ordered(seenOrder)
    var rank = [Int32](repeating: 0, count: names.count)
    for (index, name) in names.enumerated() {
      if let code = firstSeen[name] { rank[Int(code)] = Int32(index) }
    }
    return .classes(codes.map { rank[Int($0)] }, names: names)
  }
}
