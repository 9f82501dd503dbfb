import Learning
import Tensors
import Testing

@Suite struct ModelTests {
  private static let mlp: [Layer] = [
    .linear(Linear(inputs: 784, outputs: 256)), .relu, .linear(Linear(outputs: 10)),
  ]

  @Test("widths are inferred, parameters named and counted as PyTorch does")
  func shapes() throws {
    let model = try Sequential(
      Self.mlp + [.layerNorm(LayerNorm()), .dropout(p: 0.1)], inputs: 784)
    let count: Int = 784 * 256 + 256 + 2560 + 10 + 20
    #expect(model.parameterCount == count)
    #expect(
      model.parameters.map(\.name) == [
        "0.weight", "0.bias", "2.weight", "2.bias", "3.weight", "3.bias",
      ])
    #expect(model.parameters[2].dimensions == [10, 256])
    #expect(model.outputWidths == [256, 256, 10, 10, 10])
    #expect(
      RandomSite.collision(
        among: model.randomSites + Dataset.randomSites + SyntheticCorpus.randomSites) == nil)
  }

  @Test("layers that do not fit are refused before anything is computed")
  func faults() {
    func error(_ layers: [Layer], inputs: Int = 4, limit: Int = 1000) -> ModelError? {
      do {
        _ = try Sequential(layers, inputs: inputs, parameterLimit: limit)
        return nil
      } catch { return error }
    }
    #expect(error([]) == .noLayers)
    #expect(
      error([.linear(Linear(outputs: 3)), .relu, .linear(Linear(inputs: 5, outputs: 2))])
        == .widthMismatch(layer: 2, declared: 5, actual: 3))
    #expect(error([.linear(Linear(outputs: 0))]) == .invalidWidth(layer: 0, width: 0))
    #expect(error([.linear(Linear(outputs: .max))]) == .invalidWidth(layer: 0, width: .max))
    #expect(error([.linear(Linear(outputs: 300))]) == .tooManyParameters(limit: 1000))
    #expect(error([.dropout(p: 1.5)]) == .invalidProbability(layer: 0))
    #expect(error([.dropout(p: .nan)]) == .invalidProbability(layer: 0))
    #expect(error([.layerNorm(LayerNorm(epsilon: 0))]) == .invalidEpsilon(layer: 0))
    #expect(
      error([.linear(Linear(outputs: 2, bias: .orthogonal(gain: 1)))])
        == .invalidInitializer(layer: 0))
  }

  @Test("inference does not depend on how rows are batched")
  func batches() throws {
    let compute = Compute()
    let layers = Self.mlp + [.gelu(.exact), .layerNorm(LayerNorm(isAffine: false)), .tanh]
    let model = try Sequential(layers, inputs: 784)
    let network = Network(
      model, initial: model.initialParameters(key: .test, compute: compute), key: .test)
    let x = compute.normal(
      .matrix(37, 784), stream: RandomStream(key: .test, purpose: "test"))
    let tape = Tape(compute: compute)
    let whole = network.outputs(of: x, on: tape, batch: 37)
    for batch in [1, 2, 5, 16, 36, 1000] {
      #expect(network.outputs(of: x, on: tape, batch: batch).hasSameBits(as: whole))
    }
  }
}

@Suite struct InitializerTests {
  private func tensor(_ initializer: Initializer, inputs: Int, outputs: Int) throws -> Tensor {
    let model = try Sequential(
      [.linear(Linear(outputs: outputs, weight: initializer))], inputs: inputs)
    let parameters = model.initialParameters(key: .test, compute: Compute())
    return try #require(parameters["0.weight"])
  }

  /// Mean, standard deviation and largest size.
  private func moments(_ tensor: Tensor) -> (mean: Double, std: Double, size: Double) {
    let values = tensor.values.map(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
    return (mean, variance.squareRoot(), values.map(abs).max() ?? 0)
  }

  @Test("each scale is its formula's")
  func scales() throws {
    let (inputs, outputs) = (300, 200)
    func root(_ x: Double) -> Double { x.squareRoot() }
    let expected: [(Initializer, std: Double, bound: Double)] = [
      (.fanInUniform, root(1 / 900), root(1 / 300)),
      (.uniform(low: -1, high: 1), root(1 / 3), 1),
      (.normal(mean: 0, std: 0.3), 0.3, .infinity),
      // The standard deviation of a normal cut at ±2σ is 0.87963 σ.
      (.truncatedNormal(mean: 0, std: 0.02), 0.02 * 0.8796256610, 0.04),
      (.xavierUniform(gain: 2), 2 * root(2 / 500), 2 * root(6 / 500)),
      (.xavierNormal(gain: 1), root(2 / 500), .infinity),
      (.kaimingUniform(Initializer.Kaiming(nonlinearity: .relu)), root(2 / 300), root(6 / 300)),
      (
        .kaimingNormal(Initializer.Kaiming(fan: .fanOut, nonlinearity: .tanh)),
        root(25 / 1800), .infinity
      ),
      (.kaimingNormal(Initializer.Kaiming(slope: 0.5)), root(1.6 / 300), .infinity),
    ]
    for (initializer, std, bound) in expected {
      let found = moments(try tensor(initializer, inputs: inputs, outputs: outputs))
      #expect(abs(found.std / std - 1) < 0.02, "\(initializer): \(found.std) for \(std)")
      #expect(abs(found.mean) < 0.02 * std, "\(initializer)")
      #expect(found.size <= bound * 1.000001, "\(initializer): \(found.size) over \(bound)")
    }
    #expect(try tensor(.zeros, inputs: 3, outputs: 2).values == [0, 0, 0, 0, 0, 0])
    #expect(try tensor(.constant(0.5), inputs: 1, outputs: 2).values == [0.5, 0.5])
  }

  @Test(
    "orthogonal weights have orthonormal rows or columns",
    arguments: [(7, 12), (12, 7), (9, 9)])
  func orthogonal(_ outputs: Int, _ inputs: Int) throws {
    let weight = try tensor(.orthogonal(gain: 3), inputs: inputs, outputs: outputs)
    let isTall = outputs >= inputs
    let (count, length) = isTall ? (inputs, outputs) : (outputs, inputs)
    func entry(_ vector: Int, _ index: Int) -> Double {
      Double(isTall ? weight[index, vector] : weight[vector, index])
    }
    for a in 0..<count {
      for b in 0..<count {
        let dot = (0..<length).map { entry(a, $0) * entry(b, $0) }.reduce(0, +)
        #expect(abs(dot - (a == b ? 9 : 0)) < 1e-5)
      }
    }
  }

  @Test("a parameter's start depends on its path and the key alone")
  func keyed() throws {
    let compute = Compute()
    let short = try Sequential([.linear(Linear(outputs: 3))], inputs: 4)
    let long = try Sequential(
      [.linear(Linear(outputs: 3)), .relu, .linear(Linear(outputs: 3))], inputs: 4)
    let a = try #require(short.initialParameters(key: .test, compute: compute)["0.weight"])
    let b = try #require(long.initialParameters(key: .test, compute: compute)["0.weight"])
    #expect(a.hasSameBits(as: b))
    let other = RandomKey(seed: 11, repeatIndex: 1)
    let c = try #require(long.initialParameters(key: other, compute: compute)["0.weight"])
    #expect(!a.hasSameBits(as: c))
    for isa in InstructionSet.available {
      let same = long.initialParameters(
        key: .test, compute: Compute(instructionSet: isa, threads: ThreadPool(count: 2)))
      #expect(same["0.weight"]?.hasSameBits(as: a) == true)
    }
  }
}
