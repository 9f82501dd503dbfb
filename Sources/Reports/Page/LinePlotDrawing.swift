internal import Diagnostics
internal import Experiments

/// Draws a line plot as inline SVG: the same points and ticks as the text plot.
struct LinePlotDrawing {
  private let plot: LinePlot
  private let id: String
  private let title: String
  private let labels: Labels
  private let left: Double
  private let width = 700.0
  private let height = 360.0
  private let top = 30.0
  private let right = 18.0
  private let bottom = 52.0

  /// Curves that have a colour and a dash of their own.
  private static let styles = 8
  /// Up to this many points each one has a mark.
  private static let markLimit = 30
  private static let dashes: [String?] = [
    nil, "7 4", "2 4", "9 3 2 3", "4 3", "12 4", "2 2 6 2", "1 5",
  ]

  init(_ plot: LinePlot, id: String, title: String, labels: Labels) {
    self.plot = plot
    self.id = id
    self.title = title
    self.labels = labels
    let widest = plot.y.ticks.map { $0.label.utf8.count }.max() ?? 1
    // Wide enough for the larger type that small screens get.
    left = 16 + 11 * Double(min(widest, 14))
  }

  /// The drawing and its legend.
  func write(to markup: inout Markup) {
    markup.begin(
      "svg",
      [
        "class": "plot", "viewBox": "0 0 \(drawn(width)) \(drawn(height))", "role": "img",
        "aria-labelledby": "\(id)-title", "xmlns": "http://www.w3.org/2000/svg",
      ])
    markup.element("title", ["id": "\(id)-title"], text: title)
    drawGrid(&markup)
    let curves = plot.curves.prefix(TextLinePlot.curveLimit)
    for (index, curve) in curves.enumerated() { drawBand(curve, index, &markup) }
    for (index, curve) in curves.enumerated() { drawCurve(curve, index, &markup) }
    drawAxes(&markup)
    markup.end()
    markup.newLine()
    writeLegend(Array(curves), &markup)
    if plot.curves.count > curves.count {
      markup.element(
        "p", ["class": "note"], text: labels.moreCurves(plot.curves.count - curves.count))
    }
  }

  // MARK: - Places

  private func place(x value: Double) -> Double? {
    plot.x.fraction(of: value).map { left + $0 * (width - left - right) }
  }

  private func place(y value: Double) -> Double? {
    plot.y.fraction(of: value).map { height - bottom - $0 * (height - top - bottom) }
  }

  // MARK: - Frame

  private func drawGrid(_ markup: inout Markup) {
    for tick in plot.y.ticks {
      guard let y = place(y: tick.value) else { continue }
      markup.empty(
        "line",
        [
          "class": "grid", "x1": drawn(left), "x2": drawn(width - right), "y1": drawn(y),
          "y2": drawn(y),
        ])
      markup.element(
        "text", ["x": drawn(left - 8), "y": drawn(y + 4.5), "text-anchor": "end"],
        text: tick.label)
    }
    let name =
      plot.y.kind == .logarithmic ? "\(plot.yLabel) (\(labels.logarithmicScale))" : plot.yLabel
    markup.element(
      "text", ["x": drawn(left), "y": "16"], text: name.shortened(to: 60, mark: "…"))
  }

  private func drawAxes(_ markup: inout Markup) {
    let base = height - bottom
    markup.empty(
      "line",
      [
        "class": "axis", "x1": drawn(left), "x2": drawn(width - right), "y1": drawn(base),
        "y2": drawn(base),
      ])
    for tick in plot.x.ticks {
      guard let x = place(x: tick.value) else { continue }
      markup.empty(
        "line",
        [
          "class": "axis", "x1": drawn(x), "x2": drawn(x), "y1": drawn(base), "y2": drawn(base + 5),
        ])
      // The last label ends with the drawing rather than beyond it.
      let half = Double(tick.label.utf8.count) * 5.5
      let isLast = x + half > width
      markup.element(
        "text",
        [
          "x": drawn(isLast ? width - 1 : x), "y": drawn(base + 22),
          "text-anchor": isLast ? "end" : "middle",
        ], text: tick.label)
    }
    markup.element(
      "text",
      [
        "x": drawn((left + width - right) / 2), "y": drawn(height - 6), "text-anchor": "middle",
      ], text: plot.xLabel.shortened(to: 60, mark: "…"))
  }

