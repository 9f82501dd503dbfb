internal import Tensors

extension TrainingState {
  /// Reads a state and checks that the trainer can go on from it.
  ///
  /// - Parameters:
  ///   - bytes: as ``encoded(identity:)`` made them.
  ///   - identity: of the training; a state with another one is refused.
  package init(
    decoding bytes: [UInt8], identity: String, trainer: some ModelTrainer
  ) throws(TrainingStateError) {
    let file: SafetensorsFile
    do {
      file = try SafetensorsFile(sealed: bytes)
    } catch {
      throw .file(error)
    }
    guard file.metadata["format"] == Self.format else { throw .otherFormat }
    guard let found = file.metadata["identity"] else { throw .otherFormat }
    guard found == identity else { throw .otherTraining(identity: found) }
    var reader = TrainingStateReader(file, trainer.outline)
    try self.init(&reader)
    // Whatever is left over would be lost, so the file was not made from such a state.
    guard reader.partsRead == file.entries.count - 1 else {
      throw .misfit(part: "the number of parts", expected: "\(reader.partsRead)")
    }
    // States that were kept before they had it say nothing of it.
    if let found = file.metadata["seconds"].flatMap(Double.init), found.isFinite, found > 0 {
      seconds = found
    }
  }

  private init(_ reader: inout TrainingStateReader) throws(TrainingStateError) {
    let step = try reader.step()
    let stopping = try reader.stopping()
    self.init(
      step: step, parameters: try reader.parameters(TrainingState.Part.parameter),
      best: stopping?.best == nil ? nil : try reader.parameters(TrainingState.Part.best),
      optimizer: try reader.optimizer(steps: step), plateau: try reader.plateau(),
      stopping: stopping, log: try reader.log())
  }
}

/// Takes a state apart, part by part, and refuses what the trainer's own states never hold.
struct TrainingStateReader {
  private typealias Part = TrainingState.Part

  private let file: SafetensorsFile
  private let outline: TrainingOutline
  private(set) var partsRead = 0
  /// Steps taken; known once ``step()`` was called.
  private var steps = 0

  private var settings: TrainingSettings { outline.settings }
  private var rows: Int { outline.rows }
  /// Epochs that are over, validated and seen by schedule and early stopping.
  private var epochsDone: Int { settings.place(ofStep: steps, rows: rows).epoch }

  init(_ file: SafetensorsFile, _ outline: TrainingOutline) {
    self.file = file
    self.outline = outline
  }

  /// Call it first.
  mutating func step() throws(TrainingStateError) -> Int {
    let total = settings.duration(rows: rows).steps
    steps = try integers(Part.step, [1...max(1, total)])[0]
    return steps
  }

  mutating func parameters(
    _ part: (String) -> String
  ) throws(TrainingStateError) -> ParameterSet {
    var tensors: [Tensor] = []
    for spec in outline.parameters {
      tensors.append(try tensor(part(spec.name), spec.dimensions))
    }
    return ParameterSet(names: outline.parameters.map(\.name), tensors: tensors)
  }

  mutating func optimizer(steps: Int) throws(TrainingStateError) -> OptimizerState {
    var remembered: [[Tensor?]] = []
    for slot in OptimizerState.rememberedNames(settings.optimizer) {
      var tensors: [Tensor?] = []
      for (spec, treatment) in zip(outline.parameters, outline.treatments) {
        // A parameter that was frozen so far has left nothing to remember.
        let hasMoved = treatment.ownSteps(of: steps) > 0
        tensors.append(
          hasMoved ? try tensor(Part.optimizer(slot, spec.name), spec.dimensions) : nil)
      }
      remembered.append(tensors)
    }
    return OptimizerState(
      settings.optimizer, treatments: outline.treatments, steps: steps, remembered: remembered)
  }

  mutating func plateau() throws(TrainingStateError) -> PlateauState? {
    guard case .reduceOnPlateau(let rule) = settings.schedule.shape else { return nil }
    let values = try doubles(Part.plateauValues, count: 2)
    let counts = try integers(
      Part.plateauCounts, [0...max(0, rule.patience), 0...max(0, rule.cooldown)])
    return PlateauState(
      rule, rate: values[0], best: values[1], badCount: counts[0], cooldownLeft: counts[1])
  }

