import Learning
import Tensors
import Testing

@Suite struct LossTests {
  private struct Cases: Decodable {
    struct Case: Decodable {
      let loss, reduction: String
      let label_smoothing, delta, beta, margin, pos_weight: Double?
      let p: Int?
      let class_weight: [Double]?
      let input, target, value, grad: Numbers
    }
    let cases: [Case]
  }

  private static let compute = Compute()

  @Test("every loss and gradient is PyTorch's to 1e-6 in float32")
  func parity() throws {
    var checked: [String: Int] = [:]
    for example in try Fixture.load(Cases.self, "losses.json").cases {
      guard let loss = Self.loss(example) else { continue }
      let rows = example.input.shape[0]
      let columns = example.input.shape.count > 1 ? example.input.shape[1] : 1
      let outputs = Tensor(example.input.floats, shape: .matrix(rows, columns))
      let (kind, targets) = Self.targets(example, columns: columns)
      let function = try LossFunction(loss, training: kind)
      let result = function.value(
        outputs: outputs, targets: targets,
        reduction: LossFunction.Reduction(rawValue: example.reduction) ?? .mean,
        compute: Self.compute)
      let what = "\(example.loss) \(example.reduction) #\(checked.values.reduce(0, +))"
      let value = example.reduction == "none" ? result.rows : [result.value]
      expectClose(value, example.value.values, rtol: 1e-6, atol: 1e-7, what + " value")
      // Probabilities are float32: a gradient p − 1 is as good as 1 is.
      let unit = example.reduction == "mean" ? 1 / Double(rows) : 1
      expectClose(
        result.gradient.values.map(Double.init), example.grad.values, rtol: 1e-6,
        atol: 2e-7 * unit, what + " gradient")
      checked[example.loss, default: 0] += 1
    }
    let counts = [
      "cross_entropy": 24, "multi_margin": 12, "mse": 3, "l1": 3, "huber": 6,
      "smooth_l1": 6, "binary_hinge": 3, "bce_with_logits": 6,
    ]
    #expect(checked == counts)
  }

  private static func loss(_ example: Cases.Case) -> Loss? {
    let weights = example.class_weight.map(Loss.ClassWeights.values) ?? .none
    switch example.loss {
    case "cross_entropy":
      return .crossEntropy(
        Loss.CrossEntropy(
          labelSmoothing: example.label_smoothing ?? 0, classWeights: weights))
    case "multi_margin":
      return .hinge(
        Loss.Hinge(
          kind: .multiMargin, margin: example.margin ?? 1, power: example.p ?? 1,
          classWeights: weights))
    case "binary_hinge": return .hinge(Loss.Hinge(kind: .binary))
    case "mse": return .meanSquaredError
    case "l1": return .absoluteError
    case "huber": return .huber(delta: example.delta ?? 1)
    case "smooth_l1": return .smoothL1(beta: example.beta ?? 1)
    case "bce_with_logits":
      return .binaryCrossEntropy(
        Loss.BinaryCrossEntropy(positiveWeights: example.pos_weight.map { .values([$0]) } ?? .none))
    default: return nil
    }
  }

  private static func targets(_ example: Cases.Case, columns: Int) -> (Targets, BatchTargets) {
    let values = example.target.values
    switch example.loss {
    case "cross_entropy", "multi_margin":
      let codes = values.map { Int32($0) }
      return (.classes(codes, names: (0..<columns).map(String.init)), .classes(codes))
    case "binary_hinge":
      let codes = values.map { $0 > 0 ? Int32(1) : 0 }
      return (.classes(codes, names: ["-1", "1"]), .classes(codes))
    default:
      let tensor = Tensor(example.target.floats, shape: .matrix(values.count, columns))
      return (.values(values, names: ["y"]), .values(tensor))
    }
  }

