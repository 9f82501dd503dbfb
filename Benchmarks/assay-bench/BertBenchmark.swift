internal import Learning
internal import Tensors

/// A BERT to train: `../shared/bench`'s three sizes, dropout 0.1, AdamW.
struct BertRequest {
  enum Work: String { case pretrain, classify }
  enum Size: String { case tiny, small, base }

  let work: Work
  let size: Size
  /// Steps that are timed together; default 1.
  let steps: Int
  /// nil: the worker's number.
  let threads: Int?

  init?(_ work: String, size: String, _ options: Options) {
    guard let work = Work(rawValue: work), let size = Size(rawValue: size) else { return nil }
    self.work = work
    self.size = size
    steps = options.integer("steps") ?? 1
    threads = options.integer("threads")
  }

  var config: BertConfig {
    var config = BertConfig()
    let sizes: (hidden: Int, layers: Int, heads: Int, inner: Int, vocabulary: Int)
    switch size {
    case .tiny: sizes = (128, 2, 2, 512, 8192)
    case .small: sizes = (256, 4, 4, 1024, 8192)
    case .base: return config
    }
    config.hiddenSize = sizes.hidden
    config.layerCount = sizes.layers
    config.headCount = sizes.heads
    config.intermediateSize = sizes.inner
    config.vocabularySize = sizes.vocabulary
    return config
  }

  /// Sequences of a batch.
  var batch: Int { size == .base ? 8 : 16 }
}

/// Batches that the peer makes by the same formula.
struct BertData {
  static let length = 128
  static let batches = 4

  let request: BertRequest

  /// Thirty-two bits that look random (Knuth's multiplicative hash, twice).
  static func bits(_ index: Int) -> Int {
    let once = (index + 1) &* 2_654_435_761 & 0xffff_ffff
    return (once ^ once >> 15) &* 2_246_822_519 & 0xffff_ffff
  }

  /// A batch and its task; sequences of a classification have 32 to 128 tokens.
  func batch(_ number: Int) throws -> (BertBatch, BertTask) {
    let (count, length) = (request.batch, Self.length)
    let vocabulary = request.config.vocabularySize
    var sequences = TokenSequences()
    var masked = MaskedPositions()
    for sequence in number * count..<(number + 1) * count {
      let isPretraining = request.work == .pretrain
      let tokens = isPretraining ? length : 32 + Self.bits(sequence) % (length - 31)
      var ids = (0..<tokens).map { Int32(5 + Self.bits(sequence * length + $0) % (vocabulary - 5)) }
      let types = (0..<tokens).map { UInt8(isPretraining && $0 >= length / 2 ? 1 : 0) }
      if isPretraining {
        let places = (0..<tokens).filter { Self.bits(-1 - sequence * length - $0) % 20 < 3 }
        masked.append(positions: places.map(Int32.init), labels: places.map { ids[$0] })
        for place in places { ids[place] = 4 }
      }
      sequences.append(ids: ids, types: types)
    }
    let first = UInt64(number * count)
    let batch = BertBatch(sequences: sequences, draws: (first..<first + UInt64(count)).map(\.self))
    let labels = (0..<count).map { Int32(Self.bits(number * count + $0) >> 8 & 1) }
    return (batch, try task(labels, masked))
  }

  private func task(_ labels: [Int32], _ masked: MaskedPositions) throws -> BertTask {
    let factor = 1 / Double(labels.count)
    switch request.work {
    case .pretrain:
      return .pretraining(
        BertTask.Pretraining(
          masked: masked, maskedFactor: 1 / Double(masked.positions.count), nextSentence: labels,
          nextSentenceFactor: factor))
    case .classify:
      let targets = Targets.classes(labels, names: ["0", "1"])
      let loss = try LossFunction(.crossEntropy(Loss.CrossEntropy()), training: targets)
      return .supervised(.classes(labels), loss, factor: factor)
    }
  }
}

/// Steps of a BERT's training: gradients of a batch, AdamW, and the check that all is finite.
struct BertBenchmark {
  private let request: BertRequest
  private let compute: Compute
  private let network: BertNetwork
  private let batches: [(BertBatch, BertTask)]

  init(_ request: BertRequest, compute: Compute) throws {
    self.request = request
    self.compute = compute
    let heads = request.work == .pretrain ? BertHeads.pretraining : .classifier(outputs: 2)
    let model = try BertModel(request.config, heads: heads)
    let key = RandomKey(seed: 1, repeatIndex: 0)
    network = BertNetwork(
      model, initial: model.initialParameters(key: key, compute: compute), key: key)
    batches = try (0..<BertData.batches).map { try BertData(request: request).batch($0) }
  }

  /// Trains some steps and answers, as long as the next line is the same.
  func run(_ line: String, in conversation: inout Conversation) {
    let optimizer = Optimizer.adamW(Optimizer.Adam(rate: 1e-4, weightDecay: 0.01))
    var state = OptimizerState(optimizer, shapes: network.parameters.map(\.value.shape))
    let clock = ContinuousClock()
    var step = 0
    repeat {
      var loss = 0.0
      let time = clock.measure {
        for _ in 0..<request.steps {
          loss = takeStep(batches[step % batches.count], &state)
          step += 1
        }
      }
      guard loss.isFinite else { return conversation.refuse("the loss is \(loss)") }
      let megabytes = Double(TensorMemory.peakResidentBytes) / 1e6
      let seconds = time / .seconds(1) / Double(request.steps)
      conversation.answer("\(seconds) \(loss) \(megabytes)")
    } while conversation.repeats(line)
  }

  private func takeStep(
    _ batch: (BertBatch, BertTask), _ state: inout OptimizerState
  ) -> Double {
    for parameter in network.parameters { parameter.clearGradient() }
    let losses = network.accumulateGradients(batch.0, batch.1, compute: compute)
    state.step(network.parameters, rate: 1e-4, compute: compute)
    return [losses.masked, losses.nextSentence, losses.supervised].filter { !$0.isEmpty }
      .reduce(0) { $0 + Statistics.sum($1) / Double($1.count) }
  }
}
