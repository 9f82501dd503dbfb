package import Experiments

/// What was removed from the store, or would be.
package struct StorePruning: Sendable {
  package fileprivate(set) var entries: [StoreListing] = []
  /// Checkpoints of trainings that nobody names, or that have ended.
  package fileprivate(set) var checkpoints: [String] = []
  /// What processes that are gone have left unfinished.
  package fileprivate(set) var leftovers: [String] = []
  /// Entries that were set aside.
  package fileprivate(set) var setAside: [String] = []
  /// Bytes of all that; what could not be removed takes its place still.
  package fileprivate(set) var byteCount = 0
  /// Entries that stay.
  package fileprivate(set) var kept = 0
  /// What could not be removed.
  package fileprivate(set) var failures: [String] = []
}

extension Store {
  /// Removes what none of the steps to keep needs.
  ///
  /// - Parameter isDryRun: removes nothing and tells what would be.
  package func prune(
    keeping kept: Set<Fingerprint>, isDryRun: Bool = false
  ) -> StorePruning {
    let survey = StoreSurvey(self)
    var pruning = StorePruning()
    func remove(_ path: String) -> Bool {
      let bytes = FileTree.byteCount(path)
      guard isDryRun || access == .readWrite && retire(path) else {
        pruning.failures.append(path)
        return false
      }
      pruning.byteCount += bytes
      return true
    }
    for fingerprint in survey.entries {
      if kept.contains(fingerprint) {
        pruning.kept += 1
        continue
      }
      let listing = listing(fingerprint)
      if remove(path(of: fingerprint)) { pruning.entries.append(listing) }
    }
    for (fingerprint, path) in survey.checkpoints
    where !kept.contains(fingerprint) || contains(fingerprint) {
      if remove(path) { pruning.checkpoints.append(path) }
    }
    pruning.leftovers = survey.leftovers.filter(remove)
    pruning.setAside = survey.setAside.filter(remove)
    return pruning
  }
}
