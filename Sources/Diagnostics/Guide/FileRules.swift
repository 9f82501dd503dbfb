extension DiagnosticGuide {
  /// Files that are read and written besides data.
  static let fileRules: [Rule] = [
    Rule(
      "file.configuration", "`assay.yaml` is a file that can be read",
      """
      It marks the project root, and may set `limits` for the notebooks below; `assay explain
      assay.yaml` shows what it may say. Settings that cannot be read are not passed over: they may
      be what keeps a notebook in bounds.
      """),
    Rule(
      "file.invalid-utf8", "a notebook is UTF-8 text, and so is `assay.yaml`",
      """
      The diagnostic shows the first place that is not. Save the file as UTF-8; many editors have
      “save with encoding”, and `iconv -f GBK -t UTF-8` converts a file.
      """),
    Rule(
      "file.no-notebooks", "a folder that is named on the command line holds notebooks",
      """
      A notebook is a file whose name ends in `.md`; hidden files and folders are passed over.
      Without a path on the command line, the folder `notebooks` is taken.
      """),
    Rule(
      "file.unreadable", "a notebook is a regular file that can be read",
      """
      The message gives the reason: it does not exist, is no regular file, is too large, or may not
      be read. A notebook under `use` moreover lies below the project root.
      """),
    Rule(
      "ledger.conflict", "a ledger is one side of a merge, or both where they go together",
      """
      Ledgers merge line by line, and two branches that rendered the same notebook both changed the
      digests of its documents. Keep one side of all three files, `git checkout --ours output/NAME.*` or
      `--theirs`, and render again: blocks of the other side are computed, or found in the store, and
      the ledger is written for the merged document.
      """),
    Rule(
      "ledger.damaged", "the ledger beside a document can be read",
      """
      `render` compares results with those of the ledger, to notice one that moved though nothing
      that it depends on did. Without a ledger that can be read it writes nothing: restore it from
      version control (after a merge, one side of it), and render again. Where it is lost, delete it;
      then everything counts as new, and nothing is compared.
      """),
    Rule(
      "output.other-rendering", "documents are written over those of the same notebook and options",
      """
      The name of a document is made of the notebook's, the profile's and the parameters', and some of
      these make the same name: `a.smoke.md`, and `a.md` with `--profile smoke`. Render one of them to
      another folder, with `-o`. Where the ledger that is there is wrong, delete it, and render again.
      """),
    Rule(
      "output.other-options", "a document is rendered again with the options it was made with",
      """
      Its ledger records the profile and parameters that its values came from. Render it with the
      same options, or render its notebook.
      """),
    Rule(
      "json.shape", "a ledger has the members that Assay writes",
      """
      The file is JSON and not what Assay wrote there: it was edited, or is another file. Restore it
      from version control, or delete it and render again.
      """),
    Rule(
      "json.syntax", "a ledger is JSON",
      """
      The file was cut short or edited, often by a merge that left conflict marks. Restore it from
      version control, or delete it and render again.
      """),
    Rule(
      "ledger.format", "a ledger has the format of this version of Assay",
      """
      Another version has written it. Use that version to check it, or delete it and render again
      with this one.
      """),
    Rule(
      "output.same-place", "two notebooks are not written to the same place",
      """
      `notebooks/x/a.md` becomes `output/x/a.md`, and so does `x/a.md`; of notebooks outside the
      project only the name counts. The second would replace the first. Render them one at a time
      with different folders after `-o`.
      """),
    Rule(
      "output.unwritable", "documents can be written",
      """
      The message gives the reason of the system, such as missing permission or a full disk. Earlier
      documents are untouched: a file is replaced only when the new one is complete. `-o DIR` writes
      to another folder.
      """),
  ]
}
