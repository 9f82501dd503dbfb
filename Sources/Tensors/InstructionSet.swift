internal import CKernels

/// The instruction sets that kernels are written for; all give the same bits.
package enum InstructionSet: String, Sendable, CaseIterable {
  /// Portable C: the oracle of all others.
  case scalar
  case neon
  case avx2
  case avx512

  /// Whether this program has kernels for it and this CPU can run them.
  package var isAvailable: Bool { kernels != nil }

  /// Those that this CPU can run, the slowest first.
  package static var available: [InstructionSet] {
    allCases.filter(\.isAvailable)
  }

  /// The fastest that this CPU can run.
  package static var best: InstructionSet {
    switch assay_best_isa() {
    case ASSAY_ISA_AVX512: .avx512
    case ASSAY_ISA_AVX2: .avx2
    case ASSAY_ISA_NEON: .neon
    default: .scalar
    }
  }

  /// Why a name in `ASSAY_ISA` cannot be honoured.
  package enum SelectionFailure: Error, Sendable, Hashable {
    /// No instruction set has this name.
    case unknown(String)
    /// The CPU, or this build, lacks it.
    case unavailable(InstructionSet)
  }

  /// The instruction set that `name` (the value of `ASSAY_ISA`; nil or empty: none) asks for.
  package static func named(_ name: String?) -> Result<InstructionSet, SelectionFailure> {
    guard let name, !name.isEmpty else { return .success(best) }
    guard let choice = InstructionSet(rawValue: name) else { return .failure(.unknown(name)) }
    return choice.isAvailable ? .success(choice) : .failure(.unavailable(choice))
  }

  var kernels: UnsafePointer<AssayKernels>? {
    switch self {
    case .scalar: assay_kernels_for(ASSAY_ISA_SCALAR)
    case .neon: assay_kernels_for(ASSAY_ISA_NEON)
    case .avx2: assay_kernels_for(ASSAY_ISA_AVX2)
    case .avx512: assay_kernels_for(ASSAY_ISA_AVX512)
    }
  }
}

extension InstructionSet.SelectionFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknown(let name):
      "no instruction set is named '\(name)'; there are "
        + InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
    case .unavailable(let choice):
      "this CPU cannot run '\(choice.rawValue)'; it can run "
        + InstructionSet.available.map(\.rawValue).joined(separator: ", ")
    }
  }
}
