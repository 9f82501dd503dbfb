extension DiagnosticGuide {
  /// Limits that are checked before work starts; Assay ends with exit code 5.
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
      "limit.flop", "a plan takes at most 10¹⁵ floating point operations",
      """
      The number is estimated from the plan: rows, epochs, parameters, repeats and variants
      multiply. The diagnostic names the largest step. Train fewer epochs, a smaller model or fewer
      repeats; `assay plan` shows the estimate of each step.
      """),
    Rule(
      "limit.memory", "a step holds at most 4·10⁹ bytes",
      """
      Estimated from the plan are the data, the weights with what the optimiser remembers of each,
      and the values of a batch between the layers. Take fewer rows, a smaller model, or a smaller
      batch.
      """),
    Rule(
      "limit.parameters", "a model has at most 200,000,000 parameters",
      """
      A linear layer has `in_features` times `out_features` weights, and a bias for each output. Look
      for a digit too many.
      """,
      wrong: "linear: {out_features: 1_000_000}", right: "linear: {out_features: 1_000}"),
    Rule(
      "limit.rows", "a data set has at most 10,000,000 rows",
      """
      This holds for CSV files and for `samples` of synthetic data. Take a sample of the rows.
      """),
    Rule(
      "limit.steps", "a plan has at most 10,000 steps",
      """
      A step is one training, one evaluation or one data set; repeats and variants multiply them.
      Lower `repeat`, or vary fewer fields under `over`.
      """),
  ]
}
