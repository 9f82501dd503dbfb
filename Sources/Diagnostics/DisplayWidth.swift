extension String {
  /// Columns that the text takes on a terminal, by UAX #11 over grapheme clusters.
  ///
  /// Wide and full-width clusters and emoji presentation count two, marks nothing, everything else
  /// (ambiguous width included) one.
  package var displayWidth: Int {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    // Where each scalar is a character by itself, there are no clusters to look for.
    if unicodeScalars.allSatisfy(\.standsAlone) {
      return unicodeScalars.reduce(0) { $0 + $1.displayWidth }
    }
    return reduce(0) { $0 + $1.displayWidth }
  }

  /// The text followed by spaces up to `width` columns; longer text is kept whole.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }

  /// The text preceded by spaces up to `width` columns; longer text is kept whole.
  package func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth)) + self
  }
}

extension Character {
  /// Columns that the cluster takes on a terminal: 0, 1 or 2.
  package var displayWidth: Int {
    var width = 0
    for scalar in unicodeScalars {
      if scalar.value == 0xFE0F { return 2 }
      width = max(width, scalar.displayWidth)
    }
    return width
  }
}

extension Unicode.Scalar {
  /// Whether the scalar never forms a cluster with a neighbour of the same kind: printable ASCII,
  /// frames, braille dots, Han characters and their punctuation.
  fileprivate var standsAlone: Bool {
    switch value {
    case 0x20..<0x7F, 0x2500...0x257F, 0x2800...0x28FF, 0x3001...0x3011, 0x4E00...0x9FFF,
      0xFF01...0xFF60:
      true
    default: false
    }
  }

  fileprivate var displayWidth: Int {
    if value >= 0x20, value < 0x7F { return 1 }
    if value < 0x20 || (value >= 0x7F && value < 0xA0) { return 0 }
    if DisplayWidthTable.zero.holds(value) { return 0 }
    return DisplayWidthTable.wide.holds(value) ? 2 : 1
  }
}

extension [ClosedRange<UInt32>] {
  /// Whether one of the sorted, disjoint ranges contains the value.
  fileprivate func holds(_ value: UInt32) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].contains(value)
  }
}
