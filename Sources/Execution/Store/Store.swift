package import Diagnostics
internal import Digests
package import Experiments
internal import Glibc

/// Finished steps on disk, found by fingerprint.
///
/// Below ``directory`` stands `v1/`, the version of the layout, and in it
///
/// - `AB/CDEF…/`: one folder per fingerprint with `entry.json`, `result.json`, `log.json` and, for a
///   training, `weights.safetensors`;
/// - `new/`: entries while they are written; renamed into their place when complete and synced;
/// - `damaged/`: entries that were found unusable;
/// - `checkpoints/`: trainings in progress;
/// - `files/`: what is remembered of data files;
/// - `renderings/`: what is remembered of documents.
///
/// Nothing is ever locked: an entry appears by one rename, whoever comes second takes the first
/// one's, and every byte is checked against digests when it is read. So any number of processes may
/// use a store, on a network file system too, and none can leave it blocked by dying.
package struct Store: Sendable {
  /// Whether the store may be changed.
  package enum Access: Sendable { case readWrite, readOnly }

  /// Path of the store; nothing needs to be there yet.
  package let directory: String
  package let access: Access

  /// Makes nothing; folders come with the first entry.
  package init(directory: String, access: Access = .readWrite) {
    self.directory = directory
    self.access = access
  }

  /// Where the store of a project lies.
  package static func directory(of root: ProjectRoot) -> String {
    root.absolutePath(of: ".assay/store")
  }

  // MARK: Places

  /// The one folder in a store's: the version of the layout.
  package static let layout = "v1"

  var versionRoot: String { "\(directory)/\(Self.layout)" }
  var newFolder: String { versionRoot + "/new" }
  var damagedFolder: String { versionRoot + "/damaged" }
  var checkpointFolder: String { versionRoot + "/checkpoints" }
  var memoryFolder: String { versionRoot + "/files" }
  var renderingFolder: String { versionRoot + "/renderings" }

  /// The folder of an entry, whether it is there or not.
  package func path(of fingerprint: Fingerprint) -> String {
    let digits = fingerprint.hexadecimal
    return "\(versionRoot)/\(digits.prefix(2))/\(digits.dropFirst(2))"
  }

  /// Where the checkpoint of a training in progress is kept.
  package func checkpointPath(of fingerprint: Fingerprint) -> String {
    "\(checkpointFolder)/\(fingerprint.hexadecimal).safetensors"
  }

  // MARK: Reading

  /// The step of a fingerprint, checked against its digests; nil when it is not there.
  ///
  /// An entry that is damaged, cut short, foreign or of another format is set aside and counts as
  /// absent; the warning says so.
  package func entry(
    _ fingerprint: Fingerprint
  ) -> (entry: StoreEntry?, warning: Diagnostic?) {
    var fault: EntryFault?
    // Another process may have put a new folder in the place of the one that was being read.
    for _ in 0..<2 {
      do throws(EntryFault) {
        return (try StoreEntry(fingerprint, at: path(of: fingerprint)), nil)
      } catch {
        fault = error
        guard case .damaged = error else { break }
      }
    }
    switch fault {
    case .damaged(let reason):
      let place = setAside(fingerprint)
      return (nil, .damagedEntry(fingerprint, reason, setAsideTo: place))
    case .unreadable(let reason): return (nil, .unreadableEntry(fingerprint, reason))
    case .absent, nil: return (nil, nil)
    }
  }

  /// What the step of a fingerprint was made of, without reading its result; nil without a sound
  /// `entry.json`.
  package func provenance(of fingerprint: Fingerprint) -> Provenance? {
    (try? manifest(of: fingerprint))?.provenance
  }

  /// When and with what the step of a fingerprint was computed; nil without a sound entry.
  package func log(of fingerprint: Fingerprint) -> StepLog? {
    guard let folder = try? StoreFolder(path(of: fingerprint)),
      let manifest = try? EntryManifest(of: fingerprint, in: folder)
    else { return nil }
    return try? StepLog(manifest.contents(of: StepLog.fileName, limit: StepLog.limit, in: folder))
  }

  /// Whether an entry seems to be there; nothing is read.
  package func contains(_ fingerprint: Fingerprint) -> Bool {
    access(path(of: fingerprint) + "/" + EntryManifest.fileName)
  }

  private func access(_ path: String) -> Bool { Glibc.access(path, F_OK) == 0 }

  func manifest(of fingerprint: Fingerprint) throws(EntryFault) -> EntryManifest {
    let folder = try StoreFolder(path(of: fingerprint))
    return try EntryManifest(of: fingerprint, in: folder)
  }
}

extension EntryManifest {
  /// The `entry.json` of an open entry.
  init(of fingerprint: Fingerprint, in folder: borrowing StoreFolder) throws(EntryFault) {
    let bytes = try folder.contents(of: Self.fileName, count: nil, limit: Self.limit)
    try self.init(bytes, of: fingerprint)
  }

  /// A file of the entry, its digest checked.
  func contents(
    of name: String, limit: Int, in folder: borrowing StoreFolder
  ) throws(EntryFault) -> [UInt8] {
    guard let file = self[name] else { throw .damaged("`\(name)` is not listed") }
    let bytes = try folder.contents(of: name, count: file.count, limit: limit)
    guard file.matches(bytes) else { throw .damaged("`\(name)` has another digest") }
    return bytes
  }
}

extension StoreEntry {
  /// Reads and checks the entry of a fingerprint that lies in a folder.
  init(_ fingerprint: Fingerprint, at path: String) throws(EntryFault) {
    let folder = try StoreFolder(path)
    let manifest = try EntryManifest(of: fingerprint, in: folder)
    let log = try StepLog(
      manifest.contents(of: StepLog.fileName, limit: StepLog.limit, in: folder))
    var parts: [[UInt8]] = []
    for name in StepPayload.fileNames(of: manifest.provenance.kind) {
      parts.append(
        try manifest.contents(of: name, limit: StepPayload.limit(of: name), in: folder))
    }
    self.init(
      fingerprint: fingerprint, provenance: manifest.provenance,
      payload: try StepPayload(
        manifest.provenance.kind, result: parts[0], attachment: parts.count > 1 ? parts[1] : nil),
      log: log,
      resultDigest: manifest[StepPayload.resultName].flatMap {
        SHA256Digest(hexadecimal: $0.digest)
      })
  }
}
