internal import Experiments

/// Every word that reports say themselves, in one language.
///
/// The two languages stand side by side in the two values below: whoever adds a word adds both.
/// `{n}`, `{m}` and `{s}` are replaced by numbers and names.
package struct Labels: Sendable {
  package let language: Language

  let figure: String
  let table: String
  /// Between `Table 1` and its caption.
  let captionSeparator: String
  let captionColon: String
  private let detailText: String

  // Plots.
  let step: String
  let epoch: String
  let value: String
  let count: String
  let logarithmicScale: String
  let noPoints: String
  private let averagedMarksText: String
  private let moreCurvesText: String
  private let moreBarsText: String
  private let thinnedText: String
  private let hiddenPointsText: String
  let bandNote: String
  let numbersBehind: String

  // Confusion matrices.
  let trueClass: String
  let predictedClass: String
  let recall: String
  let precision: String
  let total: String
  private let mistakesText: String

  // Captions.
  let summary: String
  let metrics: String
  let perClass: String
  let lossCurve: String
  let accuracyCurve: String
  let lrCurve: String
  let confusionMatrix: String
  let comparison: String
  let distribution: String
  private let splitText: String
  let oneSeed: String
  private let intervalText: String
  private let meanText: String
  private let summedText: String

  // Table heads.
  let metric: String
  let className: String
  let quantity: String

  // Expectations, failures, provenance.
  let expectations: String
  let holds: String
  let fails: String
  let undecided: String
  let failed: String
  let fingerprint: String
  let numericsVersion: String
  let seed: String
  let repeats: String
  let source: String
  let noValue: String
  let madeWith: String
}

extension Labels {
  package init(_ language: Language) {
    switch language {
    case .en: self = .english
    case .zh: self = .chinese
    }
  }

  func averagedMarks(_ points: Int) -> String { averagedMarksText.with(n: points) }
  func moreCurves(_ count: Int) -> String { moreCurvesText.with(n: count) }
  func moreBars(_ count: Int) -> String { moreBarsText.with(n: count) }
  func thinned(_ points: Int) -> String { thinnedText.with(n: points) }
  func hiddenPoints(_ count: Int) -> String { hiddenPointsText.with(n: count) }
  func mistakesOf(classes: Int, shown: Int) -> String {
    mistakesText.with(n: classes).replacing("{m}", with: String(shown))
  }
  /// `Metrics on the test split`.
  func captionOn(_ words: String, split: String) -> String {
    splitText.replacing("{s}", with: split).replacing("{w}", with: words)
  }
  func meanWithInterval(_ seeds: Int) -> String {
    seeds == 1 ? oneSeed : intervalText.with(n: seeds)
  }
  func mean(_ seeds: Int) -> String { seeds == 1 ? oneSeed : meanText.with(n: seeds) }
  func summed(_ seeds: Int) -> String { seeds == 1 ? oneSeed : summedText.with(n: seeds) }

  /// A caption with how its numbers were measured: `Loss (mean of 3 seeds)`.
  func caption(_ heading: ItemHeading) -> String {
    heading.caption + (heading.detail.map(inParentheses) ?? "")
  }

  /// ` (text)` behind words, with the language's parentheses.
  func inParentheses(_ text: String) -> String { detailText.replacing("{s}", with: text) }

  /// `Figure 3`, `图 3`.
  func number(of item: ReportItem) -> String? {
    switch item {
    case .table(let table): "\(self.table) \(table.heading.number)"
    case .figure(let figure): "\(self.figure) \(figure.heading.number)"
    case .paragraph, .expectations, .failure, .provenance: nil
    }
  }

  /// A dotted name with its parts in the document's language: `test.accuracy`, `测试集准确率`.
  func path(_ name: String) -> String {
    guard language == .zh, name.contains(".") else { return term(name) }
    var text = ""
    for part in name.split(separator: ".", omittingEmptySubsequences: false) {
      let word = term(String(part))
      // Latin letters stand apart from Han characters.
      if (text.utf8.last ?? 0x80) < 0x80 || (word.utf8.first ?? 0x80) < 0x80, !text.isEmpty {
        text += " "
      }
      text += word
    }
    return text
  }

