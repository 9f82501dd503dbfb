package import Diagnostics
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
    /// Whether an equal step had been computed already.
    package let isRepeated: Bool
    package let seconds: Double
  }

  package let instructionSet: String
  package let threads: Int
  package internal(set) var entries: [Entry] = []
  /// Largest resident size of the process until the end of the run, in bytes.
  package internal(set) var peakMemory = 0
  package internal(set) var failures: [Diagnostic] = []
}

/// What a watcher is told while a plan runs.
package enum RunProgress: Sendable {
  /// Step `index` of `count` begins, counted from 1.
  case began(Step.ID, index: Int, count: Int)
  /// A training goes on: step, steps at most, loss of the batch, learning rate.
  case training(step: Int, of: Int, loss: Double, lr: Double)
  case ended(Step.ID, seconds: Double)
}