  mutating func stopping() throws(TrainingStateError) -> EarlyStoppingState? {
    guard let rule = settings.earlyStopping else { return nil }
    // Were patience at its end, no step would have followed.
    let epochs = try integers(
      Part.stoppingEpochs, [0...min(max(1, rule.patience) - 1, epochsDone), 0...epochsDone])
    let best = try doubles(Part.stoppingBest, count: epochs[1] == 0 ? 0 : 1)
    return EarlyStoppingState(
      rule, rises: TrainingOutline.rises(rule.monitor), best: best.first.map { ($0, epochs[1]) },
      badEpochs: epochs[0])
  }

  mutating func log() throws(TrainingStateError) -> TrainingLog {
    let batches = settings.place(ofStep: steps, rows: rows).batches
    var parts: [TrainingLog.Part] = []
    for name in TrainingLog.partNames(outline.lossParts) {
      var part = TrainingLog.Part(name: name)
      part.sums = try doubles(Part.sums(name), count: batches)
      part.weights = try doubles(Part.weights(name), count: batches)
      if let name { part.means = try doubles(Part.steps("train.\(name)"), count: steps) }
      parts.append(part)
    }
    return TrainingLog(
      losses: try doubles(Part.losses, count: steps), rates: try doubles(Part.rates, count: steps),
      parts: parts, epochLines: try epochLines())
  }

  private mutating func epochLines() throws(TrainingStateError) -> [TrainingLog.Line] {
    let always = outline.epochNames
    let names = (file.metadata["series"] ?? "").split(separator: "\n").map(String.init)
    let known = Set(outline.validationMeasures.map { "validation.\($0)" })
    guard names.starts(with: always), Set(names).count == names.count,
      names.dropFirst(always.count).allSatisfy(known.contains)
    else { throw .misfit(part: "the series", expected: "those of this training") }
    var lines: [TrainingLog.Line] = []
    for name in names {
      let part = Part.epochs(name)
      let epochs = try numbers(part).map { Int(clamping: $0) }
      guard zip([0] + epochs, epochs).allSatisfy(<), epochs.last ?? 0 <= epochsDone,
        !always.contains(name) || epochs.count == epochsDone
      else { throw .misfit(part: part, expected: "ascending epochs up to \(epochsDone)") }
      lines.append(
        TrainingLog.Line(
          name: name, axis: .epoch, x: epochs,
          stepsPerPlace: settings.stepsPerEpoch(rows: rows),
          values: try doubles(Part.epochValues(name), count: epochs.count)))
    }
    return lines
  }
}

/// Parts as numbers, each read once.
extension TrainingStateReader {
  private mutating func tensor(
    _ part: String, _ dimensions: [Int]
  ) throws(TrainingStateError) -> Tensor {
    guard let entry = file[part], entry.type == .float32, entry.dimensions == dimensions else {
      throw .misfit(part: part, expected: "F32 \(dimensions)")
    }
    partsRead += 1
    do {
      return try file.tensor(part)
    } catch {
      throw .file(error)
    }
  }

  private mutating func doubles(
    _ part: String, count: Int
  ) throws(TrainingStateError) -> [Double] {
    guard let entry = file[part], entry.type == .float64, entry.dimensions == [count] else {
      throw .misfit(part: part, expected: "F64 \([count])")
    }
    partsRead += 1
    do {
      return try file.doubles(part)
    } catch {
      throw .file(error)
    }
  }

  /// Numbers that lie each in its range.
  private mutating func integers(
    _ part: String, _ ranges: [ClosedRange<Int>]
  ) throws(TrainingStateError) -> [Int] {
    let found = try numbers(part).map { Int(clamping: $0) }
    guard found.count == ranges.count, zip(ranges, found).allSatisfy({ $0.contains($1) }) else {
      let texts = ranges.map { "\($0.lowerBound) to \($0.upperBound)" }
      throw .misfit(part: part, expected: texts.joined(separator: ", "))
    }
    return found
  }

  private mutating func numbers(_ part: String) throws(TrainingStateError) -> [Int64] {
    guard let entry = file[part], entry.type == .int64, entry.dimensions.count == 1 else {
      throw .misfit(part: part, expected: "a list of I64")
    }
    partsRead += 1
    do {
      return try file.integers(part)
    } catch {
      throw .file(error)
    }
  }
}
