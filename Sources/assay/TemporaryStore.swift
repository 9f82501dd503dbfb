internal import Execution
internal import FoundationEssentials
internal import Glibc

/// A store of one check alone: equal steps of several notebooks are computed once, and nothing of an
/// earlier run is trusted.
final class TemporaryStore {
  /// Nil where no folder could be made; then nothing is kept.
  let store: Store?
  private let folder: String?
  /// Takes the folder away when the program is interrupted.
  private let watch: InterruptionWatch?

  private static let name = "assay-check-"

  /// Makes a folder below TMPDIR, and removes those that processes which died have left.
  init() {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let parent = place.isEmpty ? "/tmp" : place
    Self.removeLeftovers(in: parent)
    var template = Array("\(parent)/\(Self.name)\(getpid())-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      (store, folder, watch) = (nil, nil, nil)
      return
    }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    folder = path
    store = Store(directory: path)
    watch = InterruptionWatch { Self.remove(path) }
  }

  /// Takes the folder away.
  func remove() {
    if let folder { Self.remove(folder) }
    watch?.stop()
  }

  private static func remove(_ folder: String) {
    // A step that ends meanwhile may be written once more.
    for _ in 0..<3 where access(folder, F_OK) == 0 {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  private static func removeLeftovers(in parent: String) {
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    where entry.hasPrefix(name) {
      let digits = entry.dropFirst(name.count).prefix { $0 != "-" }
      guard let process = pid_t(digits), process > 0, kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      var status = stat()
      guard lstat(parent + "/" + entry, &status) == 0, status.st_uid == getuid(),
        status.st_mode & S_IFMT == S_IFDIR
      else { continue }
      try? FileManager.default.removeItem(atPath: parent + "/" + entry)
    }
  }
}
