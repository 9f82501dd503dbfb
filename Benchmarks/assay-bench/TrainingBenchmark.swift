internal import Learning
internal import Tensors

/// A classifier to train: linear layers with ReLU between, cross-entropy, shuffled every epoch.
struct TrainingRequest {
  let data: TrainingData.Name
  /// Widths from the features to the classes.
  let widths: [Int]
  let batch: Int
  let optimizer: Optimizer
  let isShuffled: Bool
  /// nil: the worker's number.
  let threads: Int?

  init?(widths: String, _ options: Options) {
    guard let data = TrainingData.Name(widths: widths, options),
      let batch = options.integer("batch"), batch <= data.samples
    else { return nil }
    switch options["optimizer"] {
    case "sgd": optimizer = .sgd(Optimizer.SGD(rate: 0.05))
    case "adam": optimizer = .adam(Optimizer.Adam(rate: 1e-3, weightDecay: 0))
    default: return nil
    }
    self.data = data
    self.widths = TrainingData.Name.sizes(widths)
    self.batch = batch
    isShuffled = options["shuffle"] != "0"
    threads = options.integer("threads")
  }

  var layers: [Layer] {
    let hidden = widths[1..<(widths.count - 1)].flatMap { width -> [Layer] in
      [.linear(Linear(outputs: width)), .relu]
    }
    return hidden + [.linear(Linear(outputs: widths[widths.count - 1]))]
  }
}

/// A training by the product's own `Trainer`, an epoch at a time.
struct TrainingBenchmark {
  private let request: TrainingRequest
  private let data: PreparedData
  private let compute: Compute

  init(_ request: TrainingRequest, data: PreparedData, compute: Compute) {
    self.request = request
    self.data = data
    self.compute = compute
  }

  /// Trains an epoch and answers, as long as the next line is the same.
  ///
  /// Waiting happens between epochs, inside the call that tells of the last step, so every epoch
  /// but the first is one of a training that runs: shuffle, steps, and the end of the one before.
  func run(_ line: String, in conversation: inout Conversation) throws {
    let settings = TrainingSettings(
      loss: .crossEntropy(Loss.CrossEntropy()), optimizer: request.optimizer,
      length: .epochs(100_000), batchSize: request.batch, shuffle: request.isShuffled)
    let trainer = try Trainer(
      model: Sequential(request.layers, inputs: request.widths[0]), settings: settings,
      data: data, key: RandomKey(seed: 1, repeatIndex: 0), compute: compute)
    let stepsPerEpoch = settings.stepsPerEpoch(rows: data.train.count)
    let clock = ContinuousClock()
    var start = clock.now
    do throws(TrainingError) {
      _ = try trainer.train { progress in
        guard progress.step % stepsPerEpoch == 0 else { return true }
        let seconds = start.duration(to: clock.now) / .seconds(1)
        conversation.answer("\(seconds) \(progress.loss)")
        guard conversation.repeats(line) else { return false }
        start = clock.now
        return true
      }
    } catch {
      if case .cancelled = error { return }
      throw error
    }
  }
}
