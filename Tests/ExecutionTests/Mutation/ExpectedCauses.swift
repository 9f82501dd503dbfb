/// What a printed cause may say after some edits.
struct ExpectedCauses {
  let texts: [String]
  /// Blocks that an earlier ledger does not list: of other notebooks, or under another name.
  ///
  /// Without the store all that can be said is that they changed.
  private let unlisted: [String]

  init(of state: ProjectState, since earlier: ProjectState) {
    let changed = state.knobs(differingFrom: earlier).compactMap { Knob.byName[$0] }
    texts = changed.flatMap { knob in
      // Together with other edits a field may have been at another value in an equal block.
      guard knob.isExact, changed.count == 1 else { return knob.causes }
      return knob.causes.map { "\($0) \(earlier[knob.name]) → \(state[knob.name])" }
    }
    var unlisted: [String] = []
    for knob in changed {
      switch knob.name {
      case "fit.name", "curve.name": unlisted.append(state[knob.name])
      case "fit.data", "borrowed.data", "lib.seed", "points.samples": unlisted.append("lib/points")
      default: break
      }
    }
    self.unlisted = unlisted
  }

  func allow(_ text: String, of block: String, fromStore: Bool) -> Bool {
    if texts.contains(where: text.contains) { return true }
    if fromStore { return false }
    return text == "new" && unlisted.contains(block)
      || unlisted.contains { text.hasSuffix("`\($0)` changed") }
  }
}
