internal import Glibc

/// A folder under `new/` that becomes an entry; removed when it does not.
struct EntryDraft: ~Copyable {
  private let path: String

  init(in folder: String) throws(WriteFailure) {
    for _ in 0..<8 {
      let path = "\(folder)/\(Leftover.newName())"
      if mkdir(path, 0o755) == 0 {
        self.path = path
        return
      }
      guard errno == EEXIST else { throw SyncedFile.failure(path) }
    }
    throw SyncedFile.failure(folder)
  }

  deinit {
    // Finds nothing when the draft became an entry.
    FileTree.remove(path)
  }

  func write(_ bytes: [UInt8], to name: String) throws(WriteFailure) {
    try SyncedFile.write(bytes, to: path + "/" + name)
  }

  /// Makes the names of the files last, too.
  func sync() throws(WriteFailure) { SyncedFile.syncFolder(path) }

  /// Whether the draft is at the place now; else `errno` says why not.
  func rename(to place: String) -> Bool { Glibc.rename(path, place) == 0 }
}
