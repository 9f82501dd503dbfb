extension DiagnosticGuide {
  /// What is found when the steps are planned, before anything trains.
  static let planRules: [Rule] = [
    Rule(
      "plan.model", "a model has sizes and initialisations that the engine can build",
      """
      Layers have 1 to 1,000,000 outputs, probabilities lie in 0…1, spreads are finite and not
      negative, and `orthogonal` is for weights: a bias has no rows to make orthogonal.
      """),
    Rule(
      "plan.batch-size", "a batch is no larger than the training part",
      """
      A larger batch holds every row, so an epoch is a single step, and fewer steps are taken than
      the batch size suggests. Work goes on; this is a warning.

      Make `batch_size` smaller, or the training part larger.
      """),
    Rule(
      "plan.class-left-out", "the training part holds every class",
      """
      A class without a row in the training part cannot be learnt, and every measure of it would
      be zero.

      Stratify the split (the default for a `label`), enlarge the part, or drop the class. Of sets
      of labels this is a warning: that a label never holds can be learnt.
      """,
      wrong: "stratify: false", right: "stratify: true"),
    Rule(
      "plan.class-weights", "there is one weight per class",
      """
      Weights of a loss stand in the order of the classes; the diagnostic lists them.
      `class_weights: balanced` computes them from the training part. The `pos_weight` of
      `bce_with_logits` is one number, or for sets of labels one per label.
      """,
      wrong: "cross_entropy: {class_weights: [1, 2]}      # of three classes",
      right: "cross_entropy: {class_weights: [1, 2, 2]}"),
    Rule(
      "plan.compare", "a comparison has runs with a metric in common",
      """
      A comparison puts runs side by side by what was measured of each. So there are runs, made by
      `over` or named under `runs`, and each is measured on the same part by the same metrics; those
      asked for under `metrics` are among them.

      Give the runs an `evaluate:` with the same `split` and `metrics`.
      """),
    Rule(
      "plan.empty-split", "the part that is evaluated has rows",
      """
      A part that a `split` does not name, while it names others, gets no rows; there is nothing to
      measure on it.
      """,
      wrong: "split: {train: 0.8, validation: 0.2}\nevaluate: {split: test}",
      right: "split: {train: 0.6, validation: 0.2, test: 0.2}\nevaluate: {split: test}"),
    Rule(
      "plan.loss", "the loss fits what the data set has to predict",
      """
      `cross_entropy`, `hinge` and `bce_with_logits` learn classes (a `label`); the last, and
      `hinge: {kind: binary}`, exactly two. `bce_with_logits` also learns sets of labels. `mse`,
      `huber` and `smooth_l1` learn numbers (a `target`).

      Left out, the loss is chosen to fit: `cross_entropy` for classes, `bce_with_logits` for sets of
      labels, `mse` for numbers.
      """,
      wrong: "loss: mse               # the data set has a `label`", right: "loss: cross_entropy"),
    Rule(
      "plan.metric", "a metric fits what the data set has to predict, and is asked for once",
      """
      `accuracy`, `precision`, `recall` and `f1` measure classes and sets of labels,
      `confusion_matrix` classes, `hamming_loss`, the `samples_` means and
      `multilabel_confusion_matrix` sets of labels; `mse`, `mae` and `r2` measure numbers; `loss`
      measures any. The diagnostic lists those that fit. What
      early stopping monitors is such a metric of the validation part.
      """,
      wrong: "metrics: [accuracy]      # the data set has a `target`", right: "metrics: [mae, r2]"),
    Rule(
      "plan.no-rows", "the training part of the data has rows",
      """
      The shares of the split and the number of rows leave none to learn from. Enlarge the `train`
      share, or take more rows.
      """),
    Rule(
      "plan.no-validation", "early stopping and `reduce_on_plateau` have a validation part",
      """
      Both watch a measure of the validation part while training goes on, and the split gives that
      part no rows. (The test part is no substitute: what is chosen by it can no longer be judged by
      it.)
      """,
      wrong: "split: {train: 0.8, test: 0.2}",
      right: "split: {train: 0.6, validation: 0.2, test: 0.2}"),
    Rule(
      "plan.one-class", "a classifier learns from two classes or more",
      """
      With one class every model is right and nothing can be learnt. Look whether `label` names the
      column that was meant.
      """),
    Rule(
      "plan.positive-class",
      "`precision`, `recall` and `f1` say which class is positive when there are more than two",
      """
      The three are measures of one class against the rest. With more than two classes name the
      `positive` one, spelled as in the data, or ask for the `macro_`, `micro_` or `weighted_` mean
      over all.
      """,
      wrong: "metrics: [f1]", right: "metrics: [{f1: {positive: setosa}}, macro_f1]"),
    Rule(
      "plan.random-sites", "each parameter and layer draws random numbers of its own",
      """
      Random numbers are keyed by a 32-bit digest of the place that draws them, so two places of
      one model may, very rarely, have the same key and would draw the same numbers. Such a model is
      refused rather than trained on dependent numbers.

      A layer added or taken away gives the places other names.
      """),
    Rule(
      "plan.reference", "what a block refers to has been declared with what is needed of it",
      """
      `data` names a block that declares a data set, `model` one that declares a model, `run` one
      that trains, `runs` blocks that train or evaluate, and a plot's `compare` a comparison. The
      message says which of these is not so.
      """),
    Rule(
      "plan.series", "a series of a plot is recorded by one of its runs",
      """
      A training records `train.loss`, `lr`, and measures of the validation part when the split has
      one. The diagnostic lists the series of the runs and suggests the nearest.
      """,
      wrong: "series: [train_loss]", right: "series: [train.loss, validation.loss]"),
    Rule(
      "plan.warmup", "the warm-up ends before the training",
      """
      With as many warm-up steps as the training has, or more, the learning rate never reaches its
      value and the schedule proper never begins. Work goes on; this is a warning.

      Give fewer `warmup_steps`, or a `warmup_ratio`, which follows the length of the training.
      """,
      wrong: "schedule: {linear: {warmup_steps: 500}}\nsteps: 400",
      right: "schedule: {linear: {warmup_ratio: 0.1}}\nsteps: 400"),
    Rule(
      "shape.empty-model", "a sequential model has at least one layer",
      """
      Without a layer there is nothing to train. A linear model is one layer.
      """,
      wrong: "model: {sequential: []}",
      right: "model: {sequential: [linear: {out_features: 10}]}"),
    Rule(
      "shape.in-features", "a linear layer takes as many features as come before it",
      """
      The first layer takes the features of the data, each other what the layer before gives;
      activations, `dropout` and `layer_norm` keep the number. The diagnostic says what gives how
      many. `in_features` may be left out: it is inferred.
      """,
      wrong: "- linear: {in_features: 784, out_features: 256}\n- linear: {in_features: 128}",
      right: "- linear: {in_features: 784, out_features: 256}\n- linear: {in_features: 256}"),
    Rule(
      "shape.outputs", "the last layer gives what the loss takes",
      """
      For classes that is one output per class (`cross_entropy`, `hinge`), or one in all
      (`bce_with_logits`, `hinge: {kind: binary}`); for numbers it is one per number to predict.
      """,
      wrong: "- linear: {out_features: 1}      # three classes, cross_entropy",
      right: "- linear: {out_features: 3}"),
  ]
}
