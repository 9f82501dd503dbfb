#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What tensors, and the process around them, have taken of the machine's memory.
package enum TensorMemory {
  /// Buffers asked of the system so far; stays as it is while free ones are used again.
  package static var allocations: Int { BufferPool.shared.allocations }

  /// The largest resident size of this process so far, in bytes; 0 where the system does not say.
  package static var peakResidentBytes: Int {
    var usage = rusage()
    // RUSAGE_SELF, which Glibc imports as an enumeration that its own function does not take.
    guard getrusage(0, &usage) == 0 else { return 0 }
    return Int(usage.ru_maxrss) * 1024
  }

  /// The resident size of this process now, in bytes; the largest so far where the system does not
  /// say.
  ///
  /// One system call, so that a training can ask every few steps.
  package static var residentBytes: Int {
    // Seven numbers of pages: size, resident, shared, …
    let found = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 160) { buffer -> Int? in
      let count = pread(statm, buffer.baseAddress, buffer.count, 0)
      guard count > 0 else { return nil }
      let fields = buffer[..<count].split(separator: UInt8(ascii: " "))
      return fields.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }
    return found.map { $0.multipliedReportingOverflow(by: pageSize).partialValue }
      ?? peakResidentBytes
  }

  /// Kept open: a name is looked up once.
  private static let statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)

  private static let pageSize = max(1, Int(sysconf(Int32(_SC_PAGESIZE))))
}
