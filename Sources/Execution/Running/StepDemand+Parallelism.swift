internal import Experiments

extension StepDemand {
  /// How many steps there is work for at once: all operations over those of the longest chain, by the
  /// estimates of the plan.
  ///
  /// A training that nearly everything waits for leaves nothing to do beside it, and is better
  /// computed by all threads.
  func parallelism(in plan: Plan) -> Int {
    var chains: [Fingerprint: Double] = [:]
    var total = 0.0
    for step in work {
      let own = Double(step.cost.flop) + 1
      let before = step.inputs.compactMap { plan[$0].flatMap { chains[$0.fingerprint] } }.max()
      chains[step.fingerprint] = own + (before ?? 0)
      total += own
    }
    guard let longest = chains.values.max() else { return 1 }
    return max(1, Int(total / longest))
  }
}
