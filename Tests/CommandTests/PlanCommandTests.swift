import Foundation
import TestSupport
import Testing

/// `assay plan` and `assay explain NOTEBOOK#BLOCK` after edits.
@Suite struct PlanCommandTests {
  /// Two data sets, a model, a run with repeats, one that is like it, a comparison and a plot.
  private static let notebook = """
    ---
    title: 计划
    seed: 3
    ---

    ```experiment 数据
    dataset: {csv: data/table.csv, target: z, split: {train: 0.5, validation: 0.25, test: 0.25}}
    ```

    ```experiment net
    model: {sequential: [linear: {out_features: 3}, relu, linear: {out_features: 1}]}
    ```

    ```experiment fit
    train: {model: net, data: 数据, optimizer: {sgd: {lr: 0.01}}, epochs: 2, batch_size: 8}
    evaluate: {metrics: [mse]}
    repeat: 2
    ```

    ```experiment longer
    like: fit
    train: {epochs: 3}
    ```

    ```experiment both
    compare: {runs: [fit, longer], metrics: [test.mse]}
    ```

    ```experiment curves
    plot: {runs: [fit, longer], series: [train.loss]}
    ```

    """

  private static func rows(_ offset: Int) -> String {
    "x,y,z\n" + (0..<24).map { "\($0),\(($0 * 7 + offset) % 11),\($0).5\n" }.joined()
  }

  private static func project() throws -> TestProject {
    try TestProject(["notebooks/a.md": notebook, "data/table.csv": rows(0)])
  }

