import Learning
import Tensors
import Testing

/// Gradients against differences of losses, with dropout: a network with given draws is a smooth
/// function of its parameters.
@Suite struct BertGradientTests {
  @Test(
    "gradients are the slopes of the losses, dropout included",
    arguments: [BertConfig.Activation.gelu, .geluNew])
  func differences(_ activation: BertConfig.Activation) throws {
    let bert = try SmallBert(
      layers: 2, hidden: 8, headCount: 2, inner: 12, vocabulary: 20, positions: 16, dropout: 0.2,
      activation: activation)
    let lengths = [7, 4, 9]
    let batch = bert.batch(lengths)
    let masked = MaskedPositions.everySecond(lengths, labels: 20)
    let task = BertTask.pretraining(
      BertTask.Pretraining(
        masked: masked, maskedFactor: 1, nextSentence: [1, 0, 1], nextSentenceFactor: 1))
    try Self.check(bert, batch, task)
  }

  @Test("so are those of a classifier and of a regression")
  func supervised() throws {
    for outputs in [3, 1] {
      let bert = try SmallBert(
        heads: .classifier(outputs: outputs), layers: 2, hidden: 8, headCount: 2, inner: 12,
        vocabulary: 20, positions: 16, dropout: 0.2)
      let batch = bert.batch([7, 4, 9])
      if outputs == 3 {
        let targets = Targets.classes([2, 0, 1], names: ["a", "b", "c"])
        let loss = try LossFunction(.crossEntropy(Loss.CrossEntropy()), training: targets)
        try Self.check(bert, batch, .supervised(.classes([2, 0, 1]), loss, factor: 1))
      } else {
        let numbers = [0.5, -1, 2]
        let values = Tensor(numbers.map(Float.init), shape: .matrix(3, 1))
        let loss = try LossFunction(
          .meanSquaredError, training: .values(numbers, names: ["y"]))
        try Self.check(bert, batch, .supervised(.values(values), loss, factor: 1))
      }
    }
  }

  /// Compares the slope along a random direction in each parameter.
  private static func check(_ bert: SmallBert, _ batch: BertBatch, _ task: BertTask) throws {
    let compute = Compute()
    let network = bert.network()
    _ = network.accumulateGradients(batch, task, grain: 2, compute: compute)
    var random = SplitMix(state: 3)
    for (index, parameter) in network.parameters.enumerated() {
      let gradient = parameter.gradient(compute)
      let direction = (0..<gradient.count).map { _ in Double.random(in: -1...1, using: &random) }
      let slope = zip(gradient.values, direction).reduce(0) { $0 + Double($1.0) * $1.1 }
      let step = 2e-3
      let sums = [step, -step].map { step -> Double in
        var tensors = bert.initial.tensors
        tensors[index] = Tensor(
          zip(tensors[index].values, direction).map { Float(Double($0) + step * $1) },
          shape: tensors[index].shape)
        let moved = BertNetwork(
          bert.model, initial: ParameterSet(names: bert.initial.names, tensors: tensors),
          key: .test)
        let losses = moved.accumulateGradients(batch, task, grain: 2, compute: compute)
        return (losses.masked + losses.nextSentence + losses.supervised).reduce(0, +)
      }
      let difference = (sums[0] - sums[1]) / (2 * step)
      let size = gradient.values.reduce(0) { max($0, abs(Double($1))) }
      #expect(
        abs(difference - slope) <= 0.01 * abs(slope) + 0.01 * size + 0.02,
        "\(parameter.name): \(difference), not \(slope)")
    }
  }

  @Test("what is frozen gets no gradient, and the rest gets the same as ever")
  func frozen() throws {
    let bert = try SmallBert(heads: .classifier(outputs: 3), layers: 3)
    let lengths = [12, 30, 5]
    let targets = Targets.classes([2, 0, 1], names: ["a", "b", "c"])
    let loss = try LossFunction(.crossEntropy(Loss.CrossEntropy()), training: targets)
    let task = BertTask.supervised(.classes([2, 0, 1]), loss, factor: 1.0 / 3)
    let compute = Compute()
    let whole = bert.network()
    _ = whole.accumulateGradients(bert.batch(lengths), task, compute: compute)
    let prefixes = [
      "bert.embeddings", "bert.encoder.layer.0", "bert.encoder.layer.1", "bert.encoder.layer.2",
      "bert.pooler",
    ]
    for recomputes in [false, true] {
      for count in 1...prefixes.count {
        let network = bert.network()
        network.recomputesActivations = recomputes
        for parameter in network.parameters {
          parameter.isTrained = !prefixes[..<count].contains { parameter.name.hasPrefix($0) }
        }
        _ = network.accumulateGradients(bert.batch(lengths), task, compute: compute)
        for (frozen, free) in zip(network.parameters, whole.parameters) {
          #expect(frozen.hasGradient == frozen.isTrained, "\(frozen.name)")
          if frozen.isTrained {
            #expect(frozen.gradient(compute).hasSameBits(as: free.gradient(compute)))
          }
        }
      }
    }
  }

  @Test("the padding token learns nothing from being looked up")
  func padding() throws {
    let bert = try SmallBert(heads: .classifier(outputs: 2))
    let network = bert.network()
    var sequences = TokenSequences()
    sequences.append(ids: [3, 0, 5], types: [0, 0, 0])
    let targets = Targets.classes([1], names: ["a", "b"])
    let loss = try LossFunction(.crossEntropy(Loss.CrossEntropy()), training: targets)
    _ = network.accumulateGradients(
      BertBatch(sequences: sequences, draws: [0]),
      .supervised(.classes([1]), loss, factor: 1), compute: Compute())
    let words = network.parameters[0].gradient(Compute())
    #expect(words.gatheringRows([0]).values.allSatisfy { $0 == 0 })
    #expect(!words.gatheringRows([3]).values.allSatisfy { $0 == 0 })
  }
}

extension MaskedPositions {
  /// Every second position, with labels below a number.
  static func everySecond(_ lengths: [Int], labels: Int) -> MaskedPositions {
    var masked = MaskedPositions()
    for length in lengths {
      let positions = stride(from: 0, to: length, by: 2).map(\.self)
      masked.append(
        positions: positions.map(Int32.init), labels: positions.map { Int32(($0 * 3 + 1) % labels) }
      )
    }
    return masked
  }
}
