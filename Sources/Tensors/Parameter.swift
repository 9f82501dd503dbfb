/// A trained tensor with its name and the gradient that backward passes gather for it.
///
/// A class, because the tape, the model and the optimiser mean the same parameter. It belongs to
/// one training run and is not shared between threads.
package final class Parameter {
  /// The path that names it in checkpoints and random sites, such as `0.weight`.
  package let name: String
  package var value: Tensor
  /// Whether backward passes compute a gradient for it.
  package var isTrained = true

  /// Gradient of the grain in work: the sum over the uses of the parameter, last use first.
  private var pending: GrainGradient?
  /// Complete subtrees of the index tree over the grains so far.
  private var partials: [(gradient: GrainGradient, grains: Int)] = []
  /// The joined gradient, once somebody asked for it.
  private var joined: Tensor?

  package init(name: String, value: Tensor) {
    self.name = name
    self.value = value
  }

  /// Whether a backward pass reached it since the gradient was last cleared.
  package var hasGradient: Bool { joined != nil || !partials.isEmpty }

  /// The gradient over all grains since it was last cleared, joined by the index tree; zeros when
  /// there was none.
  package func gradient(_ compute: Compute) -> Tensor {
    if let joined { return joined }
    guard let last = partials.popLast() else { return Tensor(zeros: value.shape) }
    var right = last.gradient
    while let left = partials.popLast() { right = left.gradient.joined(with: right, compute) }
    let sum = right.tensor(shape: value.shape)
    joined = sum
    return sum
  }

  /// Multiplies the gathered gradient by a factor, as clipping does.
  package func scaleGradient(by factor: Float, _ compute: Compute) {
    var scaled = gradient(compute)
    joined = nil
    compute.scale(&scaled, by: factor)
    joined = scaled
  }

  /// Puts another gradient in place of the gathered one; shapes must agree.
  package func replaceGradient(_ gradient: Tensor) {
    precondition(gradient.shape == value.shape, "gradient \(gradient.shape) of \(value.shape)")
    clearGradient()
    joined = gradient
  }

  /// Forgets the gradient; call it before the first grain of a step.
  package func clearGradient() {
    pending = nil
    partials.removeAll(keepingCapacity: true)
    joined = nil
  }

  /// Adds the gradient of one use within the grain in work.
  package func contribute(_ gradient: consuming Tensor, _ compute: Compute) {
    contribute(.dense(gradient), compute)
  }

  /// Adds the gradient of one use within the grain in work that is zero but for some rows.
  package func contribute(_ rows: RowGradient, _ compute: Compute) {
    contribute(.rows(rows), compute)
  }

  private func contribute(_ gradient: consuming GrainGradient, _ compute: Compute) {
    guard let sum = pending.take() else {
      pending = gradient
      return
    }
    pending = sum.joined(with: gradient, compute)
  }

  /// Ends the grain in work: its gradient becomes the next leaf of the index tree.
  package func closeGrain(_ compute: Compute) {
    precondition(joined == nil, "gradient of \(name) was read; clear it before the next step")
    guard var sum = pending.take() else { return }
    var grains = 1
    while let last = partials.last, last.grains == grains {
      partials.removeLast()
      sum = last.gradient.joined(with: sum, compute)
      grains *= 2
    }
    partials.append((sum, grains))
  }
}
