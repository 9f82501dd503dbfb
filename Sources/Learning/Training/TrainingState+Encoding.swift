internal import Tensors

extension TrainingState {
  /// What metadata `format` says; a new number whenever older readers would misread.
  static let format = "assay.training-state.1"

  /// Names of the tensors of a state's file.
  enum Part {
    static let step = "step"
    static let losses = steps("train.loss")
    static let rates = steps("lr")
    /// The rate and the best value.
    static let plateauValues = "plateau/values"
    /// Values that were not better, and values to come that do not count.
    static let plateauCounts = "plateau/counts"
    /// The best value; none before the first.
    static let stoppingBest = "early_stopping/best"
    /// Epochs that were not better, and the best epoch or 0.
    static let stoppingEpochs = "early_stopping/epochs"

    static func steps(_ series: String) -> String { "series/step/\(series)" }
    /// - Parameter part: of the loss; nil for the only one.
    static func sums(_ part: String?) -> String { "epoch/sums" + (part.map { "/\($0)" } ?? "") }
    static func weights(_ part: String?) -> String {
      "epoch/weights" + (part.map { "/\($0)" } ?? "")
    }
    static func parameter(_ name: String) -> String { "parameters/\(name)" }
    static func best(_ name: String) -> String { "best/\(name)" }
    static func optimizer(_ slot: String, _ name: String) -> String {
      "optimizer/\(slot)/\(name)"
    }
    static func epochValues(_ series: String) -> String { "series/epoch/\(series)" }
    static func epochs(_ series: String) -> String { "series/epoch/\(series)/epochs" }
  }

  /// One sealed safetensors file, every number bit for bit; equal states give equal bytes.
  ///
  /// - Parameter identity: of the training; ``init(decoding:identity:trainer:)`` asks for it.
  package func encoded(identity: String) -> [UInt8] {
    var arrays = [
      SafetensorsArray(Part.step, .int64([Int64(step)])),
      SafetensorsArray(Part.losses, .float64(log.losses)),
      SafetensorsArray(Part.rates, .float64(log.rates)),
    ]
    for part in log.parts {
      arrays.append(SafetensorsArray(Part.sums(part.name), .float64(part.sums)))
      arrays.append(SafetensorsArray(Part.weights(part.name), .float64(part.weights)))
      guard let name = part.name else { continue }
      arrays.append(SafetensorsArray(Part.steps("train.\(name)"), .float64(part.means)))
    }
    for line in log.epochLines {
      arrays.append(SafetensorsArray(Part.epochValues(line.name), .float64(line.values)))
      arrays.append(SafetensorsArray(Part.epochs(line.name), .int64(line.x.map(Int64.init))))
    }
    for (name, tensor) in zip(parameters.names, parameters.tensors) {
      arrays.append(SafetensorsArray(Part.parameter(name), .float32(tensor)))
    }
    for (name, tensor) in zip(best?.names ?? [], best?.tensors ?? []) {
      arrays.append(SafetensorsArray(Part.best(name), .float32(tensor)))
    }
    let slots = OptimizerState.rememberedNames(optimizer.optimizer)
    for (slot, tensors) in zip(slots, optimizer.remembered) {
      for case (let name, let tensor?) in zip(parameters.names, tensors) {
        arrays.append(SafetensorsArray(Part.optimizer(slot, name), .float32(tensor)))
      }
    }
    if let plateau {
      let counts = [plateau.badCount, plateau.cooldownLeft].map(Int64.init)
      arrays.append(SafetensorsArray(Part.plateauValues, .float64([plateau.rate, plateau.best])))
      arrays.append(SafetensorsArray(Part.plateauCounts, .int64(counts)))
    }
    if let stopping {
      let epochs = [stopping.badEpochs, stopping.bestEpoch ?? 0].map(Int64.init)
      arrays.append(
        SafetensorsArray(Part.stoppingBest, .float64(stopping.best.map { [$0] } ?? [])))
      arrays.append(SafetensorsArray(Part.stoppingEpochs, .int64(epochs)))
    }
    let names = log.epochLines.map(\.name).joined(separator: "\n")
    var metadata = ["format": Self.format, "identity": identity, "series": names]
    if seconds > 0 { metadata["seconds"] = "\(seconds)" }
    return SafetensorsFile.sealed(arrays, metadata: metadata)
  }
}
