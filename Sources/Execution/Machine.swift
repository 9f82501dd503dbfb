internal import Tensors

/// With what steps are computed: instruction set and threads.
///
/// No result depends on it.
package struct Machine: Sendable {
  let compute: Compute

  /// Why an instruction set cannot be used, in words.
  package struct Refusal: Error, Sendable, CustomStringConvertible {
    package let description: String
  }

  init(compute: Compute) {
    self.compute = compute
  }

  /// The machine with the instruction set of that name and that many threads.
  ///
  /// - Parameters:
  ///   - instructionSet: as in `ASSAY_ISA`; nil or empty: the fastest that the CPU has.
  ///   - threads: nil: one per core.
  package static func selected(
    instructionSet: String?, threads: Int?
  ) -> Result<Machine, Refusal> {
    switch InstructionSet.named(instructionSet) {
    case .success(let set):
      .success(
        Machine(compute: Compute(instructionSet: set, threads: ThreadPool(count: threads))))
    case .failure(let failure):
      .failure(Refusal(description: failure.description))
    }
  }

  package var instructionSet: String { compute.instructionSet.rawValue }
  package var threadCount: Int { compute.threads.count }

  /// Names of the instruction sets that this CPU can run, the slowest first.
  package static var availableInstructionSets: [String] {
    InstructionSet.available.map(\.rawValue)
  }

  /// Version of the numeric law that every result obeys.
  package static var numericsVersion: Int { Tensors.numericsVersion }
}
