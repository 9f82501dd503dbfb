import Learning
import Tensors
import Testing

@Suite struct OptimizerTests {
  struct Options: Decodable {
    let lr: Double
    let momentum, dampening, weight_decay, eps, alpha, lr_decay: Double?
    let initial_accumulator_value: Double?
    let betas: [Double]?
    let nesterov, centered: Bool?

    func optimizer(_ name: String) -> Optimizer? {
      let decay = weight_decay ?? 0
      switch name {
      case "sgd":
        return .sgd(
          Optimizer.SGD(
            rate: lr, momentum: momentum ?? 0, dampening: dampening ?? 0,
            nesterov: nesterov ?? false, weightDecay: decay))
      case "adam", "adamw":
        let adam = Optimizer.Adam(
          rate: lr, beta1: betas?[0] ?? 0.9, beta2: betas?[1] ?? 0.999, epsilon: eps ?? 1e-8,
          weightDecay: weight_decay ?? (name == "adam" ? 0 : 0.01))
        return name == "adam" ? .adam(adam) : .adamW(adam)
      case "rmsprop":
        return .rmsprop(
          Optimizer.RMSprop(
            rate: lr, alpha: alpha ?? 0.99, epsilon: eps ?? 1e-8, momentum: momentum ?? 0,
            centered: centered ?? false, weightDecay: decay))
      case "adagrad":
        return .adagrad(
          Optimizer.Adagrad(
            rate: lr, rateDecay: lr_decay ?? 0, epsilon: eps ?? 1e-10,
            initialAccumulator: initial_accumulator_value ?? 0, weightDecay: decay))
      default: return nil
      }
    }
  }

  private struct Sequences: Decodable {
    struct Case: Decodable {
      let optimizer: String
      let options: Options
      /// By step, parameter and element.
      let parameters: [[[Double]]]
    }
    struct Group: Decodable {
      let shapes: [[Int]]
      let start: [[Double]]
      let gradients: [[[Double]]]
      let cases: [Case]
    }
    let sequences: Group
  }

  @Test("25 steps of every optimiser are PyTorch's, with each instruction set")
  func sequences() throws {
    let group = try Fixture.load(Sequences.self, "optimizers.json").sequences
    let shapes = group.shapes.map { Shape($0) }
    for isa in InstructionSet.available {
      let compute = Compute(instructionSet: isa)
      for example in group.cases {
        let optimizer = try #require(example.options.optimizer(example.optimizer))
        let parameters = zip(group.start, shapes).map {
          Parameter(name: "p", value: Tensor($0.map(Float.init), shape: $1))
        }
        var state = OptimizerState(optimizer, shapes: shapes)
        for (step, gradients) in group.gradients.enumerated() {
          for (index, gradient) in gradients.enumerated() {
            parameters[index].replaceGradient(
              Tensor(gradient.map(Float.init), shape: shapes[index]))
          }
          state.step(parameters, rate: optimizer.rate, compute: compute)
          for (index, parameter) in parameters.enumerated() {
            expectClose(
              parameter.value.values.map(Double.init), example.parameters[step][index],
              rtol: 1e-6, atol: 5e-7, "\(isa) \(example.optimizer) \(example.options) step \(step)")
          }
        }
      }
    }
  }

  private struct Clipping: Decodable {
    struct Case: Decodable {
      let max_norm, max_value, norm: Double?
      let gradients: [[Double]]
    }
    struct Group: Decodable {
      let shapes: [[Int]]
      let gradients: [[Double]]
      let cases: [Case]
    }
    let clipping: Group
  }

  @Test("clipping by norm and by value is PyTorch's")
  func clipping() throws {
    let compute = Compute()
    let group = try Fixture.load(Clipping.self, "optimizers.json").clipping
    for example in group.cases {
      let parameters = zip(group.gradients, group.shapes).map { values, dimensions in
        let shape = Shape(dimensions)
        let parameter = Parameter(name: "p", value: Tensor(zeros: shape))
        parameter.replaceGradient(Tensor(values.map(Float.init), shape: shape))
        return parameter
      }
      let limits = GradientClipping(
        maximumNorm: example.max_norm, maximumValue: example.max_value)
      let norm = limits.apply(to: parameters, compute: compute)
      if let expected = example.norm {
        expectClose([norm], [expected], rtol: 1e-12, atol: 0, "norm")
      }
      for (parameter, expected) in zip(parameters, example.gradients) {
        expectClose(
          parameter.gradient(compute).values.map(Double.init), expected, rtol: 1e-6, atol: 1e-9,
          "clipped to \(example.max_norm ?? example.max_value ?? 0)")
      }
    }
  }
}
