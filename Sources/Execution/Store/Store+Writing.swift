internal import Experiments
internal import Glibc

extension Store {
  /// Puts an entry in its place: written beside, synced, renamed.
  ///
  /// Where the place is taken by an entry that verifies, that one stays. A store opened for reading
  /// only is left alone.
  /// - Parameter replacing: puts the entry there even so, unless both hold the same result.
  package func write(_ entry: StoreEntry, replacing: Bool = false) throws(WriteFailure) {
    guard access == .readWrite else { return }
    guard entry.payload.belongs(to: entry.kind) else {
      throw WriteFailure(path: path(of: entry.fingerprint), reason: "not what such a step leaves")
    }
    let files = entry.payload.files + [(StepLog.fileName, entry.log.bytes)]
    let manifest = EntryManifest(
      fingerprint: entry.fingerprint, provenance: entry.provenance,
      files: files.map { EntryManifest.File($0.name, $0.bytes) })
    try makeFolders()
    let draft = try EntryDraft(in: newFolder)
    for file in files { try draft.write(file.bytes, to: file.name) }
    try draft.write(manifest.bytes, to: EntryManifest.fileName)
    try draft.sync()
    try put(draft, manifest, replacing: replacing)
  }

  /// Renames a finished draft into its place, or gives way to a sound entry that is there.
  private func put(
    _ draft: borrowing EntryDraft, _ manifest: EntryManifest, replacing: Bool
  ) throws(WriteFailure) {
    let place = path(of: manifest.fingerprint)
    let parent = String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)])
    try SyncedFile.makeFolder(parent)
    for _ in 0..<4 {
      if draft.rename(to: place) {
        SyncedFile.syncFolder(parent)
        return
      }
      guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else { throw SyncedFile.failure(place) }
      switch verified(manifest.fingerprint) {
      case .success(let found) where !replacing || found.results == manifest.results: return
      case .success: retire(place)
      case .failure: setAside(manifest.fingerprint)
      }
    }
    throw WriteFailure(path: place, reason: "the place is taken by something that cannot be moved")
  }

  /// The `entry.json` of a fingerprint whose files all have their digests and can be decoded.
  func verified(_ fingerprint: Fingerprint) -> Result<EntryManifest, EntryFault> {
    Result { () throws(EntryFault) in
      _ = try StoreEntry(fingerprint, at: path(of: fingerprint))
      return try manifest(of: fingerprint)
    }
  }

  /// Makes the folders that everything is written to, and keeps the store out of version control.
  func makeFolders() throws(WriteFailure) {
    if Glibc.access(newFolder, F_OK) == 0 { return }
    try AtomicFile.makeFolders(newFolder)
    let parts = directory.split(separator: "/", omittingEmptySubsequences: false)
    if parts.dropLast().last == ".assay" {
      let ignoring = parts.dropLast().joined(separator: "/") + "/.gitignore"
      // One that a person wrote is left alone.
      if Glibc.access(ignoring, F_OK) != 0 { try AtomicFile.write(Array("*\n".utf8), to: ignoring) }
    }
  }

  /// Moves what is in an entry's place to `damaged/`, so that the place is free.
  ///
  /// - Returns: where it is now; nil when it could not be moved, or turned out to be sound.
  @discardableResult
  func setAside(_ fingerprint: Fingerprint) -> String? {
    guard access == .readWrite else { return nil }
    let place = path(of: fingerprint)
    guard mkdir(damagedFolder, 0o755) == 0 || errno == EEXIST else { return nil }
    for number in 1...999 {
      let aside = "\(damagedFolder)/\(fingerprint.hexadecimal)-\(number)"
      var status = stat()
      if lstat(aside, &status) == 0 { continue }
      guard rename(place, aside) == 0 else {
        if errno == ENOTEMPTY || errno == EEXIST { continue }
        return nil
      }
      // Another process may have put a sound entry in the place a moment ago: it goes back.
      if (try? StoreEntry(fingerprint, at: aside)) != nil, rename(aside, place) == 0 { return nil }
      return aside
    }
    return nil
  }

  /// Removes a folder of the store so that readers find all of it or nothing.
  @discardableResult
  func retire(_ place: String) -> Bool {
    let doomed = "\(newFolder)/\(Leftover.newName())"
    return FileTree.remove(rename(place, doomed) == 0 ? doomed : place)
  }
}
