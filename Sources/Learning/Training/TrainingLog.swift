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

  /// The lines that every training has by epoch, and its first ones.
  static let epochNames = ["train.loss", "lr"]

  private(set) var stepLoss = Line(name: "train.loss", axis: .step)
  private(set) var stepRate = Line(name: "lr", axis: .step)
  /// In order of first appearance.
  private(set) var epochLines = epochNames.map { Line(name: $0, axis: .epoch) }
  /// Undivided losses and normalisers of the batches of the epoch in work.
  private(set) var sums: [Double] = []
  private(set) var weights: [Double] = []

  init() {}

  /// Goes on from what was logged: a loss and a rate for every step, lines by epoch, and a sum and
  /// a weight for every batch of the epoch in work.
  init(
    losses: [Double], rates: [Double], epochLines: [Line], sums: [Double], weights: [Double]
  ) {
    let steps = Array(1..<losses.count + 1)
    stepLoss = Line(
      name: "train.loss", axis: .step, x: steps, stepsPerPlace: 1, values: losses)
    stepRate = Line(name: "lr", axis: .step, x: steps, stepsPerPlace: 1, values: rates)
    self.epochLines = epochLines
    self.sums = sums
    self.weights = weights
  }

  /// The rate of the last step.
  var lastRate: Double? { stepRate.values.last }

  mutating func addStep(_ step: Int, loss: Double, rate: Double, sum: Double, weight: Double) {
    stepLoss.append(loss, x: step, step: step)
    stepRate.append(rate, x: step, step: step)
    sums.append(sum)
    weights.append(weight)
  }

  mutating func endEpoch(_ epoch: Int, step: Int, rate: Double) {
    let weight = Statistics.sum(weights)
    let mean = weight == 0 ? 0 : Statistics.sum(sums) / weight
    add("train.loss", mean, epoch: epoch, step: step)
    add("lr", rate, epoch: epoch, step: step)
    sums.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
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
    ([stepLoss, stepRate] + epochLines).map { line in
      TrainingRecord.Series(
        name: line.name, axis: line.axis, x: line.x, steps: line.steps, values: line.values)
    }
  }
}
