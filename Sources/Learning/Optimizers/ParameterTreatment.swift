/// How an optimiser treats one parameter, beside what it does to all of them.
package struct ParameterTreatment: Sendable, Hashable {
  /// Multiplies the learning rate of every step; 1.
  package var rateFactor: Double
  /// Whether weight decay applies to it; true.
  package var decays: Bool
  /// Steps of the training before the parameter's own first; nil: frozen throughout.
  ///
  /// Until then it is frozen, and its own steps count from there, as PyTorch's do. Default 0.
  package var firstStep: Int?

  package init(rateFactor: Double = 1, decays: Bool = true, firstStep: Int? = 0) {
    self.rateFactor = rateFactor
    self.decays = decays
    self.firstStep = firstStep
  }

  /// Whether the step after so many moves the parameter.
  package func isTrained(afterSteps steps: Int) -> Bool {
    firstStep.map { steps >= $0 } ?? false
  }

  /// Steps of its own after so many steps of the training.
  func ownSteps(of steps: Int) -> Int {
    firstStep.map { max(0, steps - $0) } ?? 0
  }
}
