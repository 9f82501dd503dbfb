import Learning
import Tensors
import Testing

/// Against `transformers`, by the rules of the fixtures' README.
@Suite struct BertParityTests {
  private static let compute = Compute()

  private static func fixtures() throws -> [BertFixture] {
    [try .pretraining(), try .classification(), try .multiLabel()]
  }

  @Test("hidden states and logits at attended positions are Hugging Face's")
  func outputs() throws {
    for fixture in try Self.fixtures() {
      let (network, sequences) = (fixture.network(), fixture.sequences)
      if let expected = fixture.outputs.hidden_states {
        let states = network.hiddenStates(of: sequences, compute: Self.compute)
        #expect(states.count == expected.count)
        for (layer, state) in states.enumerated() {
          let attended = expected[layer].enumerated()
            .flatMap { $1[..<fixture.length($0)].flatMap(\.self) }
          Self.expectClose(state, attended, "layer \(layer)")
        }
      }
      if let logits = fixture.outputs.logits_f64 {
        Self.expectClose(
          network.outputs(of: sequences, compute: Self.compute), logits.flatMap(\.self), "logits")
      }
      if let logits = fixture.outputs.seq_relationship_logits_f64 {
        Self.expectClose(
          network.nextSentenceLogits(of: sequences, compute: Self.compute),
          logits.flatMap(\.self), "next sentence")
      }
      if let logits = fixture.outputs.prediction_logits_f64 {
        var everywhere = MaskedPositions()
        for sequence in 0..<sequences.count {
          let positions = (0..<Int32(sequences.length(of: sequence)))
          everywhere.append(positions: positions, labels: positions.map { _ in 0 })
        }
        let found = network.maskedLogits(of: sequences, at: everywhere, compute: Self.compute)
        let expected = logits.enumerated().flatMap { $1[..<fixture.length($0)].flatMap(\.self) }
        Self.expectClose(found, expected, "predictions")
      }
    }
  }

  private static func expectClose(_ found: Tensor, _ expected: [Double], _ what: String) {
    LearningTests.expectClose(
      found.values.map(Double.init), expected, rtol: 1e-5, atol: 1e-6, what)
  }

  @Test("loss and every gradient are Hugging Face's")
  func gradients() throws {
    for fixture in try Self.fixtures() {
      let network = fixture.network()
      let batch = BertBatch(
        sequences: fixture.sequences, draws: (0..<UInt64(fixture.sequences.count)).map(\.self))
      let losses = network.accumulateGradients(batch, try fixture.task(), compute: Self.compute)
      #expect(abs(fixture.loss(losses) - fixture.outputs.loss_f64) < 1e-5)
      #expect(fixture.gradients.entries.count == network.parameters.count)
      for parameter in network.parameters {
        let expected = try fixture.gradients.tensor(parameter.name).values.map(Double.init)
        Self.expectClose(parameter.gradient(Self.compute), expected, parameter.name)
      }
    }
  }

  @Test("twenty steps of AdamW have Hugging Face's losses")
  func training() throws {
    for fixture in try Self.fixtures() {
      let network = fixture.network()
      let optimizer = Optimizer.adamW(
        Optimizer.Adam(rate: fixture.training.lr, weightDecay: fixture.training.weight_decay))
      var state = OptimizerState(optimizer, shapes: network.parameters.map(\.value.shape))
      let batch = BertBatch(
        sequences: fixture.sequences, draws: (0..<UInt64(fixture.sequences.count)).map(\.self))
      let expected =
        fixture.training.loss_before_step_f64 + [fixture.training.loss_after_last_step_f64]
      var found: [Double] = []
      for _ in expected {
        for parameter in network.parameters { parameter.clearGradient() }
        let losses = network.accumulateGradients(batch, try fixture.task(), compute: Self.compute)
        found.append(fixture.loss(losses))
        state.step(network.parameters, rate: fixture.training.lr, compute: Self.compute)
      }
      LearningTests.expectClose(found, expected, rtol: 1e-5, atol: 0, "losses")
    }
  }
}
