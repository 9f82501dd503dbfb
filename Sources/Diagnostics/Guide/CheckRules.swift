extension DiagnosticGuide {
  /// What `assay check` finds between a published document and what is true now.
  static let checkRules: [Rule] = [
    Rule(
      "check.claim-broken", "an expectation of a published document holds",
      """
      It does not hold of the numbers, or a number that it needs is not there. `check` ends with
      exit code 2, and no option accepts it: change the claim and what the prose says about it, or
      the experiment.
      """),
    Rule(
      "check.drifted", "the same fingerprint gives the published result",
      """
      Fields, data and numeric law are those of the ledger, and the result or the printed text is
      another one. A result moves when an engine was changed without raising a version, on a machine
      that breaks the numeric law (`assay doctor` tests it), or when a ledger was altered; a text
      moves with templates and with versions of Assay.

      Find out which. `assay render --accept NAME` then publishes the new result (with `--force` where
      the store of the project still has the published one: `check` prints the command); a block may
      allow for small differences with `tolerance:`.
      """,
      right: "tolerance: {test.accuracy: {abs: 0.005}}"),
    Rule(
      "check.failed", "every block of a published document has a result",
      """
      The block's run failed, or the ledger records that it had failed when the document was made.
      `check` ends with exit code 3. The notes say why; see the `run` family of diagnostics.
      """),
    Rule(
      "check.gone", "a published block is still in the notebook",
      """
      The ledger has a block that the notebook has no longer: it was deleted or renamed since.
      `assay render` of the notebook brings document and ledger up to date.
      """),
    Rule(
      "check.hand-edited", "published files say what was written into them",
      """
      A digest does not match what it stands for: text in a document, a region, or a number in the
      ledger was changed after Assay wrote it. The difference shows what, when it is known.

      `assay render --accept NAME` replaces an edited region. Notes belong outside of regions, and
      into the notebook, not into the document that is made from it.
      """),
    Rule(
      "check.missing", "a notebook that is checked has been rendered",
      """
      A document, or the ledger that says what it claims, is not there, or the ledger cannot be
      read. Render the notebook and commit the documents with their ledger. With `--profile` or `-P`
      other documents are meant than without; `-o` says where they lie.

      A render that was killed while it put the files in their places leaves
      `NAME.unfinished.json` beside them, which says how to go on; the next `assay render` does.
      """),
    Rule(
      "check.new", "a block of the notebook is in the published document",
      """
      The block was added since. `assay render` of the notebook runs it and publishes its result.
      """),
    Rule(
      "check.stale", "a published document is that of the notebook as it is",
      """
      A field, the data, a block that it depends on, the prose or the numeric law changed after the
      document was rendered. Nothing is wrong with that; `assay render` brings the document up to
      date, and `assay plan` says of every block why it would be computed.
      """),
    Rule(
      "check.tolerance", "a tolerance names results that its block has",
      """
      `test.accuracy` means that number, `test.f1` the number of every class, `test` everything that
      is measured on the test part, and "*" all numbers of the block. A name that fits nothing would
      never apply, so it is an error. Counts of a confusion matrix have no tolerance.
      """,
      wrong: "tolerance: {test.acc: {abs: 0.005}}",
      right: "tolerance: {test.accuracy: {abs: 0.005}}"),
    Rule(
      "check.within-tolerance", "a result that moved within its tolerance is only noted",
      """
      The block allows for it with `tolerance:`, so `check` does not fail. That a result moves at
      all, though its fingerprint does not, is still worth a look: see `check.drifted`.
      """),
  ]
}
