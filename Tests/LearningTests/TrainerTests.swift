import Learning
import Tensors
import Testing

@Suite struct TrainerTests {
  private static func data(rows: Int = 240, standardize: Bool = true) throws -> PreparedData {
    let dataset = try Glyphs(samples: rows).dataset(key: .test, compute: Compute())
    let partition = try Partition(
      splitting: dataset, shares: Partition.Shares(train: 0.6, validation: 0.2, test: 0.2),
      key: .test)
    return try PreparedData(dataset, partition: partition, standardize: standardize)
  }

  private static func model(dropout: Double = 0.2) throws -> Sequential {
    try Sequential(
      [
        .linear(Linear(outputs: 24)), .gelu(.tanh), .layerNorm(LayerNorm()),
        .dropout(p: dropout), .linear(Linear(outputs: 10)),
      ], inputs: 784)
  }

  private static func settings(
    _ length: TrainingSettings.Length = .epochs(3), batchSize: Int = 20, grain: Int = 8,
    rate: Double = 0.003
  ) -> TrainingSettings {
    TrainingSettings(
      loss: .crossEntropy(Loss.CrossEntropy(labelSmoothing: 0.1)),
      optimizer: .adamW(Optimizer.Adam(rate: rate, weightDecay: 0.01)),
      schedule: Schedule(.cosine(cycles: 0.5, minimum: 0), warmup: .ratio(0.1)), length: length,
      batchSize: batchSize, grain: grain, clipping: GradientClipping(maximumNorm: 1))
  }

  private static func trainer(
    _ settings: TrainingSettings = settings(), compute: Compute = Compute()
  ) throws -> Trainer {
    try Trainer(
      model: model(), settings: settings, data: data(), key: .test, compute: compute)
  }

  @Test("a run has the same bits on every instruction set and number of threads")
  func sameBits() throws {
    let reference = try Self.trainer().train()
    #expect(reference.steps == 21 && reference.epochs == 3)
    for isa in InstructionSet.available {
      for threads in 1...3 {
        let compute = Compute(instructionSet: isa, threads: ThreadPool(count: threads))
        let record = try Self.trainer(compute: compute).train { $0.step <= $0.totalSteps }
        #expect(record.parameters.hasSameBits(as: reference.parameters), "\(isa) \(threads)")
        #expect(record.series == reference.series, "\(isa) \(threads)")
      }
    }
  }

  /// Every kernel's work is large enough here to be cut up between threads.
  @Test("work that threads really share has the same bits for any number of them")
  func sharedWork() throws {
    let dataset = try Glyphs(samples: 2600).dataset(key: .test, compute: Compute())
    let partition = try Partition(
      splitting: dataset, shares: Partition.Shares(train: 0.8, validation: 0.2), key: .test)
    let data = try PreparedData(dataset, partition: partition, standardize: true)
    let model = try Sequential(
      [
        .linear(Linear(outputs: 96)), .gelu(.exact), .layerNorm(LayerNorm()), .dropout(p: 0.2),
        .linear(Linear(outputs: 96)), .tanh, .linear(Linear(outputs: 10)),
      ], inputs: 784)
    func weights(_ compute: Compute) throws -> ParameterSet {
      let settings = Self.settings(.epochs(1), batchSize: 2048, grain: 1024)
      return try Trainer(
        model: model, settings: settings, data: data, key: .test, compute: compute
      ).train().parameters
    }
    let reference = try weights(Compute(threads: ThreadPool(count: 1)))
    for threads in [2, 3, 7] {
      let found = try weights(Compute(threads: ThreadPool(count: threads)))
      #expect(found.hasSameBits(as: reference), "\(threads) threads")
    }
  }

  /// Changes only with the numerics version (or with a settled `version` of what is drawn).
  @Test("drawings and a small run have the committed bits, in every build")
  func committedBits() throws {
    let drawings = try Glyphs(samples: 20).dataset(key: .test, compute: Compute())
    #expect(fingerprint(drawings.features.map(\.bitPattern)) == "11ae0bacf6bdd47")
    let parameters = try Self.trainer().train().parameters.tensors
    let words = parameters.flatMap { $0.values.map { UInt64($0.bitPattern) } }
    #expect(fingerprint(words) == "4fcf8e2507612c1c")
  }

