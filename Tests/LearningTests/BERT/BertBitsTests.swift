import Learning
import Tensors
import Testing

/// Threads, instruction sets, batches and cuts change no bit (NUMERICS.md).
@Suite struct BertBitsTests {
  /// Gradients and losses of one batch.
  private struct Outcome {
    let gradients: [Tensor]
    let losses: BertLosses

    init(_ network: BertNetwork, losses: BertLosses, _ compute: Compute) {
      gradients = network.parameters.map { $0.gradient(compute) }
      self.losses = losses
    }

    func hasSameBits(as other: Outcome) -> Bool {
      losses.masked == other.losses.masked && losses.nextSentence == other.losses.nextSentence
        && losses.supervised == other.losses.supervised
        && zip(gradients, other.gradients).allSatisfy { $0.hasSameBits(as: $1) }
    }
  }

  private static let lengths = [17, 5, 64, 2, 130, 33, 9, 1, 40, 21]

  private static func outcome(
    _ bert: SmallBert, _ lengths: [Int], compute: Compute = Compute(), recomputes: Bool = false,
    cuts: [Int]? = nil
  ) -> Outcome {
    let network = bert.network()
    network.recomputesActivations = recomputes
    let (batch, task) = (bert.batch(lengths), bert.pretraining(lengths))
    var losses = BertLosses()
    let bounds = [0] + (cuts ?? []) + [lengths.count]
    for (start, end) in zip(bounds, bounds.dropFirst()) {
      let part = network.accumulateGradients(
        batch.slice(start..<end), task.slice(start..<end), grain: 2, compute: compute)
      losses.masked += part.masked
      losses.nextSentence += part.nextSentence
    }
    return Outcome(network, losses: losses, compute)
  }

  @Test("gradients have the same bits on every instruction set and number of threads")
  func machines() throws {
    let bert = try SmallBert()
    let reference = Self.outcome(bert, Self.lengths)
    #expect(reference.losses.total.isFinite)
    for isa in InstructionSet.available {
      for threads in [1, 2, 5] {
        let compute = Compute(instructionSet: isa, threads: ThreadPool(count: threads))
        let outcome = Self.outcome(bert, Self.lengths, compute: compute)
        #expect(outcome.hasSameBits(as: reference), "\(isa) \(threads)")
      }
    }
  }

  /// Every kernel's work is large enough here to be cut up between threads.
  @Test("work that threads really share has the same bits for any number of them")
  func sharedWork() throws {
    let bert = try SmallBert(
      hidden: 128, headCount: 2, inner: 512, vocabulary: 2000, deviation: 0.05)
    let lengths = [128, 100, 128, 77]
    let reference = Self.outcome(bert, lengths)
    for threads in [2, 5] {
      let compute = Compute(threads: ThreadPool(count: threads))
      #expect(Self.outcome(bert, lengths, compute: compute).hasSameBits(as: reference))
    }
  }

  @Test("a batch cut between grains gathers the same gradients")
  func cuts() throws {
    let bert = try SmallBert()
    let reference = Self.outcome(bert, Self.lengths)
    for cuts in [[2], [4], [2, 4, 6, 8], [8]] {
      #expect(Self.outcome(bert, Self.lengths, cuts: cuts).hasSameBits(as: reference), "\(cuts)")
    }
  }

  @Test("activations computed again give the same gradients in less memory")
  func recomputation() throws {
    let bert = try SmallBert(layers: 4)
    let reference = Self.outcome(bert, Self.lengths)
    #expect(Self.outcome(bert, Self.lengths, recomputes: true).hasSameBits(as: reference))
    let networks = [false, true].map { recomputes in
      let network = bert.network()
      network.recomputesActivations = recomputes
      _ = network.accumulateGradients(
        bert.batch([90, 90]), bert.pretraining([90, 90]), compute: Compute())
      return network.activationBytes
    }
    #expect(networks[1] < networks[0] * 3 / 4, "\(networks)")
  }

  @Test("a sequence's outputs have the same bits alone and in any batch")
  func batches() throws {
    let bert = try SmallBert(heads: BertHeads(maskedLanguageModel: true, classifier: 4))
    let network = bert.network()
    let compute = Compute()
    let sequences = bert.sequences(Self.lengths)
    let whole = network.outputs(of: sequences, compute: compute)
    let states = network.hiddenStates(of: sequences, compute: compute)
    var random = SplitMix(state: 8)
    let order = Array(0..<sequences.count).shuffled(using: &random)
    let shuffled = network.outputs(of: sequences.gathering(order), compute: compute)
    for (place, sequence) in order.enumerated() {
      let alone = sequences.gathering([sequence])
      let row = whole.gatheringRows([sequence])
      #expect(network.outputs(of: alone, compute: compute).hasSameBits(as: row))
      #expect(shuffled.gatheringRows([place]).hasSameBits(as: row))
      for (state, own) in zip(states, network.hiddenStates(of: alone, compute: compute)) {
        #expect(state.gatheringRows(sequences.range(of: sequence)).hasSameBits(as: own))
      }
    }
  }

  @Test("in training a sequence's losses depend on its draw, not on its batch")
  func draws() throws {
    let bert = try SmallBert(dropout: 0.3)
    let compute = Compute()
    let (batch, task) = (bert.batch(Self.lengths), bert.pretraining(Self.lengths))
    let whole = bert.network().accumulateGradients(batch, task, compute: compute)
    let alone = Self.lengths.indices.map { index in
      bert.network().accumulateGradients(
        batch.slice(index..<index + 1), task.slice(index..<index + 1), compute: compute)
    }
    #expect(alone.flatMap(\.masked) == whole.masked)
    #expect(alone.flatMap(\.nextSentence) == whole.nextSentence)
    let other = BertBatch(sequences: batch.sequences, draws: batch.draws.map { $0 + 1 })
    let different = bert.network().accumulateGradients(other, task, compute: compute)
    #expect(different.masked != whole.masked)
  }

  @Test("rows of the last layer that nobody reads change nothing")
  func unreadRows() throws {
    // With all positions masked every row of the last layer is read; with one, hardly any.
    let bert = try SmallBert(heads: BertHeads(maskedLanguageModel: true), dropout: 0)
    let compute = Compute()
    let sequences = bert.sequences([30, 12])
    let logits = [[Int32](0..<30), [4, 29]].map { positions -> Tensor in
      var masked = MaskedPositions()
      masked.append(positions: positions, labels: positions.map { _ in 0 })
      masked.append(positions: [], labels: [])
      return bert.network().maskedLogits(of: sequences, at: masked, compute: compute)
    }
    #expect(logits[0].gatheringRows([4, 29]).hasSameBits(as: logits[1]))
  }
}
