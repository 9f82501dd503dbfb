package import Diagnostics
package import Digests
package import Experiments

/// What came of a plan: every block's outcome, and apart from it what happened on the way.
package struct Run: Sendable {
  /// What came of a block.
  package enum Outcome: Sendable {
    case computed(RunResult)
    /// The block's own work failed.
    case failed(Diagnostic)
    /// Something that the block needs failed.
    case blocked(by: String)
  }

  /// By whole block name; models, which compute nothing, have none.
  package let outcomes: [String: Outcome]
  package let log: RunLog
  /// Digests of results that were taken from the store, which has them at hand, by block name.
  package let digests: [String: SHA256Digest]

  /// Results of the blocks that have one.
  package var results: [String: RunResult] {
    outcomes.compactMapValues {
      guard case .computed(let result) = $0 else { return nil }
      return result
    }
  }

  /// Failures in the order of the plan.
  package var failures: [Diagnostic] { log.failures }
}

/// What happened: times, machine, order.
///
/// Nothing of it is in any result.
package struct RunLog: Sendable {
  /// One step's work.
  package struct Entry: Sendable {
    package let step: Step.ID
    package let origin: Origin
    package let seconds: Double
  }

  /// Where a step's payload came from.
  package enum Origin: Sendable, Hashable { case reused, computed }

  package let instructionSet: String
  /// Of each job.
  package let threads: Int
  /// Steps computed at once.
  package let jobs: Int
  /// Steps that were asked for: those taken from the store, then those computed.
  package internal(set) var entries: [Entry] = []
  /// Those that were computed.
  package var computed: [Entry] { entries.filter { $0.origin == .computed } }
  /// About the store.
  package internal(set) var warnings: [Diagnostic] = []
  /// Why the run ended before its time; its outcomes are not all there then.
  package internal(set) var stopped: Diagnostic?
  /// Largest resident size of the process until the end of the run, in bytes.
  package internal(set) var peakMemory = 0
  package internal(set) var failures: [Diagnostic] = []
}

/// What a watcher is told while a plan runs; ends come in the order of the plan.
package enum RunProgress: Sendable {
  /// Step `index` of `count` begins, counted from 1.
  case began(Step.ID, index: Int, count: Int)
  /// A training goes on: step, steps at most, loss of the batch, learning rate.
  case training(Step.ID, step: Int, of: Int, loss: Double, lr: Double)
  case ended(Step.ID, seconds: Double)
}