  /// A measured name as a caption: `Loss on the train split`, `训练集上的损失`.
  func measure(_ name: String) -> String {
    guard let dot = name.firstIndex(of: "."), Scalar.splits.contains(String(name[..<dot])) else {
      return path(name).capitalizedFirst
    }
    let metric = path(String(name[name.index(after: dot)...])).capitalizedFirst
    return captionOn(metric, split: term(String(name[..<dot])))
  }

  private static let english = Labels(
    language: .en,
    figure: "Figure", table: "Table", captionSeparator: ". ", captionColon: ": ",
    detailText: " ({s})",
    step: "step", epoch: "epoch", value: "value", count: "count",
    logarithmicScale: "log scale", noPoints: "nothing to draw",
    averagedMarksText: "each mark: mean of up to {n} points",
    moreCurvesText: "and {n} more curves, not drawn", moreBarsText: "and {n} more, not drawn",
    thinnedText: "Each point is the mean of {n} values.",
    hiddenPointsText: "{n} points without a place on the axes are not drawn.",
    bandNote: "The band runs from the lowest to the highest seed.",
    numbersBehind: "Numbers behind the figure",
    trueClass: "true", predictedClass: "predicted", recall: "recall", precision: "precision",
    total: "total",
    mistakesText: "{n} classes; the {m} most frequent mistakes (count, true, predicted):",
    summary: "Summary", metrics: "Metrics", perClass: "Metrics per class",
    lossCurve: "Loss", accuracyCurve: "Metrics along training",
    lrCurve: "Learning rate", confusionMatrix: "Confusion matrix", comparison: "Comparison",
    distribution: "Distribution",
    splitText: "{w} on the {s} split", oneSeed: "one seed",
    intervalText: "mean ± 95 % interval over {n} seeds", meanText: "mean of {n} seeds",
    summedText: "summed over {n} seeds",
    metric: "metric", className: "class", quantity: "quantity",
    expectations: "Expectations", holds: "holds", fails: "fails", undecided: "undecided",
    failed: "This block failed", fingerprint: "fingerprint", numericsVersion: "numerics",
    seed: "seed", repeats: "repeats", source: "Experiment",
    noValue: "no value", madeWith: "Every number on this page can be recomputed.")

  private static let chinese = Labels(
    language: .zh,
    figure: "图", table: "表", captionSeparator: "　", captionColon: "：",
    detailText: "（{s}）",
    step: "步", epoch: "轮", value: "值", count: "数量",
    logarithmicScale: "对数刻度", noPoints: "没有可画的数据",
    averagedMarksText: "每个标记是至多 {n} 个点的均值",
    moreCurvesText: "另有 {n} 条曲线未画出", moreBarsText: "另有 {n} 项未画出",
    thinnedText: "每个点是 {n} 个值的均值。",
    hiddenPointsText: "有 {n} 个点在坐标轴上没有位置，未画出。",
    bandNote: "色带为各随机种子的最小值到最大值。",
    numbersBehind: "图中数据",
    trueClass: "真实", predictedClass: "预测", recall: "召回率", precision: "精确率", total: "合计",
    mistakesText: "共 {n} 类；最常见的 {m} 种错误（次数、真实、预测）：",
    summary: "概要", metrics: "指标", perClass: "各类指标",
    lossCurve: "损失", accuracyCurve: "训练过程中的指标",
    lrCurve: "学习率", confusionMatrix: "混淆矩阵", comparison: "比较", distribution: "分布",
    splitText: "{s}上的{w}", oneSeed: "1 个随机种子",
    intervalText: "{n} 个随机种子的均值 ± 95 % 置信区间", meanText: "{n} 个随机种子的均值",
    summedText: "{n} 个随机种子之和",
    metric: "指标", className: "类别", quantity: "量",
    expectations: "预期", holds: "成立", fails: "不成立", undecided: "无法判断",
    failed: "该实验块失败", fingerprint: "指纹", numericsVersion: "数值版本",
    seed: "种子", repeats: "重复", source: "实验",
    noValue: "无值", madeWith: "本页的每个数字都可以重新计算得出。")
}

extension String {
  fileprivate func with(n: Int) -> String { replacing("{n}", with: String(n)) }
}
