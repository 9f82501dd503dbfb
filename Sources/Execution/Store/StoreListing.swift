package import Experiments

/// An entry of the store in a line.
package struct StoreListing: Sendable {
  package let fingerprint: Fingerprint
  /// Nil for one whose `entry.json` cannot be read; `verify` says why.
  package let provenance: Provenance?
  /// Nil for one whose `log.json` cannot be read.
  package let log: StepLog?
  /// Bytes of its files.
  package let byteCount: Int
}

extension Store {
  /// Every entry, by fingerprint; results are not read.
  package func listing() -> [StoreListing] { StoreSurvey(self).entries.map(listing) }

  func listing(_ fingerprint: Fingerprint) -> StoreListing {
    StoreListing(
      fingerprint: fingerprint, provenance: provenance(of: fingerprint), log: log(of: fingerprint),
      byteCount: FileTree.byteCount(path(of: fingerprint)))
  }

  /// The fingerprints of entries that begin with the given digits.
  package func fingerprints(beginning digits: String) -> [Fingerprint] {
    if let whole = Fingerprint(hexadecimal: digits) { return contains(whole) ? [whole] : [] }
    return StoreSurvey(self).entries.filter { $0.hexadecimal.hasPrefix(digits) }
  }
}
