internal import Diagnostics
internal import Experiments

/// Draws a line plot with characters: at most 80 columns, ticks at round numbers, a legend.
package struct TextLinePlot {
  private let plot: LinePlot
  private let charset: Charset
  private let labels: Labels
  private let gutter: Int
  private let width: Int
  private let height: Int

  /// Curves beyond this many are named below the plot but not drawn.
  static let curveLimit = 20

  package static func text(_ plot: LinePlot, charset: Charset, labels: Labels) -> String {
    TextLinePlot(plot, charset, labels).text
  }

  private init(_ plot: LinePlot, _ charset: Charset, _ labels: Labels) {
    self.plot = plot
    self.charset = charset
    self.labels = labels
    let widest = plot.y.ticks.map { $0.label.utf8.count }.max() ?? 1
    gutter = max(4, min(24, widest + 1))
    width = min(64, TextLines.maximalWidth - gutter - 4)
    // Ticks fall on rows: a whole number of rows between neighbours on a linear scale.
    let intervals = max(1, plot.y.ticks.count - 1)
    height = intervals * max(1, 16 / intervals) + 1
  }

  private var text: String {
    let curves = Array(plot.curves.prefix(Self.curveLimit))
    let isPlain = charset == .unicode && curves.count == 1
    let points = curves.map { columnPoints($0) }
    let area = isPlain ? braille(points[0]) : marks(points)
    var lines = TextLines()
    lines.append(String(repeating: " ", count: gutter) + yTitle)
    appendRows(area, to: &lines)
    appendXAxis(to: &lines)
    appendLegend(curves, isPlain: isPlain, to: &lines)
    if let note = averagingNote(curves) { lines.append(indent + note) }
    if plot.curves.count > curves.count {
      lines.append(indent + labels.moreCurves(plot.curves.count - curves.count))
    }
    return lines.text
  }

  private var indent: String { String(repeating: " ", count: gutter) }

  private var yTitle: String {
    let name = plot.yLabel.escapedForFence.shortened(to: 40, mark: charset.ellipsis)
    return plot.y.kind == .logarithmic ? "\(name) (\(labels.logarithmicScale))" : name
  }

  // MARK: - Points

  /// A point of a curve in columns and in fractions of the height.
  private struct Point {
    let column: Double
    let height: Double
  }

  /// One point per column at most, the mean of the points that fall into it; nil interrupts.
  private func columnPoints(_ curve: LinePlot.Curve) -> [Point?] {
    var points: [Point?] = []
    var sum = (column: -1, x: 0.0, y: 0.0, count: 0.0)
    func flush() {
      guard sum.count > 0 else { return }
      guard let x = plot.x.fraction(of: sum.x / sum.count),
        let y = plot.y.fraction(of: sum.y / sum.count)
      else { return }
      points.append(Point(column: x * Double(width - 1), height: y))
    }
    for (x, y) in zip(curve.x, curve.y) {
      guard plot.isDrawable(x, y), let fraction = plot.x.fraction(of: x) else {
        flush()
        sum = (-1, 0, 0, 0)
        if let last = points.last, last != nil { points.append(nil) }
        continue
      }
      let column = Int((fraction * Double(width - 1)).rounded())
      if column != sum.column {
        flush()
        sum = (column, 0, 0, 0)
      }
      sum.x += x
      sum.y += y
      sum.count += 1
    }
    flush()
    return points
  }

  private func row(_ height: Double, of rows: Int) -> Int {
    rows - 1 - Int((height * Double(rows - 1)).rounded())
  }

  // MARK: - Areas

  /// Marks at the points, dots between them where neighbours are apart.
  private func marks(_ curves: [[Point?]]) -> TextCanvas {
    var canvas = TextCanvas(width: width, height: height)
    let dot: Unicode.Scalar = charset == .ascii ? "." : "·"
    var owners: [Int: [Int]] = [:]
    for (index, points) in curves.enumerated() {
      var previous: (x: Int, y: Int)?
      for point in points {
        guard let point else {
          previous = nil
          continue
        }
        let place = (x: Int(point.column.rounded()), y: row(point.height, of: height))
        forEachPoint(from: previous ?? place, to: place) { canvas[$0, $1] = dot }
        owners[place.y * width + place.x, default: []].append(index)
        previous = place
      }
    }
    // Where curves meet, their marks take turns from column to column.
    for place in 0..<(width * height) {
      guard let sharing = owners[place] else { continue }
      let column = place % width
      canvas[column, place / width] = mark(sharing[column % sharing.count])
    }
    return canvas
  }

  private func mark(_ index: Int) -> Unicode.Scalar {
    let marks = Array(
      (charset == .ascii ? "*o+x#@%&=$ABCDEFGHIJ" : "●○▲△■□◆◇★☆ABCDEFGHIJ").unicodeScalars)
    return marks[index % marks.count]
  }

  /// A single curve as a fine line of braille dots, two by four to a character.
  private func braille(_ points: [Point?]) -> TextCanvas {
    var dots = Array(repeating: UInt8(0), count: width * height)
    let (columns, rows) = (width * 2, height * 4)
    let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    var previous: (x: Int, y: Int)?
    for point in points {
      guard let point else {
        previous = nil
        continue
      }
      // The dot that lies in the middle of the row that the tick of this value stands on.
      let y = 1.5 + (1 - point.height) * Double(height - 1) * 4
      let place = (
        x: min(columns - 1, Int((point.column * 2 + 0.5).rounded())),
        y: min(rows - 1, max(0, Int(y.rounded())))
      )
      forEachPoint(from: previous ?? place, to: place) { x, y in
        dots[(y / 4) * width + x / 2] |= bits[y % 4][x % 2]
      }
      previous = place
    }
    var canvas = TextCanvas(width: width, height: height)
    for (place, dot) in dots.enumerated() where dot != 0 {
      guard let scalar = Unicode.Scalar(0x2800 + UInt32(dot)) else { continue }
      canvas[place % width, place / width] = scalar
    }
    return canvas
  }

  // MARK: - Frame

  private func appendRows(_ area: TextCanvas, to lines: inout TextLines) {
    var labelled: [Int: String] = [:]
    for tick in plot.y.ticks.reversed() {
      guard let fraction = plot.y.fraction(of: tick.value) else { continue }
      labelled[row(fraction, of: height)] = tick.label
    }
    let (border, tickBorder) = charset == .ascii ? ("|", "+") : ("│", "┤")
    for row in 0..<height {
      let label = labelled[row]
      lines.append(
        (label ?? "").leftPadded(to: gutter - 1) + " " + (label == nil ? border : tickBorder)
          + area.line(row))
    }
  }

  private func appendXAxis(to lines: inout TextLines) {
    let (corner, rule, tickRule): (Character, Character, Character) =
      charset == .ascii ? ("+", "-", "+") : ("└", "─", "┬")
    var axis = Array(repeating: rule, count: width)
    var labelLine = TextCanvas(width: TextLines.maximalWidth, height: 1)
    var freeFrom = 0
    for tick in plot.x.ticks {
      guard let fraction = plot.x.fraction(of: tick.value) else { continue }
      let column = Int((fraction * Double(width - 1)).rounded())
      axis[column] = tickRule
      let count = tick.label.utf8.count
      let start = gutter + 1 + column - (count - 1) / 2
      guard start >= freeFrom, start + count <= TextLines.maximalWidth else { continue }
      for (offset, character) in tick.label.unicodeScalars.enumerated() {
        labelLine[start + offset, 0] = character
      }
      freeFrom = start + count + 1
    }
    lines.append(indent + String(corner) + String(axis))
    lines.append(labelLine.line(0))
    let name = plot.xLabel.escapedForFence.shortened(to: width, mark: charset.ellipsis)
    let start = gutter + 1 + max(0, (width - name.displayWidth) / 2)
    lines.append(String(repeating: " ", count: start) + name)
  }

  private func appendLegend(_ curves: [LinePlot.Curve], isPlain: Bool, to lines: inout TextLines) {
    let names = curves.map { curve in
      curve.name.escapedForFence.shortened(to: width - 4, mark: charset.ellipsis)
        + (curve.y.isEmpty ? " (\(labels.noPoints))" : "")
    }
    let widest = names.map(\.displayWidth).max() ?? 0
    let words = names.enumerated().map { index, name in
      "\(isPlain ? "⠤" : mark(index)) " + name.padded(to: widest)
    }
    lines.append(words: words, separator: "   ", indent: indent + " ")
  }

  /// Says how many points a mark stands for, when that is more than one.
  private func averagingNote(_ curves: [LinePlot.Curve]) -> String? {
    let densest = curves.map { curve in
      var counts: [Int] = Array(repeating: 0, count: width)
      for (x, y) in zip(curve.x, curve.y) where plot.isDrawable(x, y) {
        guard let fraction = plot.x.fraction(of: x) else { continue }
        counts[Int((fraction * Double(width - 1)).rounded())] += 1
      }
      return counts.max() ?? 0
    }.max()
    guard let densest, densest > 1 else { return nil }
    return labels.averagedMarks(densest)
  }
}
