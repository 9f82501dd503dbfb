import CKernels

/// The kernels of an instruction set that this machine can run.
struct KernelTable: @unchecked Sendable, CustomStringConvertible {
  // Unchecked: kernel tables are immutable static memory.
  let kernels: UnsafePointer<AssayKernels>
  var description: String { String(cString: kernels.pointee.name) }

  /// The scalar table, which is the oracle of the others, and those.
  static let all: [KernelTable] = [
    ASSAY_ISA_SCALAR, ASSAY_ISA_NEON, ASSAY_ISA_AVX2, ASSAY_ISA_AVX512,
  ].compactMap { assay_kernels_for($0).map(KernelTable.init(kernels:)) }

  static var scalar: KernelTable? { all.first { $0.kernels.pointee.isa == ASSAY_ISA_SCALAR } }
}
