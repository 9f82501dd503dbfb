import Diagnostics
import Experiments
import Testing

struct ToleranceTests {
  /// A number beside the ledger's, and whether it may stand for it.
  struct Case: Sendable {
    let tolerance: Tolerance
    let recorded: Double
    let found: Double
    let isPermitted: Bool

    init(_ tolerance: Tolerance, _ recorded: Double, _ found: Double, _ isPermitted: Bool) {
      self.tolerance = tolerance
      self.recorded = recorded
      self.found = found
      self.isPermitted = isPermitted
    }
  }

  static let cases: [Case] = [
    Case(Tolerance(abs: 0.5), 10, 10.5, true),
    Case(Tolerance(abs: 0.5), 10, 9.5, true),
    Case(Tolerance(abs: 0.5), 10, 10.5000001, false),
    Case(Tolerance(abs: 0.02), 0.27, 0.25, true),
    Case(Tolerance(abs: 0.02), 0.25, 0.27, true),
    Case(Tolerance(abs: 0.1), 100, 100.1, true),
    Case(Tolerance(rel: 0.1), 1, 1.1, true),
    Case(Tolerance(abs: 0.1), 10000000.3, 10000000.2, true),
    Case(Tolerance(abs: 0.02), 0.27000001, 0.25, false),
    Case(Tolerance(abs: 1e-17), 1, 1.0.nextUp, false),
    Case(Tolerance(abs: 0), 1, 1.0.nextUp, false),
    Case(Tolerance(abs: 0), 10, 10, true),
    Case(Tolerance(abs: 0), 10, 10.000000001, false),
    Case(Tolerance(rel: 0.125), -10, -11.25, true),
    Case(Tolerance(rel: 0.125), -10, -11.251, false),
    Case(Tolerance(rel: 0.1), 0, 1e-300, false),
    Case(Tolerance(abs: 0.1, rel: 0.001), 1, 1.05, true),
    Case(Tolerance(abs: 0.1, rel: 0.001), 1000, 1000.9, true),
    Case(Tolerance(abs: 0.1, rel: 0.001), 1000, 1001.1, false),
    Case(Tolerance(ulp: 1), 1, 1 + 0x1p-23, true),
    Case(Tolerance(ulp: 1), 1, 1 + 0x1p-22, false),
    Case(Tolerance(ulp: 4), 1e10, 1e10 + 4096, true),
    Case(Tolerance(ulp: 4), 1e10, 1e10 + 4097, false),
    Case(Tolerance(ulp: 2), 0, 1e-30, false),
    Case(Tolerance(), 1, 1, true),
    Case(Tolerance(), 1, 2, false),
    Case(Tolerance(ulp: 1_000_000), 1e300, 1.1e300, true),
  ]

  @Test(arguments: cases) func aNumberIsWithinWhenOneBoundHolds(_ one: Case) {
    #expect(one.tolerance.permits(one.found, for: one.recorded) == one.isPermitted)
  }

  @Test func whatIsNotFiniteStandsForItselfOnly() {
    let wide = Tolerance(abs: 1e300, rel: 1e300, ulp: 1_000_000)
    let numbers: [Double] = [.nan, .infinity, -.infinity, 1]
    for (i, recorded) in numbers.enumerated() {
      for (j, found) in numbers.enumerated() {
        #expect(wide.permits(found, for: recorded) == (i == j), "\(recorded) \(found)")
      }
    }
  }

  @Test(arguments: [
    ("test", "test.accuracy", true), ("test.f1", "test.f1[a]", true), ("*", "anything[x]", true),
    ("test.f1", "test.f1_weighted", false), ("test.f1", "test.f1", true),
    ("test.f1[a]", "test.f1[b]", false), ("test.f", "test.f1", false), ("", "test", false),
    ("test.accuracy", "test", false),
  ])
  func aPathCoversWhatItBegins(_ path: String, _ result: String, _ isCovered: Bool) {
    #expect(PathTolerance(path, Tolerance(abs: 1)).covers(result) == isCovered)
  }

  @Test func theLongestPathDecides() {
    let tolerances = [
      PathTolerance("*", Tolerance(abs: 1)), PathTolerance("test", Tolerance(abs: 2)),
      PathTolerance("test.f1", Tolerance(abs: 3)), PathTolerance("test.f1[a]", Tolerance(abs: 4)),
    ]
    for list in [tolerances, tolerances.reversed()] {
      #expect(list.tolerance(of: "train.loss")?.abs == 1)
      #expect(list.tolerance(of: "test.accuracy")?.abs == 2)
      #expect(list.tolerance(of: "test.f1[b]")?.abs == 3)
      #expect(list.tolerance(of: "test.f1[a]")?.abs == 4)
    }
    #expect(tolerances.dropFirst().tolerance(of: "epochs") == nil)
  }

  private static func notebook(_ tolerance: String) -> String {
    """
    ```experiment d
    dataset: {synthetic: friedman1, samples: 60}
    ```

    ```experiment fit
    train: {model: {sequential: [linear: {out_features: 1}]}, data: d}
    evaluate: {metrics: [mse]}
    \(tolerance)
    ```

    ```experiment rates
    compare: {base: fit, over: {train.epochs: [1, 2]}}
    ```

    """
  }

  private static func plan(_ text: String) -> (plan: Plan, notebook: ExperimentNotebook) {
    let (notebook, _) = decode(text)
    return (PlanFixture.plan(notebook).plan, notebook)
  }

  @Test func aToleranceIsInNoFingerprint() {
    let plain = Self.plan(Self.notebook("")).plan
    #expect(plain.steps.count > 6)
    for tolerance in [
      "tolerance: {test.mse: {abs: 0.1}}", "tolerance: {\"*\": {ulp: 4}, test: {rel: 1%}}",
    ] {
      let (plan, notebook) = Self.plan(Self.notebook(tolerance))
      #expect(notebook["fit"]?.common.tolerance.isEmpty == false)
      #expect(notebook["rates[1]"]?.common.tolerance.isEmpty == false)
      #expect(plan.steps.map(\.fingerprint) == plain.steps.map(\.fingerprint))
      #expect(plan.steps.map(\.provenance) == plain.steps.map(\.provenance))
    }
  }

  @Test func theTableSaysThatItIsAClaim() {
    #expect(BlockFields.table.field("tolerance")?.bearing == .claim)
    #expect(Reference.text(about: "block.tolerance")?.contains("bears on") == true)
    let bounds = Reference.text(about: "tolerance") ?? ""
    for name in ["abs", "rel", "ulp"] { #expect(bounds.contains("  \(name): ")) }
  }

  @Test func aToleranceForNothingIsNamed() {
    let (plan, notebook) = Self.plan(
      Self.notebook("tolerance: {test.mes: {abs: 1}, train.loss: {abs: 1}, \"*\": {abs: 1}}"))
    let found = plan.check(tolerancesOf: notebook)
    #expect(found.map(\.id) == ["check.tolerance"])
    #expect(found.first?.range?.text == "test.mes")
    #expect(found.first?.suggestion == "test.mse")
  }
}
