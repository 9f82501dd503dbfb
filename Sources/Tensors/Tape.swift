internal import CKernels

/// Records one forward pass and computes its gradients.
///
/// All values have the samples of the batch as first dimension. The backward pass runs grain by
/// grain (rule 7): within a grain each parameter's gradient is one chain over the rows, and grains
/// are joined by the index tree in `Parameter`. A tape is reused from step to step and belongs to
/// one thread; its kernels use the threads of `compute`.
package final class Tape {
  /// A value on the tape, until the next `start`.
  package struct Node: Sendable, Hashable {
    let index: Int
  }

  /// What a pass is for.
  package enum Mode: Sendable {
    /// Values only; dropout does nothing.
    case inference
    /// Values and gradients. `draws` holds the ordinal of each sample in the training stream (may
    /// be empty without dropout), `grain` the samples of a grain.
    case training(draws: [UInt64], grain: Int)
  }

  package let compute: Compute
  var records: [Record] = []
  private var gradients: [Tensor?] = []
  private var parameters: [Parameter] = []
  private var batch = 0
  private(set) var draws: [UInt64] = []
  private(set) var isTraining = false
  private var grain = 256

  package init(compute: Compute) {
    self.compute = compute
  }

  /// Forgets the last pass and begins one over a batch of samples.
  package func start(samples: Int, mode: Mode) {
    records.removeAll(keepingCapacity: true)
    gradients.removeAll(keepingCapacity: true)
    parameters.removeAll(keepingCapacity: true)
    batch = samples
    switch mode {
    case .inference:
      isTraining = false
      draws = []
    case .training(let draws, let grain):
      precondition(grain > 0, "grain of \(grain) samples")
      isTraining = true
      self.draws = draws
      self.grain = grain
    }
  }

  /// The value of a node.
  package func value(of node: Node) -> Tensor { records[node.index].value }

  /// Puts data on the tape; its first dimension is the number of samples.
  package func input(_ value: Tensor) -> Node {
    append(.input, value, needsGradient: false)
  }

  /// Puts data on the tape whose gradient is wanted (see `gradient(of:)`).
  package func variable(_ value: Tensor) -> Node {
    append(.input, value, needsGradient: true)
  }

  func append(_ operation: Operation, _ value: Tensor, needsGradient: Bool) -> Node {
    precondition(
      value.shape.rank > 0 && value.shape[0] == batch,
      "value \(value.shape) in a batch of \(batch) samples")
    records.append(Record(operation: operation, value: value, needsGradient: needsGradient))
    return Node(index: records.count - 1)
  }

  func note(_ parameter: Parameter) {
    guard isTraining, parameter.isTrained, !parameters.contains(where: { $0 === parameter })
    else { return }
    parameters.append(parameter)
  }

  /// Gradient of the last backward pass with respect to a `variable`, when there was one grain.
  package func gradient(of node: Node) -> Tensor? {
    node.index < gradients.count ? gradients[node.index] : nil
  }

  /// Adds to every trained parameter the gradient of a scalar whose gradient with respect to
  /// `node` is given; the normaliser of the whole batch is already in it.
  package func backward(from node: Node, gradient: Tensor) {
    precondition(isTraining, "backward without a training pass")
    let value = records[node.index].value
    precondition(gradient.shape == value.shape, "gradient \(gradient.shape) of \(value.shape)")
    if batch <= grain {
      run(node, gradient, 0..<batch)
      return
    }
    let size = value.count / batch
    for start in stride(from: 0, to: batch, by: grain) {
      let samples = start..<min(batch, start + grain)
      var part = Tensor(uninitialized: value.shape.replacingFirst(samples.count))
      part.mutableElements.update(
        from: gradient.elements + start * size, count: samples.count * size)
      run(node, part, samples)
    }
    withExtendedLifetime(gradient) {}
  }

  private func run(_ node: Node, _ gradient: Tensor, _ samples: Range<Int>) {
    gradients.removeAll(keepingCapacity: true)
    for _ in records { gradients.append(nil) }
    gradients[node.index] = gradient
    for index in stride(from: node.index, through: 0, by: -1) where records[index].needsGradient {
      if case .input = records[index].operation { continue }
      guard let gradient = gradients[index].take() else { continue }
      differentiate(index, gradient, samples)
    }
    for parameter in parameters { parameter.closeGrain(compute) }
  }

  func needsGradient(_ node: Node) -> Bool { records[node.index].needsGradient }

  /// Adds a contribution to the gradient of an earlier node.
  func contribute(_ gradient: consuming Tensor, to node: Node) {
    guard var sum = gradients[node.index].take() else {
      gradients[node.index] = gradient
      return
    }
    compute.add(gradient, to: &sum)
    gradients[node.index] = sum
  }

  /// Where a node's rows for some samples begin, and how many rows they are.
  func slice(_ node: Node, _ samples: Range<Int>) -> (start: UnsafePointer<Float>, rows: Int) {
    let value = records[node.index].value
    let size = value.count / max(1, batch)
    return (value.elements + samples.lowerBound * size, samples.count * value.rows / max(1, batch))
  }
}

extension Tape {
  /// How a value came to be.
  enum Operation {
    case input
    case linear(Node, weight: Parameter, bias: Parameter?, rectified: Bool)
    case matmul(Node, Parameter)
    case add(Node, Node)
    case map(ElementFunction, Node)
    case dropout(Node, RandomStream, threshold: UInt64, scale: Float)
    case layerNorm(Node, gain: Parameter, bias: Parameter, means: Tensor, scales: Tensor)
  }

  struct Record {
    let operation: Operation
    let value: Tensor
    let needsGradient: Bool
  }
}
