internal import CKernels

/// The means of computing: one instruction set's kernels and the threads that share the work.
///
/// A value that is passed along; no result depends on which one is used.
package struct Compute: @unchecked Sendable {
  // Unchecked: the kernel table is immutable static memory.
  package let instructionSet: InstructionSet
  package let threads: ThreadPool
  let kernels: UnsafePointer<AssayKernels>

  /// - Parameters:
  ///   - instructionSet: one that is available (`InstructionSet.isAvailable`).
  ///   - threads: shared by all values that should not compete for cores.
  package init(instructionSet: InstructionSet = .best, threads: ThreadPool = .serial) {
    guard let table = instructionSet.kernels else {
      preconditionFailure("\(instructionSet.rawValue) is not available on this CPU")
    }
    self.instructionSet = instructionSet
    self.threads = threads
    kernels = table
  }
}
