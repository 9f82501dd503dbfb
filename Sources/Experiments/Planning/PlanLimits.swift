/// What a notebook may ask for; set in `assay.yaml` or by `--limit`, never by the notebook.
///
/// What can be counted from the plan is refused before work starts; time and memory are watched
/// while the plan runs as well.
package struct PlanLimits: Sendable, Hashable {
  /// Seconds of one run, by the clock; nil: as long as it takes.
  package var seconds: Double?
  /// Bytes that one step holds by the plan's estimate, and that the process may hold while it runs.
  package var bytes = 4_000_000_000
  /// Rows of one data set.
  package var rows = 10_000_000
  /// Parameters of one model.
  package var parameters = 200_000_000
  /// Floating point operations of the whole plan.
  package var flop = 1_000_000_000_000_000
  /// Steps of the whole plan.
  package var steps = 10_000

  package init() {}
}