  /// Times, rates and dates are of the machine; everything else is of the notebook.
  private static func normalized(_ text: String) -> String {
    var text = text.replacing(/(<0\.1|[0-9.]+) (s|min|h)\b/) { _ in "TIME" }
    text = text.replacing(/at [0-9.e+]+ flop\/s( as measured before)?/) { match in
      "at RATE flop/s" + (match.output.1 ?? "")
    }
    text = text.replacing(
      /computed \S+ in TIME, \S+, \d+ threads?/
    ) { _ in "computed WHEN in TIME, WITH" }
    // Columns are as wide as the times in them.
    return text.replacing(#/ {2,}/#) { _ in "  " }
  }

  private static func check(_ name: String, _ outcome: Command.Outcome, status: Int32 = 0) throws {
    #expect(outcome.status == status, "\(outcome.description)")
    let mismatch = try GoldenFile("plan/\(name).txt").mismatch(
      of: normalized(outcome.output), filter: "PlanCommandTests")
    if let mismatch { Issue.record("\(mismatch)") }
  }

  @Test func aPlanSaysWhatIsNew() throws {
    let project = try Self.project()
    try Self.check("new", try project.assay("plan"))
    #expect(try project.outputs().isEmpty, "a plan writes nothing")
    #expect(!project.folder.exists(".assay"), "not even a store")
  }

  @Test func aPlanReusesWhatIsThere() throws {
    let project = try Self.project()
    #expect(try project.assay("render", "--quiet").status == 0)
    try Self.check("reused", try project.assay("plan"))
    try Self.check("steps", try project.assay("plan", "--steps"))
    try Self.check("explain-fit", try project.assay("explain", "notebooks/a.md#fit"))
    try Self.check("explain-net", try project.assay("explain", "notebooks/a.md#net"))
  }

  @Test(arguments: [
    ("rate", "lr: 0.01", "lr: 0.02"), ("epochs", "epochs: 3", "epochs: 4"),
    ("metrics", "metrics: [mse]", "metrics: [mse, mae]"), ("repeat", "repeat: 2", "repeat: 3"),
    ("layers", "[linear: {out_features: 3}, relu,", "[linear: {out_features: 3}, tanh,"),
    ("like", "like: fit\ntrain: {epochs: 3}", "like: fit\ntrain: {epochs: 3, schedule: linear}"),
    ("name", "curves", "kurven"),
  ])
  func aPlanNamesTheEdit(_ name: String, _ old: String, _ new: String) throws {
    let project = try Self.project()
    #expect(try project.assay("render", "--quiet").status == 0)
    let text = Self.notebook.replacingOccurrences(of: old, with: new)
    #expect(text != Self.notebook)
    try project.folder.write(text, to: "notebooks/a.md")
    let withStore = try project.assay("plan")
    try Self.check("edit-\(name)", withStore)
    // Without the store the ledger names the same causes, and everything is to be computed.
    try FileManager.default.removeItem(at: project.folder.url(".assay"))
    let alone = try project.assay("plan")
    let causes = { (text: String) in
      text.split(separator: "\n").compactMap { $0.firstMatch(of: /to compute \(.*\)$/)?.output }
        .filter { $0 != "to compute (not in the store)" }.map(String.init)
    }
    // A renamed block is another one to the ledger; the store knows its work by fingerprint.
    if name != "name" { #expect(causes(alone.output) == causes(withStore.output)) }
  }

  @Test func aPlanNamesAChangedFile() throws {
    let project = try Self.project()
    #expect(try project.assay("render", "--quiet").status == 0)
    try project.folder.write(Self.rows(1), to: "data/table.csv")
    try Self.check("edit-data", try project.assay("plan"))
  }

  @Test func aPlanSaysWhatIsBlocked() throws {
    let text = Self.notebook.replacingOccurrences(
      of: "train: {epochs: 3}", with: "train: {epochs: 3, loss: cross_entropy}")
    let project = try TestProject(["notebooks/a.md": text, "data/table.csv": Self.rows(0)])
    let outcome = try project.assay("plan")
    try Self.check("blocked", outcome, status: 4)
    #expect(outcome.errors.contains("error[plan."), "\(outcome.errors)")
  }

  @Test func aPlanIsPrintedForPrograms() throws {
    let project = try Self.project()
    #expect(try project.assay("render", "--quiet").status == 0)
    try project.folder.write(
      Self.notebook.replacingOccurrences(of: "epochs: 3", with: "epochs: 4"), to: "notebooks/a.md")
    let outcome = try project.assay("plan", "--format", "json")
    #expect(outcome.status == 0)
    let list = try #require(
      try JSONSerialization.jsonObject(with: outcome.outputBytes) as? [[String: Any]])
    let blocks = try #require(list.first?["blocks"] as? [[String: Any]])
    #expect(blocks.compactMap { $0["name"] as? String }.count == 6)
    let longer = try #require(blocks.first { $0["name"] as? String == "longer" })
    #expect(longer["state"] as? String == "to-compute")
    #expect(longer["steps"] as? Int == 5)
    #expect(longer["computed"] as? Int == 5)
    let cause = try #require(longer["cause"] as? [String: Any])
    #expect(cause["path"] as? String == "epochs")
    #expect(cause["before"] as? String == "3")
    #expect(cause["after"] as? String == "4")
    #expect(try project.assay("plan", "--format", "json", "--steps").status == 64)
  }

  @Test func aDamagedLedgerIsPassedOver() throws {
    let project = try Self.project()
    #expect(try project.assay("render", "--quiet").status == 0)
    try project.folder.write("{\"format\": 2", to: "output/a.ledger.json")
    let outcome = try project.assay("plan")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("warning[ledger.damaged]"), "\(outcome.errors)")
    #expect(outcome.output.contains("5 reused"), "\(outcome.output)")
  }

  @Test func aUsedBlockIsNamedWithItsChange() throws {
    let library = """
      ```experiment d
      dataset: {synthetic: friedman1, samples: 60}
      ```

      """
    let text = """
      ---
      use: {lib: notebooks/lib.md}
      ---

      ```experiment fit
      train: {model: {sequential: [linear: {out_features: 1}]}, data: lib/d, epochs: 1}
      evaluate: {metrics: [mse]}
      ```

      """
    let project = try TestProject(["notebooks/lib.md": library, "notebooks/a.md": text])
    #expect(try project.assay("render", "--quiet").status == 0)
    try project.folder.write(
      library.replacingOccurrences(of: "samples: 60", with: "samples: 80"), to: "notebooks/lib.md")
    let outcome = try project.assay("plan", "notebooks/a.md")
    try Self.check("edit-used", outcome)
    #expect(outcome.output.contains("`lib/d` changed: dataset.samples 60 → 80"))
    // Without a store the ledger tells.
    try FileManager.default.removeItem(at: project.folder.url(".assay"))
    let alone = try project.assay("plan", "notebooks/a.md")
    #expect(
      alone.output.contains("`lib/d` changed: dataset.samples 60 → 80"), "\(alone.output)")
    try project.folder.write(library, to: "notebooks/lib.md")
    let lost = try project.assay("plan", "notebooks/a.md")
    #expect(lost.output.matches(of: /not in the store/).count == 2, "\(lost.output)")
  }
}
