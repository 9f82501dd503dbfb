import Diagnostics

/// The keys of a block as data: its kinds, and what every block may say.
package enum BlockFields {
  /// Shape of what stands under the key of a kind.
  package static func shape(of kind: ExperimentKind) -> ValueShape {
    switch kind {
    case .dataset: datasetShape
    case .tokenizer: tokenizerShape
    case .model: modelShape
    case .train: trainShape
    case .evaluate: evaluateShape
    case .compare: compareShape
    case .plot: plotShape
    }
  }

  private static let datasetShape = DatasetSpec.type.shape
  private static let tokenizerShape = TokenizerSpec.type.shape
  private static let modelShape = ModelSpec.type.shape
  private static let trainShape = ValueShape.group(TrainSpec.table.description)
  private static let evaluateShape = ValueShape.group(EvaluateSpec.table.description)
  private static let compareShape = ValueShape.group(CompareSpec.table.description)
  private static let plotShape = ValueShape.group(PlotSpec.table.description)

  /// Keys that every block may have.
  static let common: [FieldDescription] =
    CommonSpec.structural + CommonSpec.table.description.fields

  /// The whole block as one table.
  package static let table = TableDescription(
    name: "block", version: 1, help: "an experiment block: exactly one kind, and common keys",
    fields: ExperimentKind.allCases.map { kind in
      FieldDescription(
        name: kind.rawValue, shape: shape(of: kind), help: help(of: kind), aliases: [],
        isRequired: false, bearing: .result, defaultValue: nil, defaultPhrase: nil)
    } + common,
    exclusive: [])

  /// The keys of a block; made without the tables, most of which a notebook does not need.
  static let names = ExperimentKind.allCases.map(\.rawValue) + common.map(\.name)

  /// Shape of what stands under a key of a block.
  static func shape(of key: String) -> ValueShape? {
    if let kind = ExperimentKind(rawValue: key) { return shape(of: kind) }
    return common.first { $0.name == key }?.shape
  }

  /// Kinds that a later version brings.
  static let laterKinds = ["search", "balance", "inspect"]

  static func help(of kind: ExperimentKind) -> String {
    switch kind {
    case .dataset: "rows of numbers or texts, with a label or a target each, cut into parts"
    case .tokenizer: "how text becomes tokens"
    case .model: "a network and how its weights begin"
    case .train: TrainSpec.table.help
    case .evaluate: EvaluateSpec.table.help
    case .compare: CompareSpec.table.help
    case .plot: PlotSpec.table.help
    }
  }

  /// The fields that stand under the key of a kind, those of all variants together.
  static func fieldNames(of kind: ExperimentKind) -> [String] {
    switch shape(of: kind) {
    case .group(let table): return table.fields.map(\.name)
    case .variants(let variants):
      return variants.alternatives.flatMap { [$0.key] + $0.table.fields.map(\.name) }
        .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    default: return []
    }
  }

  /// Parts that a kind can print.
  static func shownParts(of kind: ExperimentKind) -> [ShownPart] {
    switch kind {
    case .dataset: [.summary, .classCounts, .histogram]
    case .tokenizer: [.summary, .metrics]
    case .model: [.summary]
    case .train: [.summary, .metrics, .lossCurve, .accuracyCurve, .lrCurve, .confusionMatrix]
    case .evaluate: [.summary, .metrics, .confusionMatrix]
    case .compare: [.comparison, .bars, .histogram]
    case .plot: [.plot]
    }
  }
}
