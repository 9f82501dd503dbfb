internal import Digests
internal import Experiments
internal import Glibc

/// Files that belong together, such as documents and their ledger: all of them are replaced, or none.
///
/// New bytes are written beside their places and synced. Then a journal, a small file that names them,
/// is put beside them: from there on the replacement is certain. Then each is renamed into its place,
/// and the journal is removed. A process that dies before the journal is there has changed nothing;
/// what one that dies later leaves is finished by the next (``finish()``), and read as if it were
/// finished (``contents(limit:)``).
package struct FileGroup: Sendable {
  private let paths: [String]
  private let journal: String

  /// - Parameters:
  ///   - paths: of all files of the group, whether they are there or not; their names differ.
  ///   - journal: a place of its own; the folder that it lies in is the one that is locked.
  package init(_ paths: [String], journal: String) {
    self.paths = paths
    self.journal = journal
  }

  /// Keeps others from the group, as long as the value is kept; makes missing folders.
  package func lock() throws(WriteFailure) -> FolderLock {
    let folder = AtomicFile.folder(of: journal)
    try AtomicFile.makeFolders(folder)
    return FolderLock(folder, sharing: .nobody)
  }

  // MARK: Reading

  /// Bytes of the files of a group at one moment.
  package struct Contents: Sendable {
    fileprivate var bytes: [String: [UInt8]] = [:]
    fileprivate var refusals: [String: FileRefusal] = [:]
    /// Whether a process died while it put the files in their places; they are given as they will be.
    package fileprivate(set) var isUnfinished = false

    /// The bytes of a file; nil when it is not there or cannot be read.
    package subscript(path: String) -> [UInt8]? { bytes[path] }

    /// Why something that is at the path of a file cannot be read; nil for a file that can be, and where
    /// nothing is.
    package func refusal(of path: String) -> FileRefusal? { refusals[path] }

    fileprivate mutating func read(_ path: String, from place: String, limit: Int) {
      (bytes[path], refusals[path]) = (nil, nil)
      do throws(FileRefusal) {
        bytes[path] = try UserFile.contents(of: place, limit: limit)
      } catch {
        if error != .missing { refusals[path] = error }
      }
    }
  }

  /// What the files hold, or will hold when a replacement that was cut off is finished; changes
  /// nothing.
  ///
  /// - Parameter limit: bytes beyond which a file is not read.
  package func contents(limit: Int) -> Contents {
    let lock = FolderLock(AtomicFile.folder(of: journal), sharing: .readers)
    var contents = Contents()
    for path in paths { contents.read(path, from: path, limit: limit) }
    for pending in pendingFiles where pending.isAwaited {
      contents.read(pending.path, from: pending.temporary, limit: limit)
      contents.isUnfinished = true
    }
    lock.release()
    return contents
  }

  // MARK: Finishing

  /// A file that a journal speaks of.
  private struct Pending {
    let path: String
    let temporary: String
    /// Whether the file still has its earlier bytes, and the later ones are there.
    let isAwaited: Bool
  }

  /// The files of the journal that is there; a file that somebody changed meanwhile is not touched.
  private var pendingFiles: [Pending] {
    guard let journal = ReplacementJournal(at: journal) else { return [] }
    return journal.entries.compactMap { entry in
      guard let path = paths.first(where: { Self.name(of: $0) == entry.name }) else { return nil }
      let temporary = AtomicFile.temporaryPath(of: path, token: journal.token)
      let isAwaited =
        Self.digest(of: path) == entry.before && entry.before != entry.after
        && Self.digest(of: temporary) == entry.after
      return Pending(path: path, temporary: temporary, isAwaited: isAwaited)
    }
  }

  /// Puts in their places what a process that died has left, and removes what nobody waits for.
  ///
  /// - Returns: whether there was something to finish.
  @discardableResult
  package func finish() throws(WriteFailure) -> Bool {
    guard access(journal, F_OK) == 0 else {
      removeLeftovers()
      return false
    }
    var hasFinished = false
    for pending in pendingFiles {
      if pending.isAwaited {
        guard rename(pending.temporary, pending.path) == 0 else {
          throw AtomicFile.failure(pending.path)
        }
        hasFinished = true
      } else {
        unlink(pending.temporary)
      }
    }
    try close(paths)
    removeLeftovers()
    return hasFinished
  }

  /// Makes the renaming last, and removes the journal.
  private func close(_ paths: [String]) throws(WriteFailure) {
    for folder in Set(paths.map(AtomicFile.folder)) { SyncedFile.syncFolder(folder) }
    guard unlink(journal) == 0 || errno == ENOENT else { throw AtomicFile.failure(journal) }
  }

  // MARK: Replacing

  /// Replaces files of the group, once an earlier replacement is finished; those that hold their
  /// bytes already are left alone.
  ///
  /// On failure the earlier files are untouched, unless the system refused a rename after it had
  /// granted another: then the journal stays.
  /// - Returns: paths of the files that changed, in order.
  @discardableResult
  package func replace(
    _ files: [(path: String, bytes: [UInt8])]
  ) throws(WriteFailure) -> [String] {
    let token = Leftover.newName()
    let changes = files.concurrentMap { Change($0.path, $0.bytes, token: token) }.compactMap(\.self)
    if changes.isEmpty { return [] }
    let staged = changes.filter { $0.failure == nil }
    var renamed = 0
    do throws(WriteFailure) {
      for change in changes { if let failure = change.failure { throw failure } }
      // A single file needs none: it is replaced by one rename.
      if changes.count > 1 {
        let entries = changes.map {
          ReplacementJournal.Entry(
            name: Self.name(of: $0.path), before: $0.before, after: $0.after)
        }
        try AtomicFile.write(
          ReplacementJournal(token: token, entries: entries).bytes, to: journal)
        SyncedFile.syncFolder(AtomicFile.folder(of: journal))
      }
      for file in staged {
        // Where folders cannot be locked, another process may have finished this already.
        guard
          rename(file.temporary, file.path) == 0 || AtomicFile.existing(file.path) == file.bytes
        else { throw AtomicFile.failure(file.path) }
        renamed += 1
      }
    } catch {
      if renamed == 0 {
        unlink(journal)
        for file in staged { unlink(file.temporary) }
      }
      throw error
    }
    try close(staged.map(\.path))
    return staged.map(\.path)
  }

  /// New bytes of a file, written beside it.
  private struct Change: Sendable {
    let path: String
    let bytes: [UInt8]
    let temporary: String
    let before: SHA256Digest?
    let after: SHA256Digest
    let failure: WriteFailure?

    /// Nil when the file holds the bytes already.
    init?(_ path: String, _ bytes: [UInt8], token: String) {
      let earlier = AtomicFile.existing(path)
      if earlier == bytes { return nil }
      self.path = path
      self.bytes = bytes
      temporary = AtomicFile.temporaryPath(of: path, token: token)
      before = earlier.map { SHA256Digest(of: $0) }
      after = SHA256Digest(of: bytes)
      do throws(WriteFailure) {
        try AtomicFile.stage(bytes, for: path, at: temporary)
        failure = nil
      } catch {
        failure = error
      }
    }
  }

  /// Removes what processes that are gone were writing beside the files and no journal names.
  private func removeLeftovers() {
    let names = Set(paths.map(Self.name) + [Self.name(of: journal)])
    for folder in Set((paths + [journal]).map(AtomicFile.folder)) {
      for name in FileTree.names(in: folder, followingLink: true) where name.hasSuffix(".tmp") {
        let parts = name.dropLast(4)
        guard let dot = parts.lastIndex(of: "."), names.contains(String(parts[..<dot])) else {
          continue
        }
        if Leftover.isAbandonedFile(name, age: 0) { unlink("\(folder)/\(name)") }
      }
    }
  }

  private static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  private static func digest(of path: String) -> SHA256Digest? {
    AtomicFile.existing(path).map { SHA256Digest(of: $0) }
  }
}
