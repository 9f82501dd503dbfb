extension DiagnosticGuide {
  /// Expressions: values in the prose, and expectations.
  static let expressionRules: [Rule] = [
    Rule(
      "expression.division-by-zero", "the right side of `/` is not zero",
      """
      The expression is lawful and its divisor came out as zero, so there is no number to print or
      compare. Look at the result by which it divides, or compare products instead of quotients.
      """,
      wrong: "- a.test.loss / b.test.loss < 2", right: "- a.test.loss < 2 * b.test.loss"),
    Rule(
      "expression.format", "a format is `as`, its name, and digits where it takes them",
      """
      Formats are `percent`, `fixed`, `scientific` and `significant`, each with a number of digits
      up to 17 (at least 1 for `significant`), and `integer`, which takes none. A format stands at
      the end of an inline value.
      """,
      wrong: "`{= run.test.accuracy percent}`", right: "`{= run.test.accuracy as percent 1}`"),
    Rule(
      "expression.full-width", "an expression is written with half-width characters",
      """
      Full-width operators, brackets and digits look like the ASCII ones, and input methods for
      Chinese produce them easily. Use the character that is suggested. Names of blocks and classes
      may be in any script.
      """,
      wrong: "- test.accuracy ＞ 0.9", right: "- test.accuracy > 0.9"),
    Rule(
      "expression.index", "an index is a whole number that lies within its series",
      """
      `[0]` is the first point of a series and `[-1]` the last. The diagnostic says how many points
      the series has; early stopping may have made it shorter than planned.
      """,
      wrong: "run.train.loss[1.5]", right: "run.train.loss[-1]"),
    Rule(
      "expression.missing-space", "spaces stand on both sides of a binary operator",
      """
      A name may hold a `-`, so `a-b` is one name and `a - b` a difference. To keep that plain, all
      binary operators have spaces.
      """,
      wrong: "- a.test.accuracy>=0.9", right: "- a.test.accuracy >= 0.9"),
    Rule(
      "expression.no-result", "a value is shown only of a block that has a result",
      """
      The path is right, but its block computed nothing: it failed, was not run because another
      block failed, or ended before this result was measured. The first failure is reported at its
      own place; mend that.
      """),
    Rule(
      "expression.not-a-number", "a comparison has a number on both sides",
      """
      One side came out as NaN, for instance a loss that was never finite. NaN is neither less than,
      equal to, nor greater than anything, so the comparison says nothing about the run and the
      expectation cannot be judged. Look at the run that gave it.
      """),
    Rule(
      "expression.number", "a number is written like `0.9`, `1e-3`, `10%` or `1_000`",
      """
      There is a digit before the point, `_` stands between digits, `%` right behind the number,
      and the value fits a double.
      """,
      wrong: "- test.accuracy > .9", right: "- test.accuracy > 0.9"),
    Rule(
      "expression.statistic", "a statistic is one that the result has",
      """
      With `repeat:` of 2 or more, a number of a run has `.mean`, `.std`, `.min`, `.max`, `.low` and
      `.high` (the 95 % interval) and `.count`; of a single run there is no spread, so `.std`,
      `.low` and `.high` do not exist. A point of a series has `.mean`, `.std`, `.min`, `.max` and
      `.count`, where two or more runs reach it. A cell of a matrix has none.
      """,
      wrong: "run.test.accuracy.std", right: "repeat: 3      # in the block `run`"),
    Rule(
      "expression.syntax", "an expression is made of numbers, paths, operators and brackets",
      """
      A value is a number, a path of a result such as `run.test.accuracy`, a function such as
      `abs(…)`, or an expression in `( )`. Operators are `+ - * /`, comparisons `== != < <= > >=`,
      and `and`, `or`, `not`. A comparison has two sides: join two with `and`. A class or an index
      stands in `[ ]` right behind its path.
      """,
      wrong: "- 0.8 < test.accuracy < 0.9",
      right: "- 0.8 < test.accuracy and test.accuracy < 0.9"),
    Rule(
      "expression.too-deep", "an expression nests at most 64 levels deep",
      """
      The limit keeps a foreign notebook from exhausting the reader. Write the expression without
      the brackets that it does not need, or as several expectations.
      """),
    Rule(
      "expression.too-long", "an expression has at most 4096 bytes",
      """
      The limit keeps a foreign notebook from exhausting the reader. Write several expectations
      instead of one that joins them with `and`.
      """),
    Rule(
      "expression.trailing-text", "nothing follows a complete expression",
      """
      What stands after the expression has no meaning there; often an operator is missing, or the
      word `as` before a format.
      """,
      wrong: "- test.accuracy >= 0.9 at least", right: "- test.accuracy >= 0.9"),
    Rule(
      "expression.type", "operators and functions take what they can compute with",
      """
      Arithmetic takes numbers; `and`, `or` and `not` take comparisons; an inline value is a number
      and an expectation a comparison. A path ends at one number: of a series that is a point
      (`[-1]`) or a statistic, of a result per class the class in `[ ]`, of a confusion matrix
      `[true class][predicted class]`.
      """,
      wrong: "- run.validation.loss < 0.5", right: "- run.validation.loss[-1] < 0.5"),
    Rule(
      "expression.unknown-block", "a path begins with a block, or with a result of its own block",
      """
      In the prose a path begins with the name of a block. In `expect:` it may begin with a result,
      which is then the block's own. A variant of a comparison stands in `[ ]` behind the name of
      the comparison. Where a `-` is meant as minus, it has spaces around it.
      """,
      wrong: "`{= test.accuracy}`", right: "`{= finetune.test.accuracy}`"),
    Rule(
      "expression.unknown-class", "a class is one of the data set's",
      """
      Classes are spelled as in the data, in `[ ]`; the diagnostic lists them and suggests the
      nearest. One that holds brackets or spaces may be put in quotes.
      """,
      wrong: "run.test.f1[Setosa]", right: "run.test.f1[setosa]"),
    Rule(
      "expression.unknown-function", "functions are `abs`, `min` and `max`",
      """
      `abs` takes one number, `min` and `max` take several. Means and deviations over repeats are
      statistics of a path: `.mean`, `.std`.
      """,
      wrong: "- absolute(a.test.loss - b.test.loss) < 0.1",
      right: "- abs(a.test.loss - b.test.loss) < 0.1"),
    Rule(
      "expression.unknown-path", "a path names a result that its block will have",
      """
      Results are `PART.METRIC` for what `evaluate:` measures (`test.accuracy`), and series of the
      training such as `train.loss` and `validation.loss`. A metric that is not asked for is not
      measured: add it under `metrics:`. The diagnostic lists the results of the block.
      """,
      wrong: "run.accuracy", right: "run.test.accuracy"),
  ]
}
