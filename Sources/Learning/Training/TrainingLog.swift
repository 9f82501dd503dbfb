internal import Tensors

/// The series of a run while it goes on.
struct TrainingLog: Sendable {
  /// A series as far as it goes.
  struct Line: Sendable {
    let name: String
    let axis: Schedule.Unit
    private(set) var x: [Int] = []
    private(set) var steps: [Int] = []
    private(set) var values: [Double] = []

    init(name: String, axis: Schedule.Unit) {
      self.name = name
      self.axis = axis
    }

    /// Values at some places, each measured after so many steps a place.
    init(name: String, axis: Schedule.Unit, x: [Int], stepsPerPlace: Int, values: [Double]) {
      self.name = name
      self.axis = axis
      self.x = x
      steps = x.map { $0 * stepsPerPlace }
      self.values = values
    }

    mutating func append(_ value: Double, x: Int, step: Int) {
      self.x.append(x)
      steps.append(step)
      values.append(value)
    }
  }

  /// One of the losses that a batch's loss is the sum of.
  struct Part: Sendable {
    /// nil for the only one of a loss without parts.
    let name: String?
    /// Its means, by step; empty without a name.
    var means: [Double] = []
    /// Undivided losses and normalisers of the batches of the epoch in work.
    var sums: [Double] = []
    var weights: [Double] = []

    var mean: Double {
      LossPart(sum: Statistics.sum(sums), weight: Statistics.sum(weights)).mean
    }
  }

  private(set) var losses: [Double] = []
  private(set) var rates: [Double] = []
  private(set) var parts: [Part]
  /// In order of first appearance.
  private(set) var epochLines: [Line]

  init(_ outline: TrainingOutline) {
    parts = Self.partNames(outline.lossParts).map { Part(name: $0) }
    epochLines = outline.epochNames.map { Line(name: $0, axis: .epoch) }
  }

  /// Goes on from what was logged: a loss and a rate for every step, lines by epoch, and parts with
  /// a sum and a weight for every batch of the epoch in work.
  init(losses: [Double], rates: [Double], parts: [Part], epochLines: [Line]) {
    self.losses = losses
    self.rates = rates
    self.parts = parts
    self.epochLines = epochLines
  }

  /// What the parts of a loss are called here.
  static func partNames(_ lossParts: [String]) -> [String?] {
    lossParts.isEmpty ? [nil] : lossParts
  }

  /// The rate of the last step.
  var lastRate: Double? { rates.last }

  mutating func addStep(_ step: Int, loss: Double, rate: Double, parts losses: [LossPart]) {
    self.losses.append(loss)
    rates.append(rate)
    for (index, part) in losses.enumerated() {
      if parts[index].name != nil { parts[index].means.append(part.mean) }
      parts[index].sums.append(part.sum)
      parts[index].weights.append(part.weight)
    }
  }

  mutating func endEpoch(_ epoch: Int, step: Int, rate: Double) {
    let means = parts.map(\.mean)
    let loss = means.dropFirst().reduce(means.first ?? 0, +)
    add("train.loss", loss, epoch: epoch, step: step)
    add("lr", rate, epoch: epoch, step: step)
    for index in parts.indices {
      if let name = parts[index].name {
        add("train.\(name)", means[index], epoch: epoch, step: step)
      }
      parts[index].sums.removeAll(keepingCapacity: true)
      parts[index].weights.removeAll(keepingCapacity: true)
    }
  }

  mutating func add(_ name: String, _ value: Double, epoch: Int, step: Int) {
    let index = epochLines.firstIndex { $0.name == name } ?? epochLines.endIndex
    if index == epochLines.endIndex { epochLines.append(Line(name: name, axis: .epoch)) }
    epochLines[index].append(value, x: epoch, step: step)
  }

  /// The latest value of a series by epoch.
  func last(_ name: String) -> Double? {
    epochLines.first { $0.name == name }?.values.last
  }

  var series: [TrainingRecord.Series] {
    (stepLines + epochLines).map { line in
      TrainingRecord.Series(
        name: line.name, axis: line.axis, x: line.x, steps: line.steps, values: line.values)
    }
  }

  private var stepLines: [Line] {
    let named = parts.compactMap { part in part.name.map { ("train.\($0)", part.means) } }
    return ([("train.loss", losses), ("lr", rates)] + named).map { name, values in
      Line(
        name: name, axis: .step, x: Array(1..<values.count + 1), stepsPerPlace: 1, values: values)
    }
  }
}
