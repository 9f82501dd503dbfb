internal import Digests
internal import Experiments
internal import Learning

// Which bytes a data set is made of: of one file, or of all files of a folder.

extension DatasetCatalog {
  /// Bytes that a file of the data set may have.
  private func limit(for request: DatasetRequest) -> Int {
    if case .csv = request.spec { limits.bytes } else { textLimits.bytes }
  }

  /// What is known of the file or folder of a data set: remembered, or found by reading it.
  mutating func record(
    of path: String, for request: DatasetRequest
  ) throws(DatasetRefusal) -> DataFileRecord {
    if let known = records[path] { return known }
    do throws(FileRefusal) {
      let limit = limit(for: request)
      if case .text = request.spec, try root.isFolder(path) {
        return try folderRecord(of: path, limit: limit)
      }
      return try fileRecord(of: path, limit: limit)
    } catch {
      throw DatasetRefusal(.refused(path, error, request))
    }
  }

  mutating func fileRecord(
    of path: String, limit: Int
  ) throws(FileRefusal) -> DataFileRecord {
    if let known = records[path] { return known }
    let status = try root.status(of: path, limit: limit)
    let remembered = memory?.record(of: path, status: status)
    if let remembered, remembered.isCurrent {
      records[path] = remembered.record
      return remembered.record
    }
    let file = try files.contents(of: path, limit: limit)
    let isSame = remembered?.record.digest == file.digest
    var record =
      (isSame ? remembered?.record : nil)
      ?? DataFileRecord(path: path, status: status, digest: file.digest)
    record.update(file.status ?? status)
    records[path] = record
    if file.status != nil, isSame { memory?.keep(record) }
    return record
  }

  /// A folder has no look of its own: its digest is made of those of its files, each of which is
  /// remembered by how the file looks.
  private mutating func folderRecord(
    of path: String, limit: Int
  ) throws(FileRefusal) -> DataFileRecord {
    var listing = ""
    var size = 0
    for entry in try root.files(in: path) {
      let record = try fileRecord(of: "\(path)/\(entry.name)", limit: limit)
      memoryKeepFile(record)
      listing += "\(record.digest.hexadecimal) \(entry.name)\n"
      size += entry.status.size
    }
    let digest = SHA256Digest(of: listing)
    let look = FileStatus.folder(size: size)
    let remembered = memory?.record(of: path, status: look)?.record
    let record =
      remembered?.digest == digest
      ? remembered : DataFileRecord(path: path, status: look, digest: digest)
    records[path] = record
    return record ?? DataFileRecord(path: path, status: look, digest: digest)
  }

  /// Files of a folder have no facts of their own, so their records are kept as soon as they are made.
  private func memoryKeepFile(_ record: DataFileRecord) {
    guard let file = files.known(record.path), file.status != nil else { return }
    memory?.keep(record)
  }

  /// The digest of what the run would read now.
  func digestNow(of path: String) throws(FileRefusal) -> SHA256Digest {
    guard try root.isFolder(path) else {
      return try files.contents(of: path, limit: textLimits.bytes).digest
    }
    var listing = ""
    for entry in try root.files(in: path) {
      let file = try files.contents(of: "\(path)/\(entry.name)", limit: textLimits.bytes)
      listing += "\(file.digest.hexadecimal) \(entry.name)\n"
    }
    return SHA256Digest(of: listing)
  }

  /// The record of bytes that were read, where they are others than the record says.
  func currentRecord(
    of path: String, for request: DatasetRequest
  ) throws(DatasetRefusal) -> DataFileRecord? {
    do throws(FileRefusal) {
      let digest = try digestNow(of: path)
      let status = files.known(path)?.status ?? records[path]?.status
      return status.map { DataFileRecord(path: path, status: $0, digest: digest) }
    } catch {
      throw DatasetRefusal(.refused(path, error, request))
    }
  }

  mutating func keep(_ record: DataFileRecord) {
    records[record.path] = record
    // A file that changed while it was read has no look to remember it by.
    if let file = files.known(record.path), file.status == nil { return }
    memory?.keep(record)
  }
}

extension FileStatus {
  /// Stands for a folder, which is known by its digest alone.
  fileprivate static func folder(size: Int) -> FileStatus {
    let never = FileTime(seconds: 0, nanoseconds: 0)
    return FileStatus(size: size, modified: never, changed: never, inode: 0)
  }
}
