internal import Experiments
internal import Glibc
internal import Learning

/// What a look at every byte of the store found.
package struct StoreVerification: Sendable {
  /// Something that is not as it was written.
  package struct Fault: Sendable, Hashable {
    package let path: String
    package let reason: String
  }

  /// Entries that are sound.
  package let sound: Int
  /// Bytes of all entries.
  package let byteCount: Int
  /// Entries, checkpoints and memories that are damaged, and what cannot be read.
  package let faults: [Fault]
  /// What is in the store and is none of its own.
  package let foreign: [String]
  /// What processes that are gone have left unfinished.
  package let leftovers: [String]
  /// Entries that were set aside before.
  package let setAside: [String]
  package let checkpoints: Int

  /// Whether everything that may be read later is as it was written.
  package var isClean: Bool { faults.isEmpty }
}

extension Store {
  /// Reads everything and compares it with its digests; changes nothing.
  package func verify() -> StoreVerification {
    let survey = StoreSurvey(self)
    var faults: [StoreVerification.Fault] = []
    var sound = 0
    var byteCount = 0
    for fingerprint in survey.entries {
      byteCount += FileTree.byteCount(path(of: fingerprint))
      if let reason = fault(fingerprint) {
        faults.append(.init(path: path(of: fingerprint), reason: reason))
      } else {
        sound += 1
      }
    }
    for checkpoint in survey.checkpoints {
      do throws(SafetensorsError) {
        _ = try SafetensorsFile(path: checkpoint.path)
      } catch {
        faults.append(.init(path: checkpoint.path, reason: error.description))
      }
    }
    let forgotten =
      survey.memories.filter { DataFileRecord(at: $0) == nil }
      + survey.renderings.filter { RenderingRecord(at: $0) == nil }
    faults += forgotten.map { .init(path: $0, reason: "it is not what was written") }
    return StoreVerification(
      sound: sound, byteCount: byteCount, faults: faults, foreign: survey.foreign,
      leftovers: survey.leftovers, setAside: survey.setAside, checkpoints: survey.checkpoints.count)
  }

  /// What is wrong with an entry; nil for a sound one, and for one that has gone meanwhile.
  private func fault(_ fingerprint: Fingerprint) -> String? {
    do throws(EntryFault) {
      _ = try StoreEntry(fingerprint, at: path(of: fingerprint))
      let known: Set<String> = Set(
        try manifest(of: fingerprint).files.map(\.name) + [EntryManifest.fileName])
      let found = FileTree.names(in: path(of: fingerprint))
      return found.first { !known.contains($0) }.map { "`\($0)` does not belong to it" }
    } catch {
      switch error {
      case .absent: return nil
      case .damaged(let reason), .unreadable(let reason): return reason
      }
    }
  }
}
