/// How a product is cut into parts for threads: a grid over the rows and columns of its result.
///
/// Each element is a chain of its own, so no result depends on the cut.
package struct ProductCut {
  /// Parts along the rows, and along the columns.
  package let rows: Int
  package let columns: Int

  package var parts: Int { rows * columns }

  /// Tiles of the kernels stay whole.
  private static let unit = 32
  /// What is packed costs beside what is multiplied, per unit of a part's side.
  private static let packing = 0.2

  private let m: Int
  private let n: Int

  /// - Parameters:
  ///   - threads: who could work.
  ///   - least: multiplications below which a part is not worth another thread.
  package init(m: Int, n: Int, k: Int, threads: Int, least: Int) {
    (self.m, self.n) = (m, n)
    let most = min(threads, m * n * k / least)
    guard most > 1 else {
      (rows, columns) = (1, 1)
      return
    }
    let (tall, wide) = (Self.units(m), Self.units(n))
    var best = (rows: 1, columns: 1, cost: Double.infinity)
    for rows in 1...min(most, tall) {
      let columns = min(most / rows, wide)
      let height = Self.longest(of: rows, m) / Double(Self.unit)
      let width = Self.longest(of: columns, n) / Double(Self.unit)
      let cost = height * width + Self.packing * (height + width)
      if cost < best.cost { best = (rows, columns, cost) }
    }
    (rows, columns) = (best.rows, best.columns)
  }

  /// The rows and columns of a part.
  package subscript(part: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    (Self.range(part / columns, of: rows, m), Self.range(part % columns, of: columns, n))
  }

  /// The longest part of a side, which the others wait for.
  private static func longest(of parts: Int, _ count: Int) -> Double {
    let units = units(count)
    let whole = (units + parts - 1) / parts * unit
    // The last part has the most units, and the side's ragged end; here no other has as many.
    if parts == 1 || units % parts == 1 {
      return Double(max(whole - unit, whole - (units * unit - count)))
    }
    return Double(whole)
  }

  private static func units(_ count: Int) -> Int { (count + unit - 1) / unit }

  private static func range(_ part: Int, of parts: Int, _ count: Int) -> Range<Int> {
    let units = units(count)
    return min(count, units * part / parts * unit)..<min(count, units * (part + 1) / parts * unit)
  }
}
