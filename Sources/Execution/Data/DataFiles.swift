internal import Digests
internal import Learning
internal import Tensors

/// The data files of a project that were read: each once, however many blocks use it.
///
/// Safe to ask from several threads; one that asks for a file that another reads waits for it, and
/// for no other file.
final class DataFiles: Sendable {
  /// A file as it was when it was read.
  struct Contents: Sendable {
    let text: TextBytes
    let digest: SHA256Digest
    /// Nil for a file that changed while it was read.
    let status: FileStatus?
  }

  private let root: ProjectRoot
  private let limits: CSVLimits
  private let mappedFrom: Int
  private let known = OnceEach<String, Contents>()
  private let tables = OnceEach<String, Result<Table, CSVError>>()

  /// - Parameter mappedFrom: bytes from which a file is mapped, not read.
  init(root: ProjectRoot, limits: CSVLimits, mappedFrom: Int) {
    self.root = root
    self.limits = limits
    self.mappedFrom = mappedFrom
  }

  var count: Int { known.count }

  /// A file, if it was read.
  func known(_ path: String) -> Contents? { known.known(path) }

  /// A file, read now or before; a large one is mapped.
  ///
  /// - Parameter limit: bytes at most.
  func contents(of path: String, limit: Int) throws(FileRefusal) -> Contents {
    try known.value(of: path) { () throws(FileRefusal) in try read(path, limit: limit) }
  }

  private func read(_ path: String, limit: Int) throws(FileRefusal) -> Contents {
    let looked = try root.status(of: path, limit: limit)
    guard looked.size >= mappedFrom else {
      let (bytes, status) = try root.contentsAndStatus(of: path, limit: limit)
      return Contents(text: TextBytes(bytes), digest: SHA256Digest(of: bytes), status: status)
    }
    let (text, before) = try root.withDescriptor(of: path, limit: limit) {
      descriptor throws(FileRefusal) in
      if let file = MappedFile(descriptor: descriptor) { return TextBytes(file) }
      return TextBytes(try ProjectRoot.readAll(descriptor, limit: limit))
    }
    let digest = Self.digest(of: text)
    let after = try root.status(of: path, limit: limit)
    return Contents(
      text: text, digest: digest, status: before == after && text.isUnchanged ? after : nil)
  }

  /// The digest of a text, whose pages do not stay in memory where it is mapped.
  private static func digest(of text: TextBytes) -> SHA256Digest {
    var digester = SHA256Digester()
    let piece = 1 << 26
    for start in stride(from: 0, to: text.count, by: piece) {
      text.withBytes(start..<min(start + piece, text.count)) { digester.update($0) }
      text.releasePages()
    }
    return digester.finish()
  }

  /// The cells of a CSV file.
  ///
  /// - Parameter deadline: when reading is given up; nil: when the limits say.
  func table(
    of path: String, deadline: ContinuousClock.Instant? = nil
  ) throws(FileRefusal) -> Result<Table, CSVError> {
    let contents = try contents(of: path, limit: limits.bytes)
    return tables.value(of: path) {
      var limits = limits
      limits.deadline = deadline ?? limits.deadline
      return Result { [limits] () throws(CSVError) in
        try Table(csv: contents.text.withBytes { Array($0) }, limits: limits)
      }
    }
  }
}
