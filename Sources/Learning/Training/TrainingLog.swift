internal import Tensors

/// The series of a run while it goes on.
struct TrainingLog {
  private struct Line {
    let name: String
    let axis: Schedule.Unit
    var x: [Int] = []
    var steps: [Int] = []
    var values: [Double] = []

    mutating func append(_ value: Double, x: Int, step: Int) {
      self.x.append(x)
      steps.append(step)
      values.append(value)
    }
  }

  private var stepLoss = Line(name: "train.loss", axis: .step)
  private var stepRate = Line(name: "lr", axis: .step)
  /// In order of first appearance.
  private var epochLines = [Line(name: "train.loss", axis: .epoch), Line(name: "lr", axis: .epoch)]
  /// Undivided losses and normalisers of the batches of the epoch in work.
  private var sums: [Double] = []
  private var weights: [Double] = []

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
