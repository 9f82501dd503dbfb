/// What a data set's rows are to be predicted as, without the rows: enough to plan.
package enum TargetKind: Sendable, Hashable {
  /// One of so many classes.
  case classes(Int)
  /// So many real values.
  case values(Int)
  /// Any of so many labels.
  case labels(Int)
}

extension Targets {
  package var kind: TargetKind {
    switch self {
    case .classes(_, let names): .classes(names.count)
    case .values(_, let names): .values(names.count)
    case .labels(_, let names): .labels(names.count)
    }
  }
}

/// Why a loss does not fit the data.
package enum LossMismatch: Error, Sendable, Hashable {
  /// The loss compares classes; the targets are numbers or sets of labels.
  case needsClasses
  /// The loss compares numbers; the targets are classes or sets of labels.
  case needsValues
  /// The loss tells two classes apart; there are `found`.
  case needsTwoClasses(found: Int)
  /// One weight a class (or output) is needed.
  case weightCount(expected: Int, found: Int)
  /// Weights are positive finite numbers.
  case invalidWeight
  /// A setting is out of its range.
  case outOfRange(parameter: String, allowed: String)
  /// A target of the binary cross-entropy lies outside 0…1; `row` counts from 0.
  case targetOutsideUnitInterval(row: Int)
}

extension Loss {
  /// How many outputs a model must have for this loss on such targets.
  ///
  /// Cross-entropy, multi-margin and Crammer–Singer: one a class. Binary hinge: 1, for two
  /// classes. Binary cross-entropy: 1 for two classes, else one a value or label. The rest: one a
  /// value.
  package func outputs(for targets: TargetKind) throws(LossMismatch) -> Int {
    try validate(for: targets)
    if case .classes(let classes) = targets, classes < 2 { throw .needsTwoClasses(found: classes) }
    switch (self, targets) {
    case (.crossEntropy, .classes(let classes)): return classes
    case (.hinge(let hinge), .classes(let classes)):
      guard hinge.kind == .binary else { return classes }
      if classes != 2 { throw .needsTwoClasses(found: classes) }
      return 1
    case (.crossEntropy, .values), (.hinge, .values), (.crossEntropy, .labels), (.hinge, .labels):
      throw .needsClasses
    case (.binaryCrossEntropy, .classes(let classes)):
      if classes != 2 { throw .needsTwoClasses(found: classes) }
      return 1
    case (.binaryCrossEntropy, .labels(let labels)): return labels
    case (_, .values(let width)): return width
    case (_, .classes), (_, .labels): throw .needsValues
    }
  }

  private func validate(for targets: TargetKind) throws(LossMismatch) {
    switch self {
    case .crossEntropy(let settings):
      guard settings.labelSmoothing >= 0, settings.labelSmoothing <= 1 else {
        throw .outOfRange(parameter: "label_smoothing", allowed: "0 to 1")
      }
      try Self.validate(settings.classWeights, for: targets)
    case .hinge(let settings):
      guard settings.margin.isFinite, settings.margin > 0 else {
        throw .outOfRange(parameter: "margin", allowed: "above 0")
      }
      guard settings.power == 1 || settings.power == 2 else {
        throw .outOfRange(parameter: "p", allowed: "1 or 2")
      }
      try Self.validate(settings.classWeights, for: targets)
    case .huber(let delta):
      guard delta.isFinite, delta > 0 else {
        throw .outOfRange(parameter: "delta", allowed: "above 0")
      }
    case .smoothL1(let beta):
      guard beta.isFinite, beta >= 0 else {
        throw .outOfRange(parameter: "beta", allowed: "0 or more")
      }
    case .binaryCrossEntropy(let settings): try Self.validate(settings, for: targets)
    case .meanSquaredError, .absoluteError: break
    }
  }

  private static func validate(
    _ settings: BinaryCrossEntropy, for targets: TargetKind
  ) throws(LossMismatch) {
    let outputs: Int
    switch targets {
    case .classes: outputs = 1
    case .values(let width): outputs = width
    case .labels(let labels): outputs = labels
    }
    switch settings.positiveWeights {
    case .none: break
    case .values(let weights):
      guard weights.count == 1 || weights.count == outputs else {
        throw .weightCount(expected: outputs, found: weights.count)
      }
      guard weights.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw .invalidWeight }
    case .balanced:
      // Values are no rows to count.
      if case .values = targets { throw .needsClasses }
    }
  }

  private static func validate(
    _ weights: ClassWeights, for targets: TargetKind
  ) throws(LossMismatch) {
    guard case .values(let values) = weights, case .classes(let classes) = targets else { return }
    guard values.count == classes else {
      throw .weightCount(expected: classes, found: values.count)
    }
    guard values.allSatisfy({ $0 >= 0 && $0.isFinite }), values.contains(where: { $0 > 0 })
    else { throw .invalidWeight }
  }
}
