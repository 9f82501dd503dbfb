internal import Digests
internal import Experiments

/// Digests and facts of data files, remembered between runs by how the files look.
///
/// A file that has size, times and inode of its record has the record's digest, and is not read. As
/// in git, a record that is hardly older than the file's last change is not believed: the file may
/// have changed again within the same tick of the clock, and look the same.
package struct DataFileMemory: Sendable {
  private let store: Store

  /// A store opened for reading only remembers nothing new.
  package init(_ store: Store) {
    self.store = store
  }

  /// Seconds by which a record must be younger than the file's last change: two ticks of the
  /// coarsest clock of a file system; an hour where the two lie on systems with clocks of their own.
  private static let margin = (same: 2, other: 3600)

  /// What is remembered of a file, and whether the file has not changed since.
  func record(of path: String, status: FileStatus) -> (record: DataFileRecord, isCurrent: Bool)? {
    let place = place(of: path)
    guard let written = FileStatus(path: place), let record = DataFileRecord(at: place),
      record.path == path
    else { return nil }
    let margin =
      written.device == status.device ? Self.margin.same : Self.margin.other
    let age = written.modified.seconds.subtractingReportingOverflow(status.changed.seconds)
    let isOld = !age.overflow && age.partialValue > margin
    return (record, record.status == status && isOld)
  }

  /// Keeps a record; a failure costs reading the file again, and is not told.
  func keep(_ record: DataFileRecord) {
    store.keepMemory(record.bytes, at: place(of: record.path), in: store.memoryFolder)
  }

  /// One file of memory for each data file, so that processes do not undo each other's.
  private func place(of path: String) -> String {
    "\(store.memoryFolder)/\(SHA256Digest(of: path).prefix(16)).json"
  }
}

extension DatasetRequest {
  /// What facts depend on besides the bytes of the file.
  ///
  /// - Parameter numericsVersion: of the random numbers that deal out the rows.
  func memoryKey(numericsVersion: Int) -> String {
    var version = 0
    if case .group(_, let table, _) = spec.canonical { version = table }
    return "numerics \(numericsVersion), prepare \(Step.Kind.prepare.version), "
      + "dataset \(version), seed \(seed): \(spec.canonical.yaml)"
  }
}
