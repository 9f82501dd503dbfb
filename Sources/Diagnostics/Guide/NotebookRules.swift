extension DiagnosticGuide {
  /// Fences, names and inline values in the Markdown of a notebook.
  static let notebookRules: [Rule] = [
    Rule(
      "notebook.block-in-quote", "an experiment block does not stand in a quote",
      """
      What is quoted is shown, not run; and a region after the block would have to be quoted too.

      Take the block out of the quote. To show one without running it, put it into a longer fence
      without `experiment`.
      """,
      wrong: "> ```experiment a", right: "```experiment a"),
    Rule(
      "notebook.block-info", "the info string of a block is `experiment NAME` and nothing more",
      """
      Words after the name would have no effect; backslash escapes and character references would
      make a name that reads otherwise than it is.
      """,
      wrong: "```experiment mlp small", right: "```experiment mlp_small"),
    Rule(
      "notebook.block-name",
      "a block name has letters, digits, `_` and single inner `-`, and no digit first",
      """
      Letters of any script will do, at most 64 characters. Names stand in expressions, so some
      words are reserved: parts, statistics and results such as `train`, `test`, `mean` and `loss`,
      and the words of expressions. The diagnostic lists them.
      """,
      wrong: "```experiment 2-layers", right: "```experiment two-layers"),
    Rule(
      "notebook.block-without-name", "an experiment block has a name",
      """
      The name is how other blocks, values in the prose and cross references refer to it, and how
      its random numbers and results are told from those of others.
      """,
      wrong: "```experiment", right: "```experiment baseline"),
    Rule(
      "notebook.empty-link", "a link without text is a cross reference and reads `[](#target)`",
      """
      A cross reference gets its text when the notebook is rendered: the number of a figure or
      table, or a heading. Any other link without text would show nothing that can be read or
      clicked. In a document without blocks and values this is a warning.
      """,
      wrong: "see [](https://example.org)", right: "see [](#baseline)"),
    Rule(
      "notebook.indented-block", "a fence that runs is indented by at most three spaces",
      """
      Four spaces make a code block, which is shown as it stands, so this experiment does not run.
      Work goes on; this is a warning. In a list item the fence has the indentation of the item.
      """),
    Rule(
      "notebook.inert-block", "a block that should run does not stand in HTML or in a paragraph",
      """
      Inside an HTML block or a comment, or as part of the lines of a paragraph, the fence is text
      and nothing runs. Put a blank line before it, or end the HTML first. To show it without
      running it, put it into a longer fence.
      """),
    Rule(
      "notebook.inert-inline", "inside HTML nothing is evaluated",
      """
      A `{= … }` in an HTML block is text. Work goes on; this is a warning. A blank line after the
      HTML makes what follows Markdown again.
      """),
    Rule(
      "notebook.inline-brace", "an inline value ends with `}` right before its backtick",
      """
      Without it the end of the expression is not where the span ends. A span in double backticks
      is never evaluated: use one to show the notation.
      """,
      wrong: "`{= run.test.accuracy`", right: "`{= run.test.accuracy}`"),
    Rule(
      "notebook.inline-dashes", "an inline value holds no `--` and does not end with `-`",
      """
      In the rendered document the expression stands in an HTML comment, which `--` could end. For
      a difference with a negative number use brackets.
      """,
      wrong: "`{= a.test.loss --0.5}`", right: "`{= a.test.loss - (-0.5)}`"),
    Rule(
      "notebook.inline-empty", "an inline value has an expression",
      """
      There is nothing between `{=` and `}`. To show the two marks themselves, use a span in double
      backticks.
      """,
      wrong: "`{= }`", right: "`{= run.test.accuracy as percent 1}`"),
    Rule(
      "notebook.inline-in-image", "the description of an image holds no values and references",
      """
      The description becomes an attribute of the page, in which neither a rendered value nor the
      comment beside it can stand. Put the value into the text around the image.
      """),
    Rule(
      "notebook.inline-lines", "an inline value stands on one line",
      """
      In the rendered document the expression stands in a comment behind the value, and a line
      break there could end the paragraph. Join the lines.
      """),
    Rule(
      "notebook.near-experiment", "the info string of a block that runs is `experiment NAME`",
      """
      The info string looks much like it and is not it, so the block is shown and not run. Work goes
      on; this is a warning. `yaml experiment NAME` works too, and colours the block in any editor.
      """,
      wrong: "```experiments baseline", right: "```experiment baseline"),
    Rule(
      "notebook.open-markup", "raw HTML before a value or reference ends before it",
      """
      An unfinished tag, comment or attribute could be ended by the text of the value, so that the
      rendered document would no longer hold the same values. Complete it, or write `\\<` for a plain
      `<`.
      """),
    Rule(
      "notebook.same-name", "a block name is given once",
      """
      References and results go by name. The diagnostic shows the first block of the name; rename
      one of the two. Names are compared exactly, upper and lower case differ.
      """),
    Rule(
      "notebook.missing", "a notebook that `use` names is there",
      """
      Paths under `use` are relative to the project root: the nearest folder with `assay.yaml` or
      `.git`.

        right  use: {bert: notebooks/bert.md}
      """),
    Rule(
      "notebook.too-deep", "quotes and lists nest at most 100 deep",
      """
      Time to read Markdown grows with each container around each line; the limit keeps a foreign
      notebook from exhausting the reader. Look for a long run of `>` or list markers.
      """),
    Rule(
      "notebook.too-many-brackets", "a paragraph holds at most 5000 square brackets",
      """
      Time to read links grows with the square of the brackets between two blank lines. Blank lines
      split a paragraph; a large table of data belongs into a file.
      """),
    Rule(
      "notebook.unclear-body", "the lines of a block can be told from the containers around them",
      """
      In a list item every line of a block has the item's indentation, in spaces. Here a tab or a
      marker leaves it open where the text of the block begins, and it could not be read back from
      the rendered document. Indent the block with spaces, or take it out of the list.
      """),
    Rule(
      "notebook.unclear-inline",
      "values and references can be told from the text around them",
      """
      Two readings of the paragraph disagree about where its code spans and links are. Look for
      unpaired backticks, angle brackets, and quotation marks in links; a backslash makes each
      plain.
      """),
    Rule(
      "notebook.unclosed-fence", "a fence is closed by a line of as many of its characters or more",
      """
      A fence that stays open takes in the rest of the document, or of the list item. The closing
      line has the character of the opening one, at least as often, and nothing else; in a list item
      it has the item's indentation.
      """,
      wrong: "````experiment a\n…\n```", right: "````experiment a\n…\n````"),
  ]
}
