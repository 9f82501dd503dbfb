internal import Execution
internal import FoundationEssentials
internal import Glibc

/// A store of one check alone: equal steps of several notebooks are computed once, and nothing of an
/// earlier run is trusted.
final class TemporaryStore {
  /// Nil where no folder could be made; then nothing is kept.
  let store: Store?
  private let folder: Folder?
  /// Takes the folder away when the program is interrupted.
  private let watch: InterruptionWatch?

  /// Makes a folder below TMPDIR, and removes those that processes which died have left.
  init() {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let parent = place.isEmpty ? "/tmp" : place
    Folder.removeLeftovers(in: parent)
    guard let folder = Folder.make(in: parent) else {
      (store, self.folder, watch) = (nil, nil, nil)
      return
    }
    self.folder = folder
    store = Store(directory: folder.path)
    watch = InterruptionWatch { [path = folder.path] in Folder.remove(path) }
  }

  /// Takes the folder away.
  func remove() {
    if let folder {
      Folder.remove(folder.path)
      close(folder.descriptor)
    }
    watch?.stop()
  }
}

/// A folder that is its process's own as long as that lives.
///
/// The lock on it says so, and not its name: a process identifier is another's, or nobody's, beside a
/// container that shares the place; and no name of somebody else's folder may ever be taken for one of
/// ours.
private struct Folder {
  let path: String
  /// Open for the lock, which ends with the process.
  let descriptor: Int32

  private static let name = "assay-check-store-"
  private static let letters = 6

  static func make(in parent: String) -> Folder? {
    // Who clears up may be there between the making and the lock, and take it for a leftover.
    for _ in 0..<10 {
      let pattern = "\(parent)/\(name)\(String(repeating: "X", count: letters))"
      var template = Array(pattern.utf8CString)
      guard mkdtemp(&template) != nil else { return nil }
      let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else {
        rmdir(path)
        continue
      }
      // Where there are no locks nobody can remove it, either.
      let held = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
      if held, access(path, F_OK) == 0 { return Folder(path: path, descriptor: descriptor) }
      close(descriptor)
    }
    return nil
  }

  static func remove(_ folder: String) {
    // A step that ends meanwhile may be written once more.
    for _ in 0..<3 where access(folder, F_OK) == 0 {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  static func removeLeftovers(in parent: String) {
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    where entry.hasPrefix(name) && entry.utf8.count == name.utf8.count + letters {
      let path = parent + "/" + entry
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_uid == getuid(),
        let contents = try? FileManager.default.contentsOfDirectory(atPath: path),
        contents.allSatisfy({ $0 == Store.layout }), flock(descriptor, LOCK_EX | LOCK_NB) == 0
      else { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}
