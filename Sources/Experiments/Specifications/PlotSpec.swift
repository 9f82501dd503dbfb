/// Series of several runs over one axis.
package struct PlotSpec: Sendable, Hashable {
  package enum Axis: String, Sendable, Hashable, CaseIterable { case step, epoch }
  package enum LogarithmicAxis: String, Sendable, Hashable, CaseIterable { case x, y }

  /// Names of blocks; empty when `compare` is set.
  package var runs: [String] = []
  /// A comparison whose runs are drawn.
  package var compare: String?
  /// Names of series: `train.loss`, `validation.accuracy`, `lr`.
  package var series = ["train.loss", "validation.loss"]
  package var x = Axis.epoch
  /// Axes on a logarithmic scale.
  package var log: [LogarithmicAxis] = []

  package init() {}
}
