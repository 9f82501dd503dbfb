/// What training makes small, by PyTorch's names.
package enum LossSpec: Sendable, Hashable {
  case crossEntropy(CrossEntropySpec)
  case hinge(HingeSpec)
  case mse
  case huber(HuberSpec)
  case smoothL1(SmoothL1Spec)
  case bceWithLogits(BCEWithLogitsSpec)

  /// Whether the loss wants classes (true) or numbers (false).
  package var wantsClasses: Bool {
    switch self {
    case .crossEntropy, .hinge, .bceWithLogits: true
    case .mse, .huber, .smoothL1: false
    }
  }
}

/// −log softmax of the true class, optionally smoothed and weighted.
package struct CrossEntropySpec: Sendable, Hashable {
  /// Share of the target spread evenly over all classes.
  package var labelSmoothing = 0.0
  package var classWeights: ClassWeightsSpec?

  package init() {}
}

/// How much each class counts.
package enum ClassWeightsSpec: Sendable, Hashable {
  /// rows / (classes · rows of the class), as in scikit-learn.
  case balanced
  /// One weight per class, in sorted order of the classes.
  case values([Double])
}

/// Margin losses.
package struct HingeSpec: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// PyTorch's `MultiMarginLoss`: all wrong classes, divided by the number of classes.
    case multiMargin = "multi_margin"
    /// max(0, margin − y·f) with y = ±1 and one output.
    case binary
    /// scikit-learn's multi-class `hinge_loss`: the worst wrong class only.
    case crammerSinger = "crammer_singer"
  }

  package var kind = Kind.multiMargin
  package var margin = 1.0
  /// Exponent, 1 or 2.
  package var p = 1

  package init() {}
}

/// ½d² up to `delta`, then linear.
package struct HuberSpec: Sendable, Hashable {
  package var delta = 1.0

  package init() {}
}

/// Huber divided by `beta`.
package struct SmoothL1Spec: Sendable, Hashable {
  package var beta = 1.0

  package init() {}
}

/// Two classes on one output, or an output a label.
package struct BCEWithLogitsSpec: Sendable, Hashable {
  package var posWeight = PositiveWeightSpec.values([1])

  package init() {}
}

/// How much the positive class, or a label where it holds, counts.
package enum PositiveWeightSpec: Sendable, Hashable {
  /// Rows without it / rows with it, over the training rows.
  case balanced
  /// One number for all labels, or one a label, in sorted order of the labels.
  case values([Double])
}
