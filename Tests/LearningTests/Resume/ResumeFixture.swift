import Learning
import Tensors

/// Small trainings that between them use everything that a state has to remember.
struct ResumeCase: CustomStringConvertible, Sendable {
  var optimizer: (name: String, value: Optimizer)
  var plateau = false
  var stopping = false
  var dropout = false
  var shuffle = true
  /// 22 training rows: 5 make a short last batch, 11 do not.
  var batchSize = 5
  var length = TrainingSettings.Length.epochs(3)
  var rules = ParameterRules()

  static let optimizers: [(name: String, value: Optimizer)] = [
    ("sgd", .sgd(Optimizer.SGD(rate: 0.3))),
    (
      "sgd momentum",
      .sgd(Optimizer.SGD(rate: 0.3, momentum: 0.9, dampening: 0.1, weightDecay: 0.01))
    ),
    ("sgd nesterov", .sgd(Optimizer.SGD(rate: 0.3, momentum: 0.9, nesterov: true))),
    ("adam", .adam(Optimizer.Adam(rate: 0.3, weightDecay: 0.01))),
    ("adamw", .adamW(Optimizer.Adam(rate: 0.3, weightDecay: 0.1))),
    ("rmsprop", .rmsprop(Optimizer.RMSprop(rate: 0.1))),
    ("rmsprop centered", .rmsprop(Optimizer.RMSprop(rate: 0.1, centered: true))),
    (
      "rmsprop momentum",
      .rmsprop(Optimizer.RMSprop(rate: 0.1, momentum: 0.8, centered: true, weightDecay: 0.01))
    ),
    (
      "adagrad",
      .adagrad(Optimizer.Adagrad(rate: 0.3, rateDecay: 0.1, initialAccumulator: 0.1))
    ),
  ]

  /// Every optimiser with and without each of the rest, for each length.
  static func all(optimizer: (name: String, value: Optimizer)) -> [ResumeCase] {
    let lengths: [TrainingSettings.Length] = [.epochs(4), .steps(1), .steps(7), .steps(10)]
    var cases: [ResumeCase] = []
    for bits in 0..<16 {
      for batchSize in [5, 11] {
        for length in lengths {
          cases.append(
            ResumeCase(
              optimizer: optimizer, plateau: bits & 1 != 0, stopping: bits & 2 != 0,
              dropout: bits & 4 != 0, shuffle: bits & 8 != 0, batchSize: batchSize, length: length))
        }
      }
    }
    return cases
  }

  var description: String {
    "\(optimizer.name), plateau \(plateau), stopping \(stopping), dropout \(dropout), "
      + "shuffle \(shuffle), batches of \(batchSize), \(length), \(rules)"
  }

  var settings: TrainingSettings {
    let shape: ScheduleShape =
      plateau
      ? .reduceOnPlateau(
        Plateau(monitor: "validation.accuracy", mode: .max, factor: 0.5, patience: 0, cooldown: 1))
      : .cosine(cycles: 0.5, minimum: 0)
    return TrainingSettings(
      loss: .crossEntropy(Loss.CrossEntropy(labelSmoothing: 0.1)), optimizer: optimizer.value,
      schedule: Schedule(shape, warmup: plateau ? .none : .duration(2)), length: length,
      batchSize: batchSize, grain: 2, shuffle: shuffle,
      clipping: GradientClipping(maximumNorm: 1),
      earlyStopping: stopping
        ? TrainingSettings.EarlyStopping(monitor: "validation.loss", patience: 2) : nil,
      validationMetrics: [.loss, .accuracy, .averaged(.f1, .macro)], parameters: rules)
  }

  func trainer(width: Int = 5, compute: Compute = Compute()) throws -> Trainer {
    let layers: [Layer] =
      [.linear(Linear(outputs: width)), .tanh, .layerNorm(LayerNorm())]
      + (dropout ? [.dropout(p: 0.3)] : []) + [.linear(Linear(outputs: 3))]
    return try Trainer(
      model: Sequential(layers, inputs: 2), settings: settings, data: Self.data, key: .test,
      compute: compute)
  }

  /// Three noisy classes in the plane: 22 rows to train on, 10 to validate.
  private static let data: PreparedData = {
    do {
      var random = SplitMix(state: 5)
      let rows = (0..<32).map { row in
        let noise = (0..<2).map { _ in Double.random(in: -1...1, using: &random) }
        return
          "\(Double(row % 3) + noise[0]),\(Double(row % 2) + noise[1]),\("abc".utf8.count + row % 3)"
      }
      let table = try Table(csv: Array(("x,y,class\n" + rows.joined(separator: "\n")).utf8))
      let dataset = try Dataset(table: table, features: nil, target: .label("class"))
      let partition = try Partition(
        splitting: dataset, shares: Partition.Shares(train: 22.0 / 32, validation: 10.0 / 32),
        key: .test)
      return try PreparedData(dataset, partition: partition, standardize: true)
    } catch {
      fatalError("\(error)")
    }
  }()
}

extension TrainingRecord {
  /// Whether both say the same, to the bit.
  func isSame(as other: TrainingRecord) -> Bool {
    epochs == other.epochs && steps == other.steps && bestEpoch == other.bestEpoch
      && stoppedEarly == other.stoppedEarly && series == other.series
      && parameters.hasSameBits(as: other.parameters)
  }
}

/// What a training leaves when it hands out its state after every step.
struct RecordedRun {
  let record: TrainingRecord
  /// Encoded states by step, from 1.
  let states: [[UInt8]]

  static let identity = "0123abcd"

  init(_ trainer: Trainer, resuming state: TrainingState? = nil) throws {
    var states: [[UInt8]] = []
    record = try trainer.train(
      resuming: state,
      checkpoint: CheckpointPolicy(every: .steps(1)) {
        states.append($0.encoded(identity: Self.identity))
      })
    self.states = states
  }
}
