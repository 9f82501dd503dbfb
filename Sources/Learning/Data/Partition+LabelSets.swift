// Rows with sets of labels, dealt out so that every label is spread by shares.

extension Partition {
  /// Deals out rows label by label, from the rarest on, as the iterative stratification of Sechidis,
  /// Tsoumakas and Vlahavas (2011); the order of labels is that of their rows at the beginning.
  ///
  /// A row goes to the part that lacks most of the label, of equals to the one that lacks most rows,
  /// then to the first; a part that has its rows takes no more. Rows without labels fill what is left.
  /// - Parameters:
  ///   - order: the rows in shuffled order.
  ///   - rows: how many rows each part gets; they add up.
  /// - Returns: the rows of each part, in no order.
  /// - Complexity: O(rows + labels of all rows + labels · log labels)
  static func dealt(
    _ order: [Int], sets: LabelSets, labels: Int, shares: [Double], rows: [Int]
  ) -> [[Int]] {
    var withLabel = [[Int]](repeating: [], count: labels)
    for row in order {
      for label in sets[row] { withLabel[Int(label)].append(row) }
    }
    var dealing = Dealing(rows: rows, sets: sets)
    dealing.wanted = withLabel.map { rows in shares.map { $0 * Double(rows.count) } }
    let rarestFirst = (0..<labels).sorted {
      (withLabel[$0].count, $0) < (withLabel[$1].count, $1)
    }
    for label in rarestFirst {
      for row in withLabel[label] where !dealing.isDealt[row] { dealing.deal(row, for: label) }
    }
    for row in order where !dealing.isDealt[row] { dealing.deal(row, for: nil) }
    return dealing.parts
  }
}

/// Where rows went so far, and what parts still lack.
private struct Dealing {
  private let sets: LabelSets
  /// Rows of each part.
  private(set) var parts: [[Int]]
  private(set) var isDealt: [Bool]
  /// Rows that each part still lacks.
  private var room: [Int]
  /// Rows of each label that each part lacks; below 0 where it has more than its share.
  var wanted: [[Double]] = []

  init(rows: [Int], sets: LabelSets) {
    self.sets = sets
    parts = rows.map { _ in [] }
    room = rows
    isDealt = [Bool](repeating: false, count: sets.count)
  }

  mutating func deal(_ row: Int, for label: Int?) {
    let part = choice(for: label)
    parts[part].append(row)
    isDealt[row] = true
    room[part] -= 1
    for label in sets[row] { wanted[Int(label)][part] -= 1 }
  }

  private func choice(for label: Int?) -> Int {
    var best: Int?
    for part in room.indices where room[part] > 0 {
      guard let current = best else {
        best = part
        continue
      }
      let (a, b) = label.map { (wanted[$0][part], wanted[$0][current]) } ?? (0, 0)
      if a > b || a == b && room[part] > room[current] { best = part }
    }
    // Parts have room for all rows together.
    return best ?? 0
  }
}
