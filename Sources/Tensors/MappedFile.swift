#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The bytes of a file as memory: pages are read when they are touched, and shared with the
/// system's own copy.
///
/// Nothing keeps another process from writing to the file meanwhile. One that cuts it does not kill
/// this program (see ``MappingGuard``); whether the bytes were those of one file to the end says
/// ``isUnchanged``, to be asked after the last look at them. A file that is replaced by renaming,
/// as careful programs do, stays as it was here.
package final class MappedFile: @unchecked Sendable {
  // Unchecked: the memory is read only.
  package let bytes: UnsafeRawBufferPointer
  private let descriptor: Int32
  private let modified: timespec
  private let slot: Int

  /// Maps a whole file.
  ///
  /// Nil where the system does not map it, an empty file among them, and when
  /// ``MappingGuard/capacity`` files are mapped: whoever asks can read it instead.
  /// - Parameter descriptor: of a regular file that is open for reading; it stays the caller's.
  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard own >= 0 else { return nil }
    let count = Int(status.st_size)
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, own, 0),
      start != UnsafeMutableRawPointer(bitPattern: -1)
    else {
      close(own)
      return nil
    }
    guard let slot = MappingGuard.enter(start, count: count) else {
      munmap(start, count)
      close(own)
      return nil
    }
    self.slot = slot
    self.descriptor = own
    modified = status.st_mtim
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit {
    MappingGuard.leave(slot)
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    close(descriptor)
  }

  /// Lets go of the pages that were touched; they are read again when they are touched again.
  ///
  /// For one pass over a file that is larger than the memory the program may take. The system would
  /// drop the pages when it needs them, but until then they count as the program's.
  package func releasePages() {
    madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
  }

  /// Whether the file still has the size and the time of writing that it had when it was mapped,
  /// and never had fewer bytes when they were looked at.
  package var isUnchanged: Bool {
    var status = stat()
    return !MappingGuard.isTorn(slot) && fstat(descriptor, &status) == 0
      && Int(status.st_size) == bytes.count && status.st_mtim.tv_sec == modified.tv_sec
      && status.st_mtim.tv_nsec == modified.tv_nsec
  }
}
