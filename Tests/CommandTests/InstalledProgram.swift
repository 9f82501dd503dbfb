import Foundation
import TestSupport

/// Programs of the machine that tests run: compilers, and readers of object files.
enum InstalledProgram {
  /// The program of that name on PATH, or beside the Swift compiler; nil when there is none.
  static func find(_ name: String) -> Command? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    var folders = path.split(separator: ":").map { URL(fileURLWithPath: String($0)) }
    folders += folders.map { $0.appendingPathComponent("swift") }
      .filter { FileManager.default.isExecutableFile(atPath: $0.path) }
      .map { $0.resolvingSymlinksInPath().deletingLastPathComponent() }
    return folders.map { $0.appendingPathComponent(name).path }
      .first(where: FileManager.default.isExecutableFile(atPath:)).map(Command.init(path:))
  }
}
