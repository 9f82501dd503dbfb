internal import Tensors

/// Which parameters are trained, how fast, and with what decay.
package struct ParameterRules: Sendable, Hashable {
  /// Parameters that weight decay leaves alone.
  package enum Exclusion: String, Sendable, Hashable, CaseIterable {
    /// What is added after a product.
    case bias
    /// Scale and shift of layer norms.
    case layerNorm = "layer_norm"
  }

  /// What of a model with an encoder keeps the weights it starts with.
  package enum Freeze: String, Sendable, Hashable, CaseIterable {
    case none
    /// The embeddings and their layer norm.
    case embeddings
    /// Embeddings and all layers: pooler and heads are trained, a probe of what the encoder knows.
    case encoder
  }

  /// `no_weight_decay`; nil: as is usual for the model (bias and layer norm for BERT, nothing for
  /// a sequential model).
  package var noWeightDecay: Set<Exclusion>?
  /// `layerwise_lr_decay`, in 0…1 without 0; 1.
  ///
  /// The rate of a parameter is multiplied by this to the power of its distance from the top
  /// (Clark et al. 2020, ELECTRA; Howard & Ruder 2018 divide by 2.6): pooler and heads have 1, the
  /// last layer the factor once, the embeddings the smallest rate.
  package var layerwiseRateDecay: Double
  package var freeze: Freeze
  /// Trains the top alone in the first epoch and one level more in every further one (Howard &
  /// Ruder 2018); false.
  package var gradualUnfreezing: Bool

  package init(
    noWeightDecay: Set<Exclusion>? = nil, layerwiseRateDecay: Double = 1, freeze: Freeze = .none,
    gradualUnfreezing: Bool = false
  ) {
    self.noWeightDecay = noWeightDecay
    self.layerwiseRateDecay = layerwiseRateDecay
    self.freeze = freeze
    self.gradualUnfreezing = gradualUnfreezing
  }

  /// What the rules come to for the parameters of a model.
  ///
  /// - Parameters:
  ///   - places: nil for a parameter that the training does not reach, which is left as it is.
  ///   - usual: parameters without decay where ``noWeightDecay`` does not say.
  ///   - stepsPerEpoch: after which the next level is unfrozen.
  func treatments(
    of places: [ParameterPlace?], usual: Set<Exclusion>, stepsPerEpoch: Int
  ) -> [ParameterTreatment] {
    let top = places.reduce(0) { max($0, $1?.level ?? 0) }
    let excluded = noWeightDecay ?? usual
    return places.map { place in
      guard let place else { return ParameterTreatment(firstStep: nil) }
      let depth = top - place.level
      let decays =
        switch place.kind {
        case .weight: true
        case .bias: !excluded.contains(.bias)
        case .normalization: !excluded.contains(.layerNorm)
        }
      let isFrozen =
        switch freeze {
        case .none: false
        case .embeddings: place.level == 0 && top > 0
        case .encoder: depth > 0
        }
      return ParameterTreatment(
        rateFactor: DoubleMath.power(layerwiseRateDecay, depth), decays: decays,
        firstStep: isFrozen ? nil : gradualUnfreezing ? depth * stepsPerEpoch : 0)
    }
  }
}
