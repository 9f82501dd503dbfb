internal import Diagnostics
package import Digests
package import Experiments

/// What has to be computed of a plan, and what is there already.
///
/// Asked from the results backwards: what a finished step was made of is not even looked for.
struct StepDemand {
  /// Results that need no work, by fingerprint.
  private(set) var known: [Fingerprint: StepPayload] = [:]
  /// Digests of the results of blocks that need no work.
  private(set) var digests: [Fingerprint: SHA256Digest] = [:]
  /// Steps to compute, one for each fingerprint, in order of the plan.
  private(set) var work: [Step] = []
  /// About entries of the store that cannot be used.
  private(set) var warnings: [Diagnostic] = []
  /// Entries that were read and not yet asked for.
  private var read: [Fingerprint: (entry: StoreEntry?, warning: Diagnostic?)] = [:]

  init(_ plan: Plan, _ options: RunOptions) {
    readResults(of: plan, options)
    var wanted: Set<Step.ID> = []
    var computed: Set<Fingerprint> = []
    for step in plan.steps.reversed() {
      guard step.isResult || wanted.contains(step.id) else { continue }
      if known[step.fingerprint] != nil { continue }
      if let entry = entry(for: step, plan, options) {
        known[step.fingerprint] = entry.payload
        // Of a block's own result the file is the canonical text.
        if case .result = entry.payload { digests[step.fingerprint] = entry.resultDigest }
        continue
      }
      wanted.formUnion(step.resultInputs(in: plan))
      // Of equal steps the first does the work: a later one in this order replaces it.
      if !computed.insert(step.fingerprint).inserted {
        work.removeAll { $0.fingerprint == step.fingerprint }
      }
      work.append(step)
    }
    work.reverse()
  }

  /// Reads what every block is asked for, on all cores at once.
  private mutating func readResults(of plan: Plan, _ options: RunOptions) {
    guard let store = options.store else { return }
    var seen: Set<Fingerprint> = []
    let wanted = plan.steps.filter {
      $0.isResult && options.mayReuse($0) && seen.insert($0.fingerprint).inserted
    }
    let found = wanted.concurrentMap { store.entry($0.fingerprint) }
    for (step, found) in zip(wanted, found) { read[step.fingerprint] = found }
  }

  private mutating func entry(
    for step: Step, _ plan: Plan, _ options: RunOptions
  ) -> StoreEntry? {
    guard let store = options.store, options.mayReuse(step) else { return nil }
    let (entry, warning) =
      read.removeValue(forKey: step.fingerprint) ?? store.entry(step.fingerprint)
    if let warning { warnings.append(warning) }
    guard let entry, entry.payload.belongs(to: step.kind) else { return nil }
    return entry
  }
}

extension Step {
  /// Whether the step's result is its block's.
  var isResult: Bool { id.description == block }

  /// Inputs of which the result is read; data is made again from its specification instead.
  func resultInputs(in plan: Plan) -> [ID] {
    inputs.filter { plan[$0].map { $0.kind != .prepare } ?? false }
  }

  /// The data set that the step works on.
  func dataStep(in plan: Plan) -> Step? {
    switch kind {
    case .prepare: self
    case .tokenize, .train, .evaluate:
      inputs.lazy.compactMap { plan[$0] }.first { $0.kind == .prepare }
    case .combine, .compare, .plot: nil
    }
  }
}

/// What a run would find of a plan that is in the store as a whole.
package struct StoredResults: Sendable {
  /// Steps that would be taken from the store.
  package let steps: Int
  /// Digests of the results, by block.
  package let digests: [String: SHA256Digest]
}

extension Store {
  /// The results of a plan, when a run would compute none: all are there and sound.
  package func results(of plan: Plan) -> StoredResults? {
    let wanted = plan.steps.filter(\.isResult)
    let found = wanted.concurrentMap { resultDigest(of: $0.fingerprint) }
    var digests: [String: SHA256Digest] = [:]
    for (step, digest) in zip(wanted, found) {
      guard let digest else { return nil }
      digests[step.block] = digest
    }
    let fingerprints = Set(wanted.map(\.fingerprint))
    return StoredResults(
      steps: plan.steps.count { fingerprints.contains($0.fingerprint) }, digests: digests)
  }

  /// Of the result that a run would take; nil without a sound entry, or one that has a result.
  package func resultDigest(of fingerprint: Fingerprint) -> SHA256Digest? {
    guard let entry = try? StoreEntry(fingerprint, at: path(of: fingerprint)) else { return nil }
    // As a run gives it: the file of a block's own result is the canonical text.
    if case .result = entry.payload, let digest = entry.resultDigest { return digest }
    return entry.payload.result?.digest
  }
}
