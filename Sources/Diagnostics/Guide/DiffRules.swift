extension DiagnosticGuide {
  /// What `assay diff` compares.
  static let diffRules: [Rule] = [
    Rule(
      "diff.no-ledgers", "at least one side of a comparison holds a ledger",
      """
      `assay diff` compares files whose names end in `.ledger.json`, which `assay render` writes beside
      the documents. A folder or a revision without any has nothing to compare: name another folder,
      or a revision in which documents were committed.
      """),
    Rule(
      "diff.revision", "a side of a comparison is a file, a folder, or something that git knows",
      """
      What is not there on disk is asked of git: `REVISION:path` is a file at a revision, and a
      revision alone stands for the other side's path at that revision. The note holds git's own
      words. The working folder has to be inside the repository, and in a shallow clone, as CI makes
      them, earlier revisions have to be fetched first.
      """),
  ]
}
