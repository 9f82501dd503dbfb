internal import Glibc

/// The file that this program was started from.
package enum RunningProgram {
  /// Differs from one build of the program to the next; nil where the system does not tell.
  package static var identity: String? {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return nil }
    let file = FileStatus(status)
    return "\(file.size) \(file.device) \(file.inode) "
      + "\(file.modified.seconds).\(file.modified.nanoseconds) "
      + "\(file.changed.seconds).\(file.changed.nanoseconds)"
  }
}
