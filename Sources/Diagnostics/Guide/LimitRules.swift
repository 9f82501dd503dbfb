extension DiagnosticGuide {
  /// Limits that are checked before work starts and while it goes on; Assay ends with exit code 5.
  static let limitRules: [Rule] = [
    Rule(
      "limit.notebook", "a notebook has at most 1,000,000 bytes and fits into memory",
      """
      The limit keeps a foreign notebook from exhausting the reader. Split the notebook (`use:` lets
      one use the blocks of another), and keep data and pictures in files of their own.
      """),
    Rule(
      "limit.cells", "a CSV file has at most 100,000,000 cells",
      """
      A cell takes eight bytes in memory besides its text. Take fewer rows, or drop columns that are
      not used before the file is read.
      """),
    Rule(
      "limit.data-file", "a data file has at most 1 GiB",
      """
      The limit is checked before the file is read, so that a notebook cannot fill your memory. Take
      a sample of the rows, or drop columns.
      """),
    Rule(
      "limit.flop",
      "a plan takes no more floating point operations than allowed, 10¹⁵ if nothing is said",
      """
      The number is estimated from the plan: rows, epochs, parameters, repeats and variants
      multiply. The diagnostic names the largest step. Train fewer epochs, a smaller model or fewer
      repeats; `assay plan` shows the estimate of each step.

      \(raising("flop=1e16"))
      """),
    Rule(
      "limit.memory", "a step holds no more memory than allowed, 4GB if nothing is said",
      """
      Before work starts it is estimated from the plan: the data, the weights with what the optimiser
      remembers of each, and the values of a batch between the layers. While it goes on, the whole
      process is measured. Take fewer rows, a smaller model, a smaller batch, or fewer jobs at the
      same time.

      \(raising("memory=16GB"))
      """),
    Rule(
      "limit.parameters",
      "a model has no more parameters than allowed, 200,000,000 if nothing is said",
      """
      A linear layer has `in_features` times `out_features` weights, and a bias for each output. Look
      for a digit too many.

      \(raising("parameters=1e9"))
      """,
      wrong: "linear: {out_features: 1_000_000}", right: "linear: {out_features: 1_000}"),
    Rule(
      "limit.rows", "a data set has no more rows than allowed, 10,000,000 if nothing is said",
      """
      This holds for CSV files and for `samples` of synthetic data. Take a sample of the rows.

      \(raising("rows=2e7"))
      """),
    Rule(
      "limit.steps", "a plan has no more steps than allowed, 10,000 if nothing is said",
      """
      A step is one training, one evaluation or one data set; repeats and variants multiply them.
      Lower `repeat`, or vary fewer fields under `over`.

      \(raising("steps=50_000"))
      """),
    Rule(
      "limit.time", "a run takes no longer than allowed, any time if nothing is said",
      """
      The clock is looked at between steps, every few steps of a training, and while data is read or
      drawn; documents stay as they were. The time of reading data for the plan counts by itself.
      Before work starts, a plan that is likely to take longer gives a warning only: machines
      differ. What the store has, and is not computed again, does not count.

      \(raising("time=2h"))
      """),
  ]

  /// How a limit is raised; a notebook cannot do it.
  private static func raising(_ example: String) -> String {
    """
    Whoever runs a notebook may allow more, with `--limit \(example)` or under `limits:` in
    `assay.yaml`; the notebook itself cannot.
    """
  }
}
