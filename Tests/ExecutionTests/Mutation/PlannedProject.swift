import Diagnostics
import Execution
import Experiments
import Notebooks

/// A project in some state, read and planned as `render` does it.
struct PlannedProject {
  let notebook: ExperimentNotebook
  let plan: Plan
  private let catalog: DatasetCatalog
  /// Errors of every stage, with their places.
  let problems: [String]

  /// - Parameters:
  ///   - root: where the data files lie.
  ///   - memory: what is remembered of them; nil: they are read.
  init(_ text: ProjectText, root: ProjectRoot, memory: DataFileMemory? = nil) {
    let main = SourceFile(path: "notebooks/main.md", text: text.main)
    let (parsed, parsing) = Notebook.parse(main)
    let library = text.library
    let (notebook, decoding) = ExperimentNotebook.decode(parsed) { path, _ in
      let (used, problems) = Notebook.parse(SourceFile(path: path, text: library))
      return (used, problems)
    }
    var catalog = DatasetCatalog(root: root, memory: memory)
    let (plan, planning) = Plan.make(
      notebook: notebook, numericsVersion: Machine.numericsVersion
    ) { catalog.facts(for: $0) }
    self.notebook = notebook
    self.plan = plan
    self.catalog = catalog
    problems = (parsing + decoding + planning).filter(\.isError).map {
      "\($0.range.map(\.description) ?? "?"): \($0.id): \($0.message)"
    }
  }

  func run(_ machine: Machine, store: Store?) -> Run {
    Run(
      plan, notebook: notebook, data: catalog, machine: machine,
      options: RunOptions(store: store, jobs: 1))
  }

  /// The ledger that a render of the project would leave.
  func ledger(of run: Run) -> Ledger {
    var ledger = Ledger(numericsVersion: Machine.numericsVersion, notebook: "notebooks/main.md")
    let results = run.results
    ledger.blocks = notebook.experiments.filter { $0.origin != .used }.map { experiment in
      Ledger.Block(
        name: experiment.name, kind: experiment.spec.kind.rawValue,
        steps: plan.steps(of: experiment.name), result: results[experiment.name], verdicts: [])
    }
    return ledger
  }
}
