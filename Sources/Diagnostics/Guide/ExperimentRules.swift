extension DiagnosticGuide {
  /// Fields, names and references of blocks and of the front matter.
  static let experimentRules: [Rule] = [
    Rule(
      "experiment.bad-name",
      "a parameter, or an alias under `use`, has letters, digits and `_`, and no digit first",
      """
      Such a name is written in other places, as `$name` or `alias/block`, and must be told from
      the text around it there.
      """,
      wrong: "params: {2nd-rate: 0.1}", right: "params: {second_rate: 0.1}"),
    Rule(
      "experiment.conflict", "fields that exclude each other do not stand together",
      """
      One of the two would have no effect, or they say opposite things, and a field that is written
      but not obeyed misleads the reader. Examples: `epochs` and `steps`, `label` and `target`,
      `nesterov` without `momentum`, `over` with `runs` instead of a `base`.

      The message names the two; keep one.
      """,
      wrong: "train: {epochs: 5, steps: 400}", right: "train: {epochs: 5}"),
    Rule(
      "experiment.cycle", "blocks, and notebooks, do not depend on each other in a circle",
      """
      `like` copies another block and `use` reads another notebook. In a circle none could be
      completed first. The message shows the way round; take one link out.
      """,
      wrong: "a: like: b        b: like: a", right: "a: train: {…}     b: like: a"),
    Rule(
      "experiment.misplaced", "`repeat` stands in a `train` block",
      """
      It runs a training with so many seeds. Other kinds have nothing to repeat: an `evaluate` or a
      `compare` takes over the repeats of the runs that it names.
      """),
    Rule(
      "experiment.missing-key", "fields without a default are given",
      """
      Most fields have a documented default; a few cannot have one, such as the `model` and the
      `data` of a training. A parameter under `params:` needs a value as well, there or as
      `-P NAME=VALUE`.

      `assay explain KIND` lists the fields of a kind and says which are required.
      """,
      wrong: "train: {data: digits}", right: "train: {model: mlp, data: digits}"),
    Rule(
      "experiment.missing-kind",
      "a block has a kind: `dataset`, `model`, `train`, `evaluate`, `compare` or `plot`",
      """
      The kind is a key of the block and says what it declares or computes. Captions, expectations
      and the like stand beside it. A block with `like: NAME` takes the kind of the block that it
      copies.
      """,
      wrong: "epochs: 5", right: "train: {model: mlp, data: digits, epochs: 5}"),
    Rule(
      "experiment.not-available", "only what this version of Assay can compute is asked for",
      """
      The name belongs to the language and this version does not compute it yet. A report must not
      print a number for something else, so the notebook is refused.

      Take it out, or use a version that has it. `assay explain` lists what is there.
      """),
    Rule(
      "experiment.out-of-range", "the value of a field lies in the range of the field",
      """
      The range is where the value has a meaning: a probability of dropout lies from 0 to below 1,
      the parts of a split add up to 1, `high` is not below `low`. The message gives the range, and
      for a list how many items it takes.
      """,
      wrong: "split: {train: 0.8, test: 0.3}", right: "split: {train: 0.8, test: 0.2}"),
    Rule(
      "experiment.path", "a path is relative to the project root and stays below it",
      """
      A notebook may come from a stranger and must not read your other files. So a path has no
      leading `/`, no `..`, no `.` parts and no hidden folders; its parts are set apart by `/` on
      every system.

      The root is the nearest folder upwards with `assay.yaml`, else with `.git`, else the
      notebook's own. Move the file below it.
      """,
      wrong: "dataset: {csv: ../iris.csv, label: species}",
      right: "dataset: {csv: data/iris.csv, label: species}"),
    Rule(
      "experiment.repeated-item", "a list of different things takes each once",
      """
      A metric, a column or a varied value that stands twice would be computed or shown twice
      without saying more. Under `over`, two equal values would make two variants of one name.
      """,
      wrong: "metrics: [accuracy, accuracy]", right: "metrics: [accuracy]"),
    Rule(
      "experiment.several-kinds", "a block has exactly one kind",
      """
      A name stands for one thing. Only `train` may have an `evaluate` beside it, which measures
      the weights that were trained.

      Give each kind a block of its own and refer to it by name.
      """,
      wrong: "```experiment a\ndataset: {…}\nmodel: {…}\n```",
      right: "```experiment digits\ndataset: {…}\n```\n```experiment mlp\nmodel: {…}\n```"),
    Rule(
      "experiment.too-many", "a comparison has at most 256 variants, a notebook uses at most 63",
      """
      The fields under `over` are combined each with each, so variants multiply quickly; and
      notebooks under `use` are read with all that they use. The limits keep a slip of the pen from
      becoming days of work.

      Vary fewer fields at once, or in several comparisons.
      """),
    Rule(
      "experiment.unknown-component", "a component is one of those that Assay knows",
      """
      Where a field takes a loss, an optimiser, a schedule, a layer or the like, its name decides
      which fields follow. Names are those of PyTorch, Hugging Face and scikit-learn. The diagnostic
      lists what is known and suggests the nearest; `assay explain optimizer` describes a family.
      """,
      wrong: "optimizer: {adamm: {lr: 1e-3}}", right: "optimizer: {adam: {lr: 1e-3}}"),
    Rule(
      "experiment.unknown-key", "a mapping has only the keys of its kind",
      """
      A key that is not known would have no effect, and the report would not show what its author
      believes. So it is an error, with the nearest known key or the name that Assay has for it.

      `assay explain train` lists the fields of `train`, and so for every kind and component.
      """,
      wrong: "train: {model: mlp, data: digits, epoch: 5}",
      right: "train: {model: mlp, data: digits, epochs: 5}"),
    Rule(
      "experiment.unknown-parameter", "`$name` and `-P name=…` name a parameter of the notebook",
      """
      Parameters are declared under `params:` in the front matter with a value, and may be replaced
      on the command line. One that is not declared has no value; and one that is given on the
      command line and not declared would change nothing.

      To mean a text that begins with `$`, write `$$`.
      """,
      wrong: "epochs: $epochs", right: "---\nparams: {epochs: 5}\n---"),
    Rule(
      "experiment.unknown-path", "`over` varies fields that the base block has",
      """
      A path leads from the block down to a field: `train.schedule`, `train.optimizer.adam.lr`. The
      message says at which part it leaves the way and what is known there.
      """,
      wrong: "over: {schedule: [constant, linear]}",
      right: "over: {train.schedule: [constant, linear]}"),
    Rule(
      "experiment.unknown-reference", "a reference names a block of this notebook or of one in use",
      """
      Blocks refer to each other by name: `model: mlp`, `like: baseline`, `runs: [a, b]`. Blocks of
      another notebook are written `alias/block` after `use: {alias: notebooks/other.md}` in the
      front matter. The order of blocks does not matter.
      """,
      wrong: "train: {model: mpl, data: digits}", right: "train: {model: mlp, data: digits}"),
    Rule(
      "experiment.unknown-value", "a field that takes certain words takes one of them",
      """
      The diagnostic lists the words. For `show`, they are the parts that a block of this kind can
      show; for `metrics` and `series`, the results that its runs can have.
      """,
      wrong: "approximate: fast", right: "approximate: tanh"),
    Rule(
      "experiment.use", "a notebook under `use` can be read and is sound",
      """
      Blocks of another notebook can be used only when that notebook itself has no errors. Its own
      problems are reported with their places; mend those first. The path is relative to the project
      root.
      """,
      right: "use: {base: notebooks/base.md}"),
    Rule(
      "experiment.wrong-kind", "a reference names a block of the kind that the field takes",
      """
      `data` takes a data set, `model` a model, `run` and `runs` blocks that train or evaluate. The
      message says which kind the named block has and which blocks would fit.
      """,
      wrong: "train: {model: digits, data: digits}",
      right: "train: {model: mlp, data: digits}"),
    Rule(
      "experiment.wrong-type", "the value of a field has the type of the field",
      """
      A field decides how its text is read: `no` and `010` are texts where a text is wanted; `1e-3`,
      `10%` and `1_000` are numbers where a number is wanted; a switch is `true` or `false`. A
      component is its name alone, or one name with its fields in braces.
      """,
      wrong: "optimizer: {adam: 1e-3}", right: "optimizer: {adam: {lr: 1e-3}}"),
  ]
}
