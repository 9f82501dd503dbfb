import Diagnostics
import Experiments
import Reports
import Testing

@Suite struct TextPlotTests {
  private func expectPlotLines(_ text: String, _ note: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(String(line).displayWidth <= 80, "\(note)\n\(text)")
      #expect(line.contains { $0 != " " }, "\(note): blank line\n\(text)")
      for dangerous in ["`", "<!--", "-->", "~~~", "\r"] {
        let isThere = String(line).unicodeScalars.containsSequence(dangerous.unicodeScalars)
        #expect(!isThere, "\(note)\n\(text)")
      }
    }
  }

  @Test(arguments: Charset.allCases)
  func linePlotsOfAnythingFitTheirWidth(_ charset: Charset) {
    let seed: UInt64 = 5
    var generator = SeededGenerator(seed: seed)
    for round in 0..<400 {
      let language: Language = Bool.random(using: &generator) ? .en : .zh
      let curves = (0..<Int.random(in: 0...25, using: &generator)).map { _ in
        let count = Int.random(in: 0...30, using: &generator)
        return LinePlot.Curve(
          name: Hostile.text(using: &generator),
          x: (0..<count).map { index in
            Bool.random(using: &generator) ? Double(index) : anyDouble(&generator)
          },
          y: (0..<count).map { _ in anyDouble(&generator) })
      }
      let plot = LinePlot(
        xLabel: Hostile.text(using: &generator), yLabel: Hostile.text(using: &generator),
        curves: curves, xScale: AxisScale.Kind.allCases.randomElement(using: &generator) ?? .linear,
        yScale: AxisScale.Kind.allCases.randomElement(using: &generator) ?? .linear)
      let text = TextLinePlot.text(plot, charset: charset, labels: Labels(language))
      expectPlotLines(text, "seed \(seed) round \(round)")
      #expect(text.split(separator: "\n").count <= 45)
    }
  }

  @Test(arguments: Charset.allCases)
  func barsAndMatricesOfAnythingFitTheirWidth(_ charset: Charset) {
    let seed: UInt64 = 6
    var generator = SeededGenerator(seed: seed)
    for round in 0..<300 {
      let labels = Labels(Bool.random(using: &generator) ? .en : .zh)
      let names = (0..<Int.random(in: 0...45, using: &generator)).map { _ in
        Hostile.text(using: &generator)
      }
      let note = "seed \(seed) round \(round)"
      let chart = BarChart(
        valueLabel: Hostile.text(using: &generator),
        categories: names.map { Chart.Category($0, anyDouble(&generator)) },
        quantity: Quantity.allCases.randomElement(using: &generator) ?? .real)
      expectPlotLines(TextBars.text(chart, charset: charset, labels: labels), note)
      let histogram = Histogram(
        valueLabel: "v", edges: (0..<10).map { _ in anyDouble(&generator) },
        counts: (0..<9).map { _ in Int.random(in: 0...1_000_000, using: &generator) })
      expectPlotLines(TextBars.text(histogram, charset: charset, labels: labels), note)
      let matrix = ConfusionMatrix(
        labels: names,
        counts: names.map { _ in
          names.map { _ in Int.random(in: 0...(round % 2 == 0 ? 9 : .max), using: &generator) }
        })
      expectPlotLines(TextConfusionMatrix.text(matrix, charset: charset, labels: labels), note)
    }
  }

  @Test func chineseNamesKeepTheLegendAligned() {
    let curves = ["训练集", "a", "验证"].map { LinePlot.Curve(name: $0, x: [0, 1], y: [0, 1]) }
    let plot = LinePlot(xLabel: "步", yLabel: "损失", curves: curves)
    let text = TextLinePlot.text(plot, charset: .ascii, labels: Labels(.zh))
    #expect(text.hasSuffix("* 训练集   o a        + 验证"))
  }

  @Test func marksOfCurvesThatMeetTakeTurns() {
    let y = (0..<64).map { _ in 1.0 }
    let x = (0..<64).map(Double.init)
    let plot = LinePlot(
      xLabel: "x", yLabel: "y",
      curves: [
        LinePlot.Curve(name: "a", x: x, y: y), LinePlot.Curve(name: "b", x: x, y: y),
      ])
    let text = TextLinePlot.text(plot, charset: .ascii, labels: Labels(.en))
    #expect(text.contains("*o*o*o*o"))
  }

  @Test func aMillionPointsAreAveragedAndSaid() {
    let count = 1_000_000
    let plot = LinePlot(
      xLabel: "step", yLabel: "loss",
      curves: [
        LinePlot.Curve(
          name: "a", x: (0..<count).map(Double.init),
          y: (0..<count).map { 1 / Double(1 + $0 % 100) })
      ])
    let text = TextLinePlot.text(plot, charset: .ascii, labels: Labels(.en))
    expectPlotLines(text, "million")
    #expect(text.contains("each mark: mean of up to 15"))
  }

  private static let degenerate: [(name: String, y: [Double])] = [
    ("empty", []), ("one point", [0.25]), ("constant", [3, 3, 3]), ("zero", [0, 0]),
    ("holes", [1, .nan, 2, .infinity, 3]), ("nothing finite", [.nan, .infinity]),
    ("huge", [-1.7e308, 1.7e308]), ("tiny", [0, 5e-324]), ("near", [1e15, 1e15 + 1]),
  ]

  @Test(arguments: degenerate)
  func degenerateCurvesHaveAPlot(_ name: String, _ y: [Double]) throws {
    let curve = LinePlot.Curve(name: name, x: y.indices.map(Double.init), y: y)
    var all = ""
    for scale in AxisScale.Kind.allCases {
      for charset in Charset.allCases {
        let plot = LinePlot(xLabel: "x", yLabel: "y", curves: [curve], yScale: scale)
        let text = TextLinePlot.text(plot, charset: charset, labels: Labels(.en))
        expectPlotLines(text, name)
        all += "\(scale.rawValue), \(charset.rawValue)\n\(text)\n\n"
      }
    }
    try expectGolden("degenerate/\(name.replacing(" ", with: "-")).txt", all)
  }

  @Test func confusionMatricesLookAsCommitted() throws {
    var all = ""
    let sizes: [(Int, Charset)] = [(3, .ascii), (10, .unicode), (16, .ascii), (40, .ascii)]
    for (count, charset) in sizes {
      let names: [String] =
        count == 3 ? ["新闻", "百科", "小说"] : (0..<count).map { "class number \($0)" }
      let counts: [[Int]] = names.indices.map { row in
        names.indices.map { column in column == row ? 980 : (column * row * 7) % 5 }
      }
      let matrix = ConfusionMatrix(labels: names, counts: counts)
      let labels = Labels(count == 3 ? .zh : .en)
      all += TextConfusionMatrix.text(matrix, charset: charset, labels: labels) + "\n\n"
    }
    try expectGolden("confusion.txt", all)
  }
}

extension String.UnicodeScalarView {
  /// Whether the scalars occur one after another.
  func containsSequence(_ other: String.UnicodeScalarView) -> Bool {
    let (own, searched) = (Array(self), Array(other))
    guard searched.count <= own.count else { return false }
    return (0...(own.count - searched.count)).contains {
      own[$0..<($0 + searched.count)].elementsEqual(searched)
    }
  }
}
