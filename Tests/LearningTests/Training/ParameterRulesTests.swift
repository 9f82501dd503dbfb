import Learning
import Tensors
import Testing

/// Rates, decay and freezing that differ from parameter to parameter.
@Suite struct ParameterRulesTests {
  /// Linear 2→5, tanh, layer norm, linear 5→3: levels 0, 1 and 2.
  private func example(
    _ rules: ParameterRules, optimizer: Int = 4, _ length: TrainingSettings.Length = .epochs(3)
  ) -> ResumeCase {
    ResumeCase(optimizer: ResumeCase.optimizers[optimizer], length: length, rules: rules)
  }

  private static let levels = [
    "0.weight": 0, "0.bias": 0, "2.weight": 1, "2.bias": 1, "3.weight": 2, "3.bias": 2,
  ]

  private func train(
    _ rules: ParameterRules, optimizer: Optimizer, _ length: TrainingSettings.Length
  ) throws -> (start: ParameterSet, end: ParameterSet) {
    var example = example(rules, length)
    example.optimizer = ("", optimizer)
    let trainer = try example.trainer()
    return (trainer.initialParameters(), try trainer.train().parameters)
  }

  @Test("a level's rate is the factor to the power of its distance from the top")
  func layerwiseRates() throws {
    // Two warm-up steps: the first has rate 0.
    let plain = Optimizer.SGD(rate: 0.5, momentum: 0.9)
    let factors = [0.25, 0.5, 1.0]
    let decayed = try train(
      ParameterRules(layerwiseRateDecay: 0.5), optimizer: .sgd(plain), .steps(2)
    ).end
    for (level, factor) in factors.enumerated() {
      var scaled = plain
      scaled.rate *= factor
      let other = try train(ParameterRules(), optimizer: .sgd(scaled), .steps(2)).end
      for (name, place) in Self.levels {
        let (a, b) = try (#require(decayed[name]), #require(other[name]))
        #expect(a.hasSameBits(as: b) == (place == level), "\(name) at \(factor)")
      }
    }
  }

  @Test("excluded parameters move as if there were no weight decay, the others as if all decayed")
  func decay() throws {
    func end(_ decay: Double, _ excluded: Set<ParameterRules.Exclusion>?) throws -> ParameterSet {
      try train(
        ParameterRules(noWeightDecay: excluded),
        optimizer: .adamW(Optimizer.Adam(rate: 0.1, weightDecay: decay)), .steps(2)
      ).end
    }
    let (all, none) = try (end(0.5, []), end(0, []))
    #expect(try end(0.5, nil).hasSameBits(as: all), "a sequential model excludes nothing unasked")
    let exclusions: [(Set<ParameterRules.Exclusion>, Set<String>)] = [
      ([.bias], ["0.bias", "3.bias"]), ([.layerNorm], ["2.weight", "2.bias"]),
      ([.bias, .layerNorm], ["0.bias", "3.bias", "2.weight", "2.bias"]),
    ]
    for (excluded, names) in exclusions {
      let some = try end(0.5, excluded)
      // The first step has rate 0, so the second is the first that moves: from the same weights.
      for name in all.names {
        let expected = try #require((names.contains(name) ? none : all)[name])
        #expect(try #require(some[name]).hasSameBits(as: expected), "\(excluded) \(name)")
      }
      #expect(!some.hasSameBits(as: all))
    }
  }

  @Test("gradual unfreezing trains one level more in every epoch, from the top")
  func unfreezing() throws {
    // 22 rows in batches of 5: five steps an epoch.
    for epochs in 1...3 {
      let (start, end) = try train(
        ParameterRules(gradualUnfreezing: true),
        optimizer: .adamW(Optimizer.Adam(rate: 0.1, weightDecay: 0.1)), .epochs(epochs))
      for (name, level) in Self.levels {
        let isFrozen = level < 3 - epochs
        let (before, after) = try (#require(start[name]), #require(end[name]))
        #expect(before.hasSameBits(as: after) == isFrozen, "\(name) after \(epochs)")
      }
    }
  }

  @Test("a parameter's own steps count from when it is unfrozen")
  func ownSteps() throws {
    // Adam's first step moves every weight by the rate, whatever the gradient's size.
    var example = example(ParameterRules(gradualUnfreezing: true), .steps(6))
    example.optimizer = ("", .adam(Optimizer.Adam(rate: 0.01, weightDecay: 0)))
    let trainer = try example.trainer()
    let record = try trainer.train()
    let rate = try #require(record.series("lr", by: .step)?.values.last)
    let (before, after) = try (
      #require(trainer.initialParameters()["2.bias"]),
      #require(record.parameters["2.bias"])
    )
    for index in 0..<before.count {
      let distance = Double(abs(after[index] - before[index]))
      #expect(abs(distance - rate) < rate * 1e-2, "\(distance), rate \(rate)")
    }
  }

  @Test(
    "with parameters unfrozen on the way, a training resumed after any step ends in the same bits",
    arguments: ResumeCase.optimizers.indices)
  func resume(_ index: Int) throws {
    let rules = ParameterRules(
      noWeightDecay: [.bias], layerwiseRateDecay: 0.7, gradualUnfreezing: true)
    let trainer = try example(rules, optimizer: index, .epochs(4)).trainer()
    let recorded = try RecordedRun(trainer)
    #expect(recorded.states.count == 20)
    for (step, bytes) in recorded.states.enumerated() {
      let state = try TrainingState(
        decoding: bytes, identity: RecordedRun.identity, trainer: trainer)
      #expect(state.encoded(identity: RecordedRun.identity) == bytes)
      let rest = try RecordedRun(trainer, resuming: state)
      #expect(rest.record.isSame(as: recorded.record), "after step \(step + 1)")
      #expect(rest.states == Array(recorded.states[(step + 1)...]))
    }
    // Nothing is remembered of a parameter that has not moved.
    let first = try SafetensorsFile(recorded.states[0])
    for slot in OptimizerState.rememberedNames(ResumeCase.optimizers[index].value) {
      #expect(first["optimizer/\(slot)/0.weight"] == nil)
      #expect(first["optimizer/\(slot)/3.weight"] != nil)
    }
  }

  @Test("accumulation cuts between grains and changes no bit; other cuts are refused")
  func accumulation() throws {
    var example = example(ParameterRules())
    example.batchSize = 8
    func parameters(_ passes: Int) throws -> ParameterSet {
      var settings = example.settings
      settings.gradientAccumulationSteps = passes
      let base = try example.trainer()
      return try Trainer(
        model: base.model, settings: settings, data: base.data, key: base.key,
        compute: base.compute
      ).train().parameters
    }
    let whole = try parameters(1)
    #expect(try parameters(2).hasSameBits(as: whole) && parameters(4).hasSameBits(as: whole))
    for passes in [0, 3, 8] {
      do {
        _ = try parameters(passes)
        Issue.record("\(passes) passes over batches of 8 in grains of 2")
      } catch let error as TrainingError {
        guard case .outOfRange("gradient_accumulation_steps", _) = error else { throw error }
      }
    }
  }

  @Test("rules that a sequential model cannot follow are refused")
  func refusals() {
    func refused(_ parameter: String, _ rules: ParameterRules) {
      do {
        _ = try example(rules).trainer()
        Issue.record("\(rules) was taken")
      } catch {
        guard case .outOfRange(parameter, _)? = error as? TrainingError else {
          Issue.record("\(error)")
          return
        }
      }
    }
    refused("freeze", ParameterRules(freeze: .encoder))
    for factor in [0, -1, 1.5, .nan] {
      refused("layerwise_lr_decay", ParameterRules(layerwiseRateDecay: factor))
    }
  }
}

@Suite struct WeightTransferTests {
  private typealias Shape = WeightTransfer.Shape

  @Test("tensors of the same name and shape come along; what else there is, is told")
  func transfer() {
    let given = [
      Shape(name: "a", dimensions: [2, 3]), Shape(name: "head", dimensions: [4]),
      Shape(name: "old", dimensions: [1]),
    ]
    let model = [
      Shape(name: "head", dimensions: [5]), Shape(name: "a", dimensions: [2, 3]),
      Shape(name: "b", dimensions: [7]),
    ]
    let transfer = WeightTransfer(from: given, to: model)
    #expect(transfer.taken.map(\.name) == ["a"])
    #expect(transfer.new == [model[0], model[2]])
    #expect(transfer.leftBehind == [given[1], given[2]])
    #expect(transfer.counts == (6, 18))
  }

  @Test("training from weights of another model takes over what fits and draws the rest")
  func training() throws {
    let example = ResumeCase(optimizer: ResumeCase.optimizers[0])
    let (narrow, wide) = try (example.trainer(width: 5), example.trainer(width: 6))
    let given = try narrow.train().parameters
    let fresh = wide.initialParameters()
    let start = wide.startingParameters(given)
    #expect(start.names == fresh.names)
    for (name, tensor) in zip(start.names, start.tensors) {
      let source = try #require((name == "3.bias" ? given : fresh)[name])
      #expect(tensor.hasSameBits(as: source), "\(name)")
    }
    #expect(narrow.startingParameters(given).hasSameBits(as: given))
  }
}
