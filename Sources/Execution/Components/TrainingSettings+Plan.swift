internal import Experiments
internal import Learning

extension TrainingSettings {
  /// The engine's settings for a planned training.
  init(_ plan: TrainingPlan) {
    let spec = plan.spec
    let length: Length =
      switch spec.duration {
      case .epochs(let epochs): .epochs(epochs)
      case .steps(let steps): .steps(steps)
      }
    self.init(
      loss: Loss(plan.loss), optimizer: Optimizer(spec.optimizer),
      schedule: Schedule(spec.schedule, lr: spec.optimizer.lr), length: length,
      batchSize: spec.batchSize, grain: plan.grain, shuffle: spec.shuffle,
      clipping: GradientClipping(
        maximumNorm: spec.maxGradNorm, maximumValue: spec.maxGradValue),
      earlyStopping: spec.earlyStopping.map {
        EarlyStopping(
          monitor: $0.monitor.rawValue, patience: $0.patience, minimumDelta: $0.minDelta)
      },
      validationMetrics: plan.validationMetrics.compactMap { Metric(name: $0.rawValue) },
      parameters: ParameterRules(spec),
      gradientAccumulationSteps: spec.gradientAccumulationSteps,
      gradientCheckpointing: spec.gradientCheckpointing)
  }
}

extension ParameterRules {
  /// Which parameters are trained, how fast, and with what decay.
  fileprivate init(_ spec: TrainSpec) {
    let freeze: Freeze =
      switch spec.freeze {
      case .none: .none
      case .embeddings: .embeddings
      case .encoder: .encoder
      }
    self.init(
      noWeightDecay: spec.noWeightDecay.map { names in
        Set(names.map { $0 == .bias ? .bias : .layerNorm })
      },
      layerwiseRateDecay: spec.layerwiseLRDecay, freeze: freeze,
      gradualUnfreezing: spec.gradualUnfreezing)
  }
}
