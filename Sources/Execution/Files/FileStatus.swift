internal import Glibc

/// How a file looks from outside; equal looks mean the same bytes, save for what git calls races.
struct FileStatus: Sendable {
  let size: Int
  /// When its bytes were last changed; anybody may set it.
  let modified: FileTime
  /// When anything of it was last changed; set by the system alone.
  let changed: FileTime
  let inode: UInt64
  /// The file system that it lies on: a number that does not outlive a restart.
  let device: UInt64

  init(size: Int, modified: FileTime, changed: FileTime, inode: UInt64, device: UInt64 = 0) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.device = device
  }

  init(_ status: stat) {
    self.init(
      size: Int(status.st_size), modified: FileTime(status.st_mtim),
      changed: FileTime(status.st_ctim), inode: UInt64(status.st_ino),
      device: UInt64(status.st_dev))
  }

  /// Of a regular file; nil where there is none.
  init?(path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status)
  }
}

extension FileStatus: Equatable {
  static func == (first: FileStatus, second: FileStatus) -> Bool {
    first.size == second.size && first.modified == second.modified
      && first.changed == second.changed && first.inode == second.inode
  }
}

/// A time as file systems keep it.
struct FileTime: Sendable, Hashable {
  let seconds: Int
  let nanoseconds: Int

  init(seconds: Int, nanoseconds: Int) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  init(_ time: timespec) {
    self.init(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
  }
}
