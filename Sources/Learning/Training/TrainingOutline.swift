internal import Tensors

/// All that is known of a training before it begins, and that does not change while it goes on.
package struct TrainingOutline: Sendable {
  package let settings: TrainingSettings
  /// Samples an epoch.
  package let rows: Int
  package let parameters: [ParameterSpec]
  /// One a parameter.
  package let treatments: [ParameterTreatment]
  /// Names of the losses that the loss is the sum of, such as `mlm_loss`; empty for a plain loss.
  package let lossParts: [String]
  /// What is measured on the validation part after every epoch, without `validation.`.
  package let validationMeasures: [String]

  init(
    settings: TrainingSettings, rows: Int, parameters: [ParameterSpec], places: [ParameterPlace?],
    withoutDecay: Set<ParameterRules.Exclusion>, lossParts: [String],
    validationMeasures: [String]
  ) {
    self.settings = settings
    self.rows = rows
    self.parameters = parameters
    treatments = settings.parameters.treatments(
      of: places, usual: withoutDecay, stepsPerEpoch: settings.stepsPerEpoch(rows: rows))
    self.lossParts = lossParts
    self.validationMeasures = validationMeasures
  }

  /// The lines that such a training has by epoch, whatever it measures, and its first ones.
  var epochNames: [String] { ["train.loss", "lr"] + lossParts.map { "train.\($0)" } }

  /// Whether the parameters have this training's names and shapes, in its order.
  package func accepts(_ set: ParameterSet) -> Bool {
    set.names == parameters.map(\.name)
      && set.tensors.map(\.shape.dimensions) == parameters.map(\.dimensions)
  }

  /// Whether a series is better when it is larger.
  static func rises(_ series: String) -> Bool {
    let prefix = "validation."
    guard series.hasPrefix(prefix) else { return false }
    let name = String(series.dropFirst(prefix.count))
    return Metric(name: name)?.risesWhenBetter ?? name.hasSuffix("accuracy")
  }
}
