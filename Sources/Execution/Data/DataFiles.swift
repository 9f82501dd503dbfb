internal import Digests
internal import Learning
internal import Synchronization

/// The data files of a project that were read: each once, however many blocks use it.
///
/// Safe to ask from several threads; one that asks for a file that another reads waits for it.
final class DataFiles: Sendable {
  /// A file as it was when it was read.
  struct Contents: Sendable {
    let bytes: [UInt8]
    let digest: SHA256Digest
    /// Nil for a file that changed while it was read.
    let status: FileStatus?
    let table: Result<Table, CSVError>
  }

  private let root: ProjectRoot
  private let limits: CSVLimits
  private let known = Mutex<[String: Contents]>([:])

  init(root: ProjectRoot, limits: CSVLimits) {
    self.root = root
    self.limits = limits
  }

  var count: Int { known.withLock(\.count) }

  /// A file, read now or before.
  ///
  /// - Parameter deadline: when reading is given up; nil: when the limits say.
  func contents(
    of path: String, deadline: ContinuousClock.Instant? = nil
  ) throws(FileRefusal) -> Contents {
    try known.withLock { known in
      Result { () throws(FileRefusal) in
        if let contents = known[path] { return contents }
        let (bytes, status) = try root.contentsAndStatus(of: path, limit: limits.bytes)
        var limits = limits
        limits.deadline = deadline ?? limits.deadline
        let contents = Contents(
          bytes: bytes, digest: SHA256Digest(of: bytes), status: status,
          table: Result { [limits] () throws(CSVError) in try Table(csv: bytes, limits: limits) })
        known[path] = contents
        return contents
      }
    }.get()
  }
}
