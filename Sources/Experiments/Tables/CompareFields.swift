import Diagnostics

extension CompareSpec {
  static let table = FieldTable(
    "compare", "several runs side by side: named ones, or the variants of one",
    defaults: CompareSpec(), alternatives: [["runs", "base"]],
    fields: [
      Field(
        "runs", \.runs,
        .list(of: .blockName(of: [.train, .evaluate]), counts: 1...256, unique: true),
        "names of the blocks to compare", default: "the variants of `base`"),
      Field(
        "base", \.base, .optional(.blockName(of: [.train]), none: false),
        "name of the `train` block that `over` varies", default: "none"),
      Field(
        "over", \.over, VariationAxis.type,
        "fields of the base and the values to try, such as {train.schedule: [constant, linear]}",
        aliases: ["grid", "vary", "param_grid"], default: "none"),
      Field(
        "metrics", \.metrics,
        .list(of: .resultPath, counts: 1...100, unique: true),
        "results to compare, such as test.accuracy", aliases: ["metric"],
        default: "every metric that all runs have"),
    ],
    check: { spec, node, owner, diagnostics in
      if spec.base != nil, spec.over.isEmpty {
        diagnostics.append(
          .missingKey(
            "over", of: "compare", help: "fields of the base and the values to try", at: owner))
      } else if spec.base == nil, !spec.over.isEmpty {
        diagnostics.append(
          Diagnostic(
            "experiment.conflict", "`over` varies the fields of a `base`, not of `runs`",
            at: node.pair("over")?.keyRange ?? owner))
      }
    })
}

extension VariationAxis {
  /// A mapping from paths of fields to lists of values as written.
  fileprivate static let type = ValueType<[VariationAxis]>(
    shape: .dictionary(.list(.text("a value"), counts: 1...256)),
    decode: { node, place, diagnostics in
      guard let pairs = node.pairs, !pairs.isEmpty else {
        diagnostics.append(
          .wrongType(node, place, wants: "a mapping such as {train.schedule: [constant, linear]}"))
        return nil
      }
      return pairs.compactMap { pair -> VariationAxis? in
        let place = FieldPlace(name: pair.key, keyRange: pair.keyRange)
        guard let items = pair.value.items else {
          diagnostics.append(.wrongType(pair.value, place, wants: "a list of values"))
          return nil
        }
        guard !items.isEmpty else {
          diagnostics.append(.wrongCount(pair.value, place, 0, 1...VariantMaking.maximumCount))
          return nil
        }
        return VariationAxis(path: pair.key, values: items.map(\.asWritten))
      }
    },
    encode: { axes in
      .group(
        table: "over", version: 1,
        axes.map { FieldValue.Entry($0.path, .list($0.values)) })
    })
}

extension YAMLNode {
  /// The node as a value whose scalars are all text.
  var asWritten: FieldValue {
    switch content {
    case .scalar(let text, _, _): .text(text)
    case .sequence(let items): .list(items.map(\.asWritten))
    case .mapping(let pairs):
      .group(
        table: "", version: 0, pairs.map { FieldValue.Entry($0.key, $0.value.asWritten) })
    }
  }
}

extension ValueType where Value == String {
  /// A scalar result such as `test.accuracy`, `test.f1[setosa]` or `epochs`.
  static var resultPath: ValueType {
    .text("a result such as test.accuracy") { text, node, place, diagnostics in
      var stem = text
      if let bracket = text.firstIndex(of: "["), text.last == "]" {
        stem = String(text[..<bracket])
      }
      guard !ResultNames.scalars.contains(stem) else { return true }
      diagnostics.append(
        .unknownResult(
          text, node, place, among: ResultNames.scalars,
          "SPLIT.METRIC, epochs, steps or parameters"))
      return false
    }
  }

  /// A series such as `train.loss` or `lr`.
  static var seriesName: ValueType {
    .text("a series such as train.loss") { text, node, place, diagnostics in
      guard !ResultNames.series.contains(text) else { return true }
      diagnostics.append(
        .unknownResult(
          text, node, place, among: ResultNames.series, ResultNames.series.alternatives))
      return false
    }
  }
}

/// The names that results of runs can have.
enum ResultNames {
  static let scalars: [String] =
    SplitPart.allCases.flatMap { part in
      MetricName.allCases.filter { !$0.isMatrix }.map {
        "\(part.rawValue).\($0.rawValue)"
      }
    } + ["epochs", "steps", "parameters"]

  static let series: [String] =
    ["train.loss", "train.mlm_loss", "train.nsp_loss"]
    + MonitoredMetric.allCases.map(\.rawValue) + ["lr"]
}

extension Diagnostic {
  fileprivate static func unknownResult(
    _ text: String, _ node: YAMLNode, _ place: FieldPlace, among names: [String], _ known: String
  ) -> Diagnostic {
    Diagnostic(
      "experiment.unknown-value",
      "`\(text.abbreviated)` is no result that `\(place.name)` can show",
      at: node.range, notes: [Note("`\(place.name)` takes \(known)")],
      suggestion: names.first { $0.hasPrefix(text) } ?? nearestName(to: text, among: names))
  }
}
