/// How something published stands to what is found now, from best to worst.
package enum CheckClass: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Recomputed, and the same bits.
  case identical
  /// Not recomputed; its fingerprint is the published one.
  case unchanged
  /// Recomputed, and no further away than the block allows.
  case withinTolerance = "within tolerance"
  /// The notebook, its data or the numeric law moved on; `render` writes it anew.
  case stale
  /// In the notebook, and not yet published.
  case new
  /// Published, and no longer in the notebook.
  case gone
  /// A file that should be there is not.
  case missing
  /// The same fingerprint and another result.
  case drifted
  /// What stands in a file is not what was written there.
  case handEdited = "hand-edited"
  /// An expectation does not hold, or cannot be judged.
  case claimBroken = "claim broken"
  /// The block's run failed, or that of one that it needs.
  case failed

  package static func < (left: CheckClass, right: CheckClass) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Whether everything is as published.
  package var isFine: Bool { self <= .withinTolerance }
}
