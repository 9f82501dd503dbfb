/// What a plan's steps were when their notebook was last rendered, and what changed since.
///
/// The earlier state is the ledger beside the documents: fingerprints by step, fields by block. Where
/// the store still has the earlier steps, their provenances say exactly what they were made of.
package struct PlanHistory {
  private let plan: Plan
  private let ledger: Ledger?
  private let stored: (Fingerprint) -> Provenance?
  private let blocks: [String: Ledger.Block]
  /// Changes found so far; nil inside: unchanged.
  private var changes: [String: Cause?] = [:]

  /// - Parameters:
  ///   - ledger: nil where the notebook was never rendered.
  ///   - stored: what a step of the store was made of; nil for a step that it does not have.
  package init(
    plan: Plan, ledger: Ledger?, stored: @escaping (Fingerprint) -> Provenance?
  ) {
    self.plan = plan
    self.ledger = ledger
    self.stored = stored
    blocks = Dictionary(
      (ledger?.blocks ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Why the block's result has another fingerprint than it had; nil when it has the same.
  package mutating func change(of block: String) -> Cause? {
    if let known = changes[block] { return known }
    let found = findChange(of: block)
    changes[block] = .some(found)
    return found
  }

  private mutating func findChange(of block: String) -> Cause? {
    guard let result = plan.resultStep(of: block) else { return nil }
    guard let earlier = blocks[block] else { return changeOfUnlisted(block, result) }
    if earlier.fingerprint(of: result.id.description) == result.fingerprint { return nil }
    let steps = plan.steps(of: block)
    for step in steps {
      guard let before = earlier.fingerprint(of: step.id.description) else { continue }
      if let cause = change(of: step, since: before), cause != .unknown { return cause }
    }
    return ownChange(of: steps, since: earlier) ?? inputChange(of: steps) ?? .unknown
  }

  /// The change of a step whose earlier self the store has; ``Cause/unknown`` where it does not.
  private func change(of step: Step, since before: Fingerprint) -> Cause? {
    if step.fingerprint == before { return nil }
    guard let earlier = stored(before) else { return .unknown }
    let now = step.provenance
    for cause in now.causes(since: earlier) {
      guard case .input(let id, let inner) = cause else { return cause }
      guard inner == .unknown, let index = now.inputs.firstIndex(where: { $0.step == id }),
        let source = plan[Step.ID(id)]
      else { continue }
      let found = change(of: source, since: earlier.inputs[index].fingerprint) ?? .unknown
      return source.block == step.block ? found : .input(block: source.block, found)
    }
    return .unknown
  }

  /// A change of the block's own fields, by the ledger's lines.
  private func ownChange(of steps: [Step], since earlier: Ledger.Block) -> Cause? {
    guard let fields = earlier.fields, let ledger else { return nil }
    let numerics = { (version: Int) in
      [Provenance.Field(path: "numerics", text: String(version))]
    }
    let file = steps.lazy.compactMap(\.provenance.file).first
    return Provenance.causes(
      from: numerics(ledger.numericsVersion) + fields,
      to: numerics(plan.numericsVersion) + Ledger.Block.fields(of: steps), file: file
    ).first
  }

  /// A change of another block that the steps read.
  private mutating func inputChange(of steps: [Step]) -> Cause? {
    var seen: Set<String> = []
    var unlisted: String?
    for source in steps.flatMap(\.inputs).compactMap({ plan[$0] }) {
      guard source.block != steps.first?.block, seen.insert(source.block).inserted else {
        continue
      }
      if blocks[source.block] == nil { unlisted = unlisted ?? source.block }
      if blocks[source.block] != nil, let cause = change(of: source.block) {
        return .input(block: source.block, cause)
      }
    }
    // Blocks of used notebooks are not in the ledger: by exclusion it was one of them.
    return unlisted.map { .input(block: $0, .unknown) }
  }

  /// The change of a block that the ledger does not list: a new one, or one of a used notebook, which
  /// the store may know from what listed blocks were made of.
  private func changeOfUnlisted(_ block: String, _ result: Step) -> Cause? {
    guard ledger != nil else { return .new }
    for reader in plan.steps where reader.inputs.contains(result.id) {
      guard let before = blocks[reader.block]?.fingerprint(of: reader.id.description) else {
        continue
      }
      if before == reader.fingerprint { return nil }
      guard let earlier = stored(before),
        let input = earlier.inputs.first(where: { $0.step == result.id.description })
      else { continue }
      return change(of: result, since: input.fingerprint)
    }
    return .new
  }
}
