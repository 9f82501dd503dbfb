extension DiagnosticGuide {
  /// The store of finished steps, `.assay/store`.
  static let storeRules: [Rule] = [
    Rule(
      "data.changed", "a data file stays as it is while a notebook is planned and run",
      """
      The file was another one when its rows were to be read than when the plan was made, so the
      results would not be of the data that the fingerprints name. Nothing was computed from it. Run
      again when nobody is writing the file.
      """),
    Rule(
      "store.damaged", "a stored step has the bytes that were written",
      """
      A file of the entry is missing, cut short or changed, or the entry is of another version of
      Assay. It is moved to `.assay/store/v1/damaged` and computed again; nothing is lost but time.
      `assay store verify` looks at every entry, and `assay store prune` removes what was set aside.

      One that happens again and again points to a failing disk.
      """),
    Rule(
      "store.unreadable", "a stored step can be read",
      """
      The message gives the reason of the system, such as missing permission or a network that is
      away. The entry is left where it is, and the step is computed as if it were not there.
      """),
    Rule(
      "store.unwritable", "the store can be written",
      """
      The message gives the reason of the system, such as missing permission or a full disk. The run
      goes on and its documents are written; what it computed is not kept, so the next run computes
      it again. `assay store prune` makes room.
      """),
  ]
}