  @Test("series have their names, axes and lengths, and the loss falls")
  func series() throws {
    let record = try Self.trainer(Self.settings(.epochs(8))).train()
    #expect(
      record.series.map { "\($0.name) \($0.axis)" } == [
        "train.loss step", "lr step", "train.loss epoch", "lr epoch", "validation.loss epoch",
        "validation.accuracy epoch",
      ])
    let loss = try #require(record.series("train.loss", by: .epoch))
    #expect(loss.x == Array(1...8) && loss.steps == (1...8).map { 7 * $0 })
    #expect(loss.values[7] < 0.7 * loss.values[0])
    #expect(record.series("lr", by: .step)?.values.first == 0)
  }

  @Test("steps stop inside an epoch and begin like epochs do")
  func steps() throws {
    let record = try Self.trainer(Self.settings(.steps(11))).train()
    #expect(record.steps == 11 && record.epochs == 2)
    #expect(record.series("train.loss", by: .step)?.values.count == 11)
    #expect(record.series("validation.loss", by: .epoch)?.steps == [7, 11])
  }

  @Test("a batch larger than one pass over the tape has the bits of a single pass")
  func passes() throws {
    let compute = Compute()
    let dataset = try Friedman1(samples: 5000, features: 5).dataset(key: .test)
    let partition = try Partition(
      splitting: dataset, shares: Partition.Shares(train: 1), key: .test)
    let data = try PreparedData(dataset, partition: partition, standardize: true)
    let model = try Sequential([.linear(Linear(outputs: 1))], inputs: 5)
    let settings = TrainingSettings(
      loss: .meanSquaredError, optimizer: .sgd(Optimizer.SGD(rate: 0.5)), length: .steps(1),
      batchSize: 5000, grain: 100, shuffle: false)
    let trainer = try Trainer(
      model: model, settings: settings, data: data, key: .test, compute: compute)
    let record = try trainer.train()

    let network = Network(
      model, initial: model.initialParameters(key: .test, compute: compute), key: .test)
    let tape = Tape(compute: compute)
    tape.start(samples: 5000, mode: .training(draws: [], grain: 100))
    let output = network.forward(tape.input(data.train.features), on: tape)
    let loss = trainer.loss.evaluate(
      outputs: tape.value(of: output), targets: data.train.targets, factor: 1 / 5000,
      compute: compute)
    tape.backward(from: output, gradient: loss.gradient)
    var optimizer = OptimizerState(settings.optimizer, shapes: [Shape(1, 5), Shape(1)])
    optimizer.step(network.parameters, rate: 0.5, compute: compute)
    #expect(record.parameters.hasSameBits(as: network.values))
  }

  @Test("early stopping gives back the best epoch's weights, the first of equals")
  func earlyStopping() throws {
    var settings = Self.settings(.epochs(60), rate: 0.02)
    settings.schedule = Schedule(.constant)
    settings.earlyStopping = TrainingSettings.EarlyStopping(
      monitor: "validation.accuracy", patience: 3)
    let trainer = try Self.trainer(settings)
    let record = try trainer.train()
    let series = try #require(record.series("validation.accuracy", by: .epoch)).values
    let best = try #require(series.max())
    #expect(record.stoppedEarly && record.epochs < 60)
    #expect(record.bestEpoch == series.firstIndex(of: best).map { $0 + 1 })
    #expect(record.epochs == (record.bestEpoch ?? 0) + 3)
    let validation = try #require(trainer.data.validation)
    #expect(trainer.evaluate(record.parameters, on: validation).value(of: .accuracy) == best)
  }

  @Test("reduce_on_plateau acts on the monitored series")
  func plateau() throws {
    var settings = Self.settings(.epochs(6), rate: 0.02)
    settings.schedule = Schedule(
      .reduceOnPlateau(Plateau(monitor: "train.loss", mode: .max, factor: 0.5, patience: 0)))
    let record = try Self.trainer(settings).train()
    // The loss falls, which for mode max is never better: halved after every epoch but the first.
    let rates = try #require(record.series("lr", by: .epoch)).values
    expectClose(
      rates, [0.02, 0.02, 0.01, 0.005, 0.0025, 0.00125], rtol: 1e-12, atol: 0, "rates")
  }

  @Test("divergence is an error that names step, loss and rate")
  func divergence() throws {
    let dataset = try Friedman1(samples: 100).dataset(key: .test)
    let partition = try Partition(
      splitting: dataset, shares: Partition.Shares(train: 1), key: .test)
    let data = try PreparedData(dataset, partition: partition, standardize: false)
    let model = try Sequential(
      [.linear(Linear(outputs: 8)), .relu, .linear(Linear(outputs: 1))], inputs: 10)
    let settings = TrainingSettings(
      loss: .meanSquaredError, optimizer: .sgd(Optimizer.SGD(rate: 1e12)), length: .epochs(50))
    let trainer = try Trainer(
      model: model, settings: settings, data: data, key: .test, compute: Compute())
    do {
      _ = try trainer.train()
      Issue.record("training did not diverge")
    } catch {
      guard case .diverged(let step, _, let rate) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(step > 1 && rate == 1e12)
    }
  }

  @Test("the watcher can stop a run")
  func cancellation() throws {
    #expect(throws: TrainingError.cancelled(step: 5)) {
      try Self.trainer().train { $0.step < 5 }
    }
  }

  @Test("models, losses and monitors that do not fit are refused before training")
  func faults() throws {
    let data = try Self.data()
    func error(_ settings: TrainingSettings, _ layers: [Layer], inputs: Int = 784) throws
      -> TrainingError?
    {
      let model = try Sequential(layers, inputs: inputs)
      do {
        _ = try Trainer(
          model: model, settings: settings, data: data, key: .test, compute: Compute())
        return nil
      } catch { return error }
    }
    let ten: [Layer] = [.linear(Linear(outputs: 10))]
    let settings = Self.settings()
    #expect(try error(settings, ten) == nil)
    #expect(
      try error(settings, [.linear(Linear(outputs: 9))]) == .outputs(expected: 10, found: 9))
    #expect(try error(settings, ten, inputs: 7) == .features(expected: 784, found: 7))
    var wrong = settings
    wrong.loss = .meanSquaredError
    #expect(try error(wrong, ten) == .loss(.needsValues))
    wrong = settings
    wrong.earlyStopping = TrainingSettings.EarlyStopping(monitor: "validation.r2")
    guard case .unknownMonitor("validation.r2", _) = try error(wrong, ten) else {
      Issue.record("validation.r2 was monitored")
      return
    }
    wrong = settings
    wrong.batchSize = 0
    guard case .outOfRange("batch_size", _) = try error(wrong, ten) else {
      Issue.record("batches of 0")
      return
    }
  }

  private struct Runs: Decodable {
    struct Case: Decodable {
      let optimizer: String
      let start: [String: [Double]]
      let loss: [Double]
      let parameters: [String: [String: [Double]]]
      let outputs: [Double]
    }
    struct Group: Decodable {
      let x: [Double]
      let y: [Int32]
      let batch_size: Int
      let cases: [Case]
    }
    let training: Group
  }

  @Test("a run of a network with every layer follows PyTorch step by step")
  func parity() throws {
    let group = try Fixture.load(Runs.self, "optimizers.json").training
    let rows = group.y.indices.map { row in
      group.x[row * 4..<row * 4 + 4].map { "\($0)" }.joined(separator: ",") + ",\(group.y[row])"
    }
    let text = "a,b,c,d,y\n" + rows.joined(separator: "\n")
    let dataset = try Dataset(
      table: Table(csv: Array(text.utf8)), features: nil, target: .label("y"))
    let partition = try Partition(
      splitting: dataset, shares: Partition.Shares(train: 1), key: .test)
    let data = try PreparedData(dataset, partition: partition, standardize: false)
    let model = try Sequential(
      [
        .linear(Linear(outputs: 6)), .tanh, .layerNorm(LayerNorm()), .linear(Linear(outputs: 5)),
        .gelu(.exact), .linear(Linear(outputs: 5)), .gelu(.tanh), .linear(Linear(outputs: 4)),
        .relu, .linear(Linear(outputs: 3)), .sigmoid, .linear(Linear(outputs: 3)),
      ], inputs: 4)
    for example in group.cases {
      let optimizer: Optimizer =
        example.optimizer == "sgd"
        ? .sgd(Optimizer.SGD(rate: 0.1, momentum: 0.9))
        : .adam(Optimizer.Adam(rate: 0.01, weightDecay: 0))
      for steps in [1, 10, 30] {
        let settings = TrainingSettings(
          loss: .crossEntropy(Loss.CrossEntropy()), optimizer: optimizer, length: .steps(steps),
          batchSize: group.batch_size, shuffle: false)
        let trainer = try Trainer(
          model: model, settings: settings, data: data, key: .test, compute: Compute())
        let initial = ParameterSet(
          names: model.parameters.map(\.name),
          tensors: try model.parameters.map { spec in
            Tensor(
              try #require(example.start[spec.name]).map(Float.init),
              shape: Shape(spec.dimensions))
          })
        let record = try trainer.train(initial: initial)
        let what = "\(example.optimizer) after \(steps)"
        let losses = try #require(record.series("train.loss", by: .step)).values
        expectClose(
          losses, Array(example.loss.prefix(steps)), rtol: 2e-6, atol: 0, "\(what): loss")
        let expected = try #require(example.parameters["\(steps)"])
        for (name, tensor) in zip(record.parameters.names, record.parameters.tensors) {
          expectClose(
            tensor.values.map(Double.init), try #require(expected[name]), rtol: 1e-5, atol: 1e-5,
            "\(what): \(name)")
        }
      }
    }
  }
}

@Suite struct TrainingLengthTests {
  @Test("a step takes ceil(rows / batch) batches an epoch")
  func duration() {
    func duration(_ length: TrainingSettings.Length, _ rows: Int) -> [Int] {
      let settings = TrainingSettings(
        loss: .meanSquaredError, optimizer: .sgd(Optimizer.SGD()), length: length, batchSize: 32)
      let (steps, epochs) = settings.duration(rows: rows)
      return [steps, epochs]
    }
    #expect(duration(.epochs(3), 64) == [6, 3])
    #expect(duration(.epochs(3), 65) == [9, 3])
    #expect(duration(.steps(7), 65) == [7, 3])
    #expect(duration(.steps(6), 64) == [6, 3])
  }
}
