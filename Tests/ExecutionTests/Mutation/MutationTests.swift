import Execution
import Testing

/// Edits of a project, drawn at random: what is computed again is what the edit's meaning says, and
/// nothing is ever stale.
///
/// What an edit means is known from the knob that was turned (`PredictedPlan`), and what comes out
/// from a run of everything without a store.
@Suite struct MutationTests {
  private static let seed: UInt64 = 20_260_401

  /// Stops after so many wrong edits: the first tell enough.
  private static let mostFailures = 5

  /// Edits of one project whose results are stored; nothing is kept in between.
  @Test func anEditComputesWhatDependsOnItAndNothingElse() throws {
    var generator = SeededGenerator(seed: Self.seed)
    var bench = try MutationBench()
    let base = try bench.render(ProjectState(), since: nil, keeping: true)
    #expect(base.problems == [])
    #expect(base.computed == 27)

    var failures = 0
    var idle = 0
    var turned: [String: Int] = [:]
    for number in 0..<1700 {
      var state = ProjectState()
      let edits = Self.edit(&state, &generator)
      for knob in state.knobs(differingFrom: ProjectState()) { turned[knob, default: 0] += 1 }
      let outcome = try bench.render(state, since: base.rendered, keeping: false)
      if outcome.computed == 0 { idle += 1 }
      guard !outcome.problems.isEmpty else { continue }
      Self.report(outcome.problems, number, edits, ProjectText(state))
      failures += 1
      if failures == Self.mostFailures { return }
    }
    #expect(idle > 400 && idle < 1200, "\(idle) edits of presentation only")
    #expect(Knob.all.filter { turned[$0.name, default: 0] < 5 }.map(\.name) == [])
  }

  /// A walk: edits upon edits, undone now and then, with a store that keeps everything.
  @Test func editsUponEditsComputeOnlyWhatWasNeverComputed() throws {
    var generator = SeededGenerator(seed: Self.seed + 1)
    var bench = try MutationBench()
    var visited = [try bench.render(ProjectState(), since: nil, keeping: true).rendered]
    var last = visited[0]
    var failures = 0
    var undone = 0
    for number in 0..<320 {
      var state = last.state
      var edits = "undone"
      let isUndone = visited.count > 1 && generator.chance(30)
      if isUndone {
        // The one before, or any earlier one.
        state =
          generator.chance(50)
          ? visited[visited.count - 2].state : generator.pick(visited).state
      } else {
        edits = Self.edit(&state, &generator)
      }
      let outcome = try bench.render(state, since: last, keeping: true)
      var problems = outcome.problems
      if isUndone, outcome.computed > 0 { problems.append("going back computes") }
      if isUndone { undone += 1 }
      last = outcome.rendered
      if !isUndone { visited.append(last) }
      guard !problems.isEmpty else { continue }
      Self.report(problems, number, edits, ProjectText(state))
      failures += 1
      if failures == Self.mostFailures { return }
    }
    #expect(undone > 60)
    #expect(bench.store.verify().faults == [])
  }

  /// One edit, or a few at once; told in words.
  private static func edit(
    _ state: inout ProjectState, _ generator: inout SeededGenerator
  ) -> String {
    var edits: [String] = []
    let count = generator.chance(70) ? 1 : Int.random(in: 2...4, using: &generator)
    for _ in 0..<count {
      edits.append(
        generator.chance(65)
          ? state.turn(generator.pick(Knob.all), using: &generator)
          : state.rewrite(using: &generator))
    }
    return edits.joined(separator: ", ")
  }

  private static func report(
    _ problems: [String], _ number: Int, _ edits: String, _ text: ProjectText
  ) {
    let list = problems.map { "  \($0)\n" }.joined()
    Issue.record("seed \(seed), edit \(number) (\(edits)):\n\(list)\n\(text.main)\n\(text.library)")
  }
}
