import Learning
import Tensors
import Testing

/// A training asks the system for tensor memory in its first step only.
@Suite struct TrainingMemoryTests {
  /// In a process of its own, since the count is of a whole process.
  @Test func stepsAfterTheFirstTakeNoNewBuffers() async {
    await #expect(processExitsWith: .success) {
      let taken = try Self.buffersTakenAfterFirstStep(threads: 1)
      #expect(taken == 0)
    }
  }

  /// Which thread does which part is left open, so later steps may need one work space for each.
  @Test func threadsTakeAtMostAWorkspaceEach() async {
    await #expect(processExitsWith: .success) {
      let taken = try Self.buffersTakenAfterFirstStep(threads: 3)
      #expect(taken <= 3)
    }
  }

  private static func buffersTakenAfterFirstStep(threads: Int) throws -> Int {
    let compute = Compute(threads: ThreadPool(count: threads))
    let dataset = try Glyphs(samples: 600).dataset(key: .test, compute: compute)
    let partition = try Partition(
      splitting: dataset, shares: Partition.Shares(train: 1), key: .test)
    let data = try PreparedData(dataset, partition: partition, standardize: true)
    let model = try Sequential(
      [
        .linear(Linear(outputs: 64)), .gelu(.exact), .layerNorm(LayerNorm()), .dropout(p: 0.2),
        .linear(Linear(outputs: 32)), .relu, .linear(Linear(outputs: 10)),
      ], inputs: 784)
    let settings = TrainingSettings(
      loss: .crossEntropy(Loss.CrossEntropy()),
      optimizer: .adamW(Optimizer.Adam(weightDecay: 0.01)), length: .epochs(3), batchSize: 100,
      grain: 32, clipping: GradientClipping(maximumNorm: 1))
    let trainer = try Trainer(
      model: model, settings: settings, data: data, key: .test, compute: compute)
    var afterFirst = 0
    var afterLast = 0
    let record = try trainer.train { progress in
      if progress.step == 1 { afterFirst = TensorMemory.allocations }
      afterLast = TensorMemory.allocations
      return true
    }
    #expect(record.steps == 18 && afterFirst > 0)
    return afterLast - afterFirst
  }
}
