package import Diagnostics
internal import Experiments

extension Diagnostic {
  /// Said once in a run that goes on without storing.
  package static func unwritableStore(_ failure: WriteFailure) -> Diagnostic {
    Diagnostic(
      .warning, "store.unwritable", "The store cannot be written; nothing is kept for next time",
      notes: [.init("`\(failure.path)`: \(failure.reason)")])
  }

  static func damagedEntry(
    _ fingerprint: Fingerprint, _ reason: String, setAsideTo place: String?
  ) -> Diagnostic {
    var notes = [Note(reason)]
    if let place { notes.append(Note("it was moved to `\(place)`")) }
    return Diagnostic(
      .warning, "store.damaged",
      "The stored step \(fingerprint.prefix()) is damaged; it counts as absent", notes: notes)
  }

  static func unreadableEntry(_ fingerprint: Fingerprint, _ reason: String) -> Diagnostic {
    Diagnostic(
      .warning, "store.unreadable",
      "The stored step \(fingerprint.prefix()) cannot be read; it counts as absent",
      notes: [.init(reason)])
  }
}
