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
}