  @Test("Crammer–Singer is the margin to the best rival, the first of equals")
  func crammerSinger() throws {
    // scikit-learn: hinge_loss(y, decisions, labels=[0, 1, 2]) is the mean of these rows.
    let outputs = Tensor([0.5, 1, 1, 3, 0, 1, 0.25, 2, -1], shape: .matrix(3, 3))
    let codes: [Int32] = [0, 0, 1]
    let function = try LossFunction(
      .hinge(Loss.Hinge(kind: .crammerSinger)),
      training: .classes(codes, names: ["a", "b", "c"]))
    let result = function.value(
      outputs: outputs, targets: .classes(codes), reduction: .sum, compute: Self.compute)
    #expect(result.rows == [1.5, 0, 0])
    #expect(result.gradient.values == [-1, 1, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test("balanced weights are n / (C · n_c), and the mean divides by their sum")
  func balanced() throws {
    let codes: [Int32] = [0, 0, 0, 1]
    let settings = Loss.CrossEntropy(classWeights: .balanced)
    let function = try LossFunction(
      .crossEntropy(settings), training: .classes(codes, names: ["a", "b"]))
    let total: Double = 3 * (4 / 6) + 2
    #expect(function.normalizer(.classes(codes)) == total)
  }

  @Test("each loss says how many outputs it needs, or why it does not fit")
  func outputs() throws {
    #expect(try Loss.crossEntropy(Loss.CrossEntropy()).outputs(for: .classes(4)) == 4)
    #expect(try Loss.hinge(Loss.Hinge(kind: .crammerSinger)).outputs(for: .classes(3)) == 3)
    #expect(try Loss.hinge(Loss.Hinge(kind: .binary)).outputs(for: .classes(2)) == 1)
    let binary = Loss.binaryCrossEntropy(Loss.BinaryCrossEntropy())
    #expect(try binary.outputs(for: .classes(2)) == 1)
    #expect(try binary.outputs(for: .values(5)) == 5)
    #expect(try Loss.huber(delta: 1).outputs(for: .values(2)) == 2)
    #expect(throws: LossMismatch.needsTwoClasses(found: 3)) {
      try Loss.hinge(Loss.Hinge(kind: .binary)).outputs(for: .classes(3))
    }
    #expect(throws: LossMismatch.needsValues) {
      try Loss.meanSquaredError.outputs(for: .classes(3))
    }
    #expect(throws: LossMismatch.needsClasses) {
      try Loss.crossEntropy(Loss.CrossEntropy()).outputs(for: .values(1))
    }
    let weighted = Loss.CrossEntropy(classWeights: .values([1, 2]))
    #expect(throws: LossMismatch.weightCount(expected: 3, found: 2)) {
      try Loss.crossEntropy(weighted).outputs(for: .classes(3))
    }
    #expect(throws: LossMismatch.targetOutsideUnitInterval(row: 1)) {
      try LossFunction(binary, training: .values([0, 1.5], names: ["y"]))
    }
  }

  @Test("a NaN among the outputs reaches every loss")
  func nan() throws {
    let classes: Targets = .classes([1], names: ["a", "b", "c"])
    let zero: Targets = .values([0], names: ["y"])
    let value: BatchTargets = .values(Tensor([0], shape: .matrix(1, 1)))
    let losses: [(Loss, Targets, BatchTargets, Int)] = [
      (.crossEntropy(Loss.CrossEntropy()), classes, .classes([1]), 3),
      (.hinge(Loss.Hinge()), classes, .classes([1]), 3),
      (.hinge(Loss.Hinge(kind: .crammerSinger)), classes, .classes([1]), 3),
      (.huber(delta: 1), zero, value, 1),
      (.meanSquaredError, zero, value, 1),
    ]
    for (loss, training, targets, outputs) in losses {
      for place in 0..<outputs {
        var values = [Float](repeating: 0, count: outputs)
        values[place] = .nan
        let result = try LossFunction(loss, training: training).value(
          outputs: Tensor(values, shape: .matrix(1, outputs)), targets: targets,
          reduction: .mean, compute: Self.compute)
        #expect(result.value.isNaN, "\(loss.name) with NaN at \(place)")
      }
    }
  }
}