  // MARK: - Curves

  private func drawCurve(_ curve: LinePlot.Curve, _ index: Int, _ markup: inout Markup) {
    var path = ""
    var marks: [(x: Double, y: Double)] = []
    var isPen = false
    for (x, y) in zip(curve.x, curve.y) {
      guard plot.isDrawable(x, y), let px = place(x: x), let py = place(y: y) else {
        isPen = false
        continue
      }
      path += "\(isPen ? "L" : path.isEmpty ? "M" : " M")\(drawn(px)) \(drawn(py))"
      isPen = true
      marks.append((px, py))
    }
    guard !marks.isEmpty else { return }
    let style = index % Self.styles
    markup.empty(
      "path",
      ["class": "curve s\(style)", "d": path, "stroke-dasharray": Self.dashes[style]])
    guard marks.count <= Self.markLimit else { return }
    for mark in marks { drawMark(style, mark.x, mark.y, &markup) }
  }

  /// A circle, square, triangle or diamond.
  private func drawMark(_ style: Int, _ x: Double, _ y: Double, _ markup: inout Markup) {
    let name = "s\(style)"
    switch style % 4 {
    case 0: markup.empty("circle", ["class": name, "cx": drawn(x), "cy": drawn(y), "r": "3.5"])
    case 1:
      markup.empty(
        "rect",
        ["class": name, "x": drawn(x - 3), "y": drawn(y - 3), "width": "6", "height": "6"])
    case 2:
      markup.empty(
        "path", ["class": name, "d": "M\(drawn(x)) \(drawn(y - 4))l3.8 6.8h-7.6z"])
    default:
      markup.empty(
        "path", ["class": name, "d": "M\(drawn(x)) \(drawn(y - 4.5))l4 4.5l-4 4.5l-4-4.5z"])
    }
  }

  private func drawBand(_ curve: LinePlot.Curve, _ index: Int, _ markup: inout Markup) {
    guard let band = curve.band else { return }
    var upper: [String] = []
    var lower: [String] = []
    func flush() {
      if upper.count > 1 {
        markup.empty(
          "path",
          [
            "class": "band s\(index % Self.styles)",
            "d": "M" + (upper + lower.reversed()).joined(separator: "L") + "Z",
          ])
      }
      upper = []
      lower = []
    }
    for (i, x) in curve.x.enumerated() {
      guard plot.isDrawable(x, band.low[i]), plot.isDrawable(x, band.high[i]), let px = place(x: x),
        let low = place(y: band.low[i]), let high = place(y: band.high[i])
      else {
        flush()
        continue
      }
      upper.append("\(drawn(px)) \(drawn(high))")
      lower.append("\(drawn(px)) \(drawn(low))")
    }
    flush()
  }

  private func writeLegend(_ curves: [LinePlot.Curve], _ markup: inout Markup) {
    guard !curves.isEmpty else { return }
    markup.begin("ul", ["class": "legend"])
    for (index, curve) in curves.enumerated() {
      let style = index % Self.styles
      markup.begin("li")
      markup.begin(
        "svg",
        ["viewBox": "0 0 34 12", "aria-hidden": "true", "xmlns": "http://www.w3.org/2000/svg"])
      markup.empty(
        "path",
        ["class": "curve s\(style)", "d": "M0 6H34", "stroke-dasharray": Self.dashes[style]])
      if curve.x.count <= Self.markLimit { drawMark(style, 17, 6, &markup) }
      markup.end()
      markup.add(curve.name + (curve.y.isEmpty ? " (\(labels.noPoints))" : ""))
      markup.end()
    }
    markup.end()
    markup.newLine()
  }
}
