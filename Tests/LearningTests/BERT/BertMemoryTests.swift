import Learning
import Tensors
import Testing

/// Memory of a BERT's passes is planned, used again, and linear in the length of sequences.
@Suite struct BertMemoryTests {
  /// In a process of its own, since the count is of a whole process.
  @Test("steps after the first take no new buffers")
  func steps() async {
    await #expect(processExitsWith: .success) {
      let bert = try SmallBert(heads: .classifier(outputs: 3), layers: 3)
      let lengths = [40, 7, 90, 12, 33]
      let targets = Targets.classes([2, 0, 1, 1, 0], names: ["a", "b", "c"])
      let loss = try LossFunction(.crossEntropy(Loss.CrossEntropy()), training: targets)
      let task = BertTask.supervised(.classes([2, 0, 1, 1, 0]), loss, factor: 0.2)
      let (network, compute) = (bert.network(), Compute())
      var state = OptimizerState(
        .adamW(Optimizer.Adam(weightDecay: 0.01)), shapes: network.parameters.map(\.value.shape))
      var counts: [Int] = []
      for _ in 0..<4 {
        for parameter in network.parameters { parameter.clearGradient() }
        _ = network.accumulateGradients(bert.batch(lengths), task, grain: 2, compute: compute)
        state.step(network.parameters, rate: 1e-3, compute: compute)
        counts.append(TensorMemory.allocations)
      }
      #expect(counts[0] > 0 && counts[1] == counts[3], "\(counts)")
    }
  }

  @Test("activations grow with the tokens, whether in one sequence or in many")
  func linear() throws {
    let bert = try SmallBert(positions: 800)
    func bytes(_ lengths: [Int]) -> Int {
      let network = bert.network()
      _ = network.accumulateGradients(
        bert.batch(lengths), bert.pretraining(lengths), grain: 16, compute: Compute())
      return network.activationBytes
    }
    let (short, many, long) = (
      bytes([100]), bytes([100, 100, 100, 100, 100, 100, 100]), bytes([700])
    )
    #expect(long < 8 * short, "\(long) for seven times \(short)")
    #expect(long < many + many / 10, "\(long) in one sequence, \(many) in seven")
  }
}
