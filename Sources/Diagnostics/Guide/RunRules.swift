extension DiagnosticGuide {
  /// What can go wrong while blocks run, and claims that do not hold.
  static let runRules: [Rule] = [
    Rule(
      "expect.fails", "an expectation holds",
      """
      The numbers are there and the claim is not true of them; the diagnostic shows what was found.
      The document is written with a ✗ beside the claim, and Assay ends with exit code 2.

      If the claim was too bold, change it and what the prose says. If it should hold, look for what
      changed: the data or the settings.
      """,
      wrong: "- test.accuracy >= 0.99", right: "- test.accuracy >= 0.95"),
    Rule(
      "expect.unjudged", "an expectation can be judged",
      """
      A number that it needs is missing or is not a number, because a run failed or an index lies
      outside its series. The claim is neither true nor false. Mend what is reported first; this
      goes with it.
      """),
    Rule(
      "result.drifted", "the same fingerprint gives the same result, bit for bit",
      """
      Nothing that the result depends on has changed since the document was rendered, and the number
      is another. That must not happen, so the earlier document is left as it is. Causes are a
      faulty machine or a mistake in Assay; `assay doctor` tests the machine.

      `assay render --accept NAME` writes the new result.
      """),
    Rule(
      "result.as-published", "what is accepted differs from what is published",
      """
      `--accept NAME` lets a result replace a published one that it differs from, or generated text one
      that a person edited. Here nothing of the block differs: its result, from the store or computed
      where the store has none, is the published one.

      Where `assay check` computed another than the store holds, `render --force --accept NAME`
      computes it here, too, and publishes it.
      """),
    Rule(
      "result.not-kept", "a document that is rendered for some of its blocks loses no other",
      """
      `render --only NAME` computes that block and what it depends on. The other blocks keep what is
      published of them: their result is taken from the store, under the fingerprint that they have
      now or the one that they were published with. The store is not committed, so in a fresh clone,
      or after `assay store prune`, it may lack a result; then nothing is run and the document stays
      as it is. The same holds of a failure that is published: no store keeps it.

      Name the blocks that are missing after `--only`, too, or render the whole notebook.
      """),
    Rule(
      "run.blocked", "a block runs when the blocks that it needs have succeeded",
      """
      A block that it names has failed, so there is nothing to compute with. The failure is reported
      at its own place; mend that. Blocks that do not need it have run.
      """),
    Rule(
      "run.cancelled", "a training runs to its end",
      """
      It was ended before. What it had computed is not kept as a result, because half a training is
      not what the notebook declares. Run again.
      """),
    Rule(
      "run.diverged", "the loss and the weights stay finite",
      """
      The loss became infinite or NaN, so nothing that follows means anything. The message gives the
      step, the last loss and the learning rate.

      A smaller learning rate helps most often; so do a warm-up, `max_grad_norm`, standardised
      features, or a loss that large errors move less, such as `huber`.
      """,
      wrong: "optimizer: {sgd: {lr: 10}}",
      right: "optimizer: {sgd: {lr: 0.1}}\nmax_grad_norm: 1.0"),
    Rule(
      "run.features", "the model takes as many features as the data has",
      """
      The plan checks this before anything trains, so the data have changed since. Leave
      `in_features` of the first layer out, and it follows the data.
      """),
    Rule(
      "run.internal", "a step finds the results of the steps before it",
      """
      One is missing though nothing failed: this is a mistake in Assay, not in the notebook. Please
      report it with the notebook and the output of `assay plan`.
      """),
    Rule(
      "run.loss", "the loss fits the data",
      """
      The message says what does not fit: kind of target, number of classes or of weights. The plan
      checks this before anything trains, so the data may have changed since. See `plan.loss`.
      """),
    Rule(
      "run.model", "the model can be built from its layers",
      """
      The message says at which layer it cannot, such as features that do not fit or a number of
      weights that no memory holds.
      """),
    Rule(
      "run.monitor", "early stopping monitors what is measured during training",
      """
      Measured are the loss, and metrics of the validation part; the diagnostic lists them.
      """,
      wrong: "early_stopping: {monitor: test.loss}",
      right: "early_stopping: {monitor: validation.loss}"),
    Rule(
      "run.no-validation", "what is monitored has a validation part with rows",
      """
      The split gives the validation part none. See `plan.no-validation`.
      """,
      right: "split: {train: 0.6, validation: 0.2, test: 0.2}"),
    Rule(
      "run.out-of-range", "the settings of a training lie in their ranges",
      """
      The message names the setting and its range. Some ranges follow from each other: epochs times
      the steps of an epoch is limited too. `assay explain train` describes all.
      """),
    Rule(
      "run.outputs", "the model gives as many outputs as the loss needs",
      """
      See `shape.outputs`. The plan checks this before anything trains, so the data have changed
      since: a class more or less changes the number.
      """),
  ]
}
