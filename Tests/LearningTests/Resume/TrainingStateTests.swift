import Digests
import Learning
import Tensors
import Testing

/// The file of a state: exact, and refused when it is not this training's.
@Suite struct TrainingStateTests {
  private static let example = ResumeCase(
    optimizer: ResumeCase.optimizers[7], plateau: true, stopping: true, dropout: true)

  private func error(
    _ bytes: [UInt8], identity: String = RecordedRun.identity, _ trainer: Trainer
  ) -> TrainingStateError? {
    do {
      _ = try TrainingState(decoding: bytes, identity: identity, trainer: trainer)
      return nil
    } catch { return error }
  }

  @Test("the file is an ordinary safetensors file with PyTorch's names")
  func contents() throws {
    let trainer = try Self.example.trainer()
    let file = try SafetensorsFile(RecordedRun(trainer).states[6])
    #expect(try file.integers("step") == [7])
    #expect(file.metadata["identity"] == RecordedRun.identity)
    for name in ["0.weight", "0.bias", "4.weight"] {
      for part in ["parameters", "best", "optimizer/square_avg", "optimizer/momentum_buffer"] {
        #expect(
          file["\(part)/\(name)"]?.dimensions
            == trainer.model.parameters.first { $0.name == name }?.dimensions, "\(part)/\(name)")
      }
    }
  }

  @Test("the seconds of work travel along and change nothing else")
  func seconds() throws {
    let trainer = try Self.example.trainer()
    let recorded = try RecordedRun(trainer)
    // As files were before they had it.
    let bytes = recorded.states[6]
    #expect(try SafetensorsFile(bytes).metadata["seconds"] == nil)
    var state = try TrainingState(
      decoding: bytes, identity: RecordedRun.identity, trainer: trainer)
    #expect(state.seconds == 0)
    state.seconds = 12.75
    let kept = state.encoded(identity: RecordedRun.identity)
    let again = try TrainingState(
      decoding: kept, identity: RecordedRun.identity, trainer: trainer)
    #expect(again.seconds == 12.75)
    #expect(try RecordedRun(trainer, resuming: again).record.isSame(as: recorded.record))
    state.seconds = .infinity
    let odd = state.encoded(identity: RecordedRun.identity)
    #expect(
      try TrainingState(decoding: odd, identity: RecordedRun.identity, trainer: trainer).seconds
        == 0)
  }

  @Test("the state of another training is refused, with the reason")
  func otherTrainings() throws {
    let base = Self.example
    let trainer = try base.trainer()
    let states = try RecordedRun(trainer).states
    let bytes = try #require(states.last)
    #expect(error(bytes, trainer) == nil)
    #expect(error(bytes, identity: "other", trainer) == .otherTraining(identity: "0123abcd"))
    var others: [(String, Trainer)] = [("wider model", try base.trainer(width: 6))]
    func add(_ name: String, _ change: (inout ResumeCase) -> Void) throws {
      var other = base
      change(&other)
      others.append((name, try other.trainer()))
    }
    try add("no plateau") { $0.plateau = false }
    try add("no early stopping") { $0.stopping = false }
    try add("shorter") { $0.length = .steps(9) }
    try add("larger batches") { $0.batchSize = 11 }
    try add("no dropout") { $0.dropout = false }
    for optimizer in ResumeCase.optimizers where optimizer.name != base.optimizer.name {
      try add(optimizer.name) { $0.optimizer = optimizer }
    }
    for (name, other) in others {
      guard case .misfit = error(bytes, other) else {
        Issue.record("\(name): \(String(describing: error(bytes, other)))")
        continue
      }
    }
    var plain = base
    (plain.plateau, plain.stopping) = (false, false)
    let poorer = try RecordedRun(plain.trainer()).states[2]
    guard case .misfit = error(poorer, trainer) else {
      Issue.record("a state without plateau and early stopping was taken")
      return
    }
  }

  @Test("files that are no state are refused")
  func otherFiles() throws {
    let trainer = try Self.example.trainer()
    #expect(error([], trainer) == .file(.brokenSeal))
    let weights = ParameterSet(names: ["a"], tensors: [Tensor([1])]).encoded()
    #expect(error(weights, trainer) == .file(.brokenSeal))
    #expect(error(SafetensorsFile.sealed([]), trainer) == .otherFormat)
    let newer = SafetensorsFile.sealed([], metadata: ["format": "assay.training-state.2"])
    #expect(error(newer, trainer) == .otherFormat)
  }

  @Test("any flipped byte, any truncation and random bytes are refused")
  func damage() throws {
    let trainer = try Self.example.trainer()
    let bytes = try RecordedRun(trainer).states[6]
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= UInt8(1) << UInt8(index % 8)
      #expect(error(damaged, trainer) != nil, "byte \(index)")
    }
    for count in 0..<bytes.count { #expect(error(Array(bytes.prefix(count)), trainer) != nil) }
    var random = SplitMix(state: 47)
    for _ in 0..<2_000 {
      let noise = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      #expect(error(noise, trainer) != nil)
    }
  }

  /// The seal keeps accidents out; this is what stands behind it.
  @Test("a forged state with a good seal is refused, or is one that training can go on from")
  func forgeries() throws {
    let seed: UInt64 = 53
    var random = SplitMix(state: seed)
    let trainer = try Self.example.trainer()
    let states = try RecordedRun(trainer).states
    var taken = 0
    for round in 0..<3_000 {
      let bytes = states[Int.random(in: states.indices, using: &random)]
      let forged =
        Bool.random(using: &random)
        ? Self.resealed(Self.withNoise(bytes, &random)) : try Self.withOtherParts(bytes, &random)
      guard
        let state = try? TrainingState(
          decoding: forged, identity: RecordedRun.identity, trainer: trainer)
      else { continue }
      taken += 1
      #expect(
        state.encoded(identity: RecordedRun.identity).count <= forged.count,
        "seed \(seed) round \(round)")
      // It may diverge; it may not trap.
      _ = try? trainer.train(resuming: state)
    }
    #expect(taken > 100 && taken < 2_900, "\(taken) taken")
  }

  /// A few bytes changed, mostly in the header and often into others of its own.
  private static func withNoise(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let limit = Bool.random(using: &random) ? min(bytes.count, 2_000) : bytes.count - 32
      let index = Int.random(in: 0..<limit, using: &random)
      result[index] =
        Bool.random(using: &random)
        ? bytes[Int.random(in: 8..<limit, using: &random)]
        : UInt8.random(in: 0...255, using: &random)
    }
    return result
  }

  private static func resealed(_ bytes: [UInt8]) -> [UInt8] {
    let content = Array(bytes.dropLast(32))
    return content + SHA256Digest(of: content).bytes
  }

  /// One part of the state with other contents, another length, another name or not at all.
  private static func withOtherParts(
    _ bytes: [UInt8], _ random: inout SplitMix
  ) throws -> [UInt8] {
    let file = try SafetensorsFile(bytes)
    var arrays: [SafetensorsArray] = []
    for entry in file.entries where entry.name != SafetensorsFile.sealName {
      switch entry.type {
      case .float32: arrays.append(.init(entry.name, .float32(try file.tensor(entry.name))))
      case .float64: arrays.append(.init(entry.name, .float64(try file.doubles(entry.name))))
      default: arrays.append(.init(entry.name, .int64(try file.integers(entry.name))))
      }
    }
    // Half the time one of the parts with numbers that are counted with.
    let counted = arrays.indices.filter {
      if case .int64 = arrays[$0].elements { true } else { false }
    }
    let index =
      Bool.random(using: &random)
      ? counted.randomElement(using: &random) ?? 0 : Int.random(in: arrays.indices, using: &random)
    let part = arrays[index]
    switch Int.random(in: 0..<10, using: &random) {
    case 0: arrays.remove(at: index)
    case 1: arrays[index] = SafetensorsArray(part.name + "x", part.elements)
    case 2: arrays.append(SafetensorsArray(part.name + "x", part.elements))
    default: arrays[index] = SafetensorsArray(part.name, other(part.elements, &random))
    }
    var metadata = file.metadata
    if Int.random(in: 0..<10, using: &random) == 0 {
      metadata["series"] = (metadata["series"] ?? "").replacing(
        ["\n", "train", "validation.loss\n"].randomElement(using: &random) ?? "", with: "lr")
    }
    return SafetensorsFile.sealed(arrays, metadata: metadata)
  }

  private static func other(
    _ elements: SafetensorsArray.Elements, _ random: inout SplitMix
  ) -> SafetensorsArray.Elements {
    switch elements {
    case .float32(var tensor):
      let values: [Float] = [
        .nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
      ]
      if tensor.count > 0 {
        tensor[Int.random(in: 0..<tensor.count, using: &random)] =
          values.randomElement(using: &random) ?? 0
      }
      return .float32(tensor)
    case .float64(var values):
      let others: [Double] = [.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, 1e308, -1]
      if values.isEmpty || Int.random(in: 0..<8, using: &random) == 0 {
        values.append(0)
      } else {
        values[Int.random(in: values.indices, using: &random)] =
          others.randomElement(using: &random) ?? 0
      }
      return .float64(values)
    case .int64(var values):
      let others: [Int64] = [.min, -1, 0, 1, 2, 3, 14, 15, 16, 1 << 40, .max]
      if values.isEmpty || Int.random(in: 0..<8, using: &random) == 0 {
        values.append(0)
      } else {
        values[Int.random(in: values.indices, using: &random)] =
          others.randomElement(using: &random) ?? 0
      }
      return .int64(values)
    case .uint8: return elements
    }
  }
}
