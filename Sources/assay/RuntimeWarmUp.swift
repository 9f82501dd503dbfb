internal import Diagnostics
internal import Dispatch
internal import Execution
internal import Experiments
internal import Notebooks
internal import Reports

/// Takes a tiny notebook through the stages before a run, on a thread of its own, and forgets it.
///
/// What the runtime and the libraries have to look up once in a process takes them milliseconds:
/// tables of fields, generic types, casts. A render has them looked up while it reads its arguments.
enum RuntimeWarmUp {
  private static let notebook = """
    ---
    title: a
    seed: 1
    ---

    # a

    ```experiment d
    dataset: {synthetic: glyphs, samples: 20, split: {train: 0.6, validation: 0.2, test: 0.2}}
    ```

    Value `{= t.test.accuracy as percent 1}`, see [](#t).

    ```experiment t
    train:
      model: {sequential: [linear: {out_features: 4}, relu, linear: {out_features: 2}]}
      data: d
      loss: cross_entropy
      optimizer: {adam: {lr: 0.1}}
      epochs: 1
    evaluate: {split: test, metrics: [accuracy]}
    expect:
      - test.accuracy >= 0
    ```

    """

  static func begin() {
    DispatchQueue.global().async {
      let (notebook, _) = Notebook.parse(SourceFile(path: "", text: notebook))
      let (experiments, _) = ExperimentNotebook.decode(notebook)
      var data = DatasetCatalog(root: ProjectRoot(containing: ""))
      let (plan, _) = Plan.make(
        notebook: experiments, numericsVersion: Machine.numericsVersion,
        facts: { data.facts(for: $0) })
      _ = plan.check(inlinesOf: notebook)
      TemplateSet.warmUp()
    }
  }
}
