internal import Tensors

/// With what steps are computed: instruction set and threads.
///
/// No result depends on it.
package struct Machine: Sendable {
  let compute: Compute
  /// Threads that somebody asked for; nil: whatever fits the cores.
  private let requestedThreads: Int?

  /// Why an instruction set cannot be used, in words.
  package struct Refusal: Error, Sendable, CustomStringConvertible {
    package let description: String
  }

  init(compute: Compute, requestedThreads: Int? = nil) {
    self.compute = compute
    self.requestedThreads = requestedThreads
  }

  /// The means of computing of steps that run at once.
  ///
  /// Unless somebody says otherwise, as many as there is work for and threads × jobs fit the cores:
  /// two trainings with one thread each are faster than one after the other with two.
  /// - Parameters:
  ///   - jobs: how many; nil: chosen here.
  ///   - parallel: how many there is work for.
  func workers(jobs requested: Int?, parallel: Int) -> [Compute] {
    let cores = ThreadPool().count
    let fitting = max(1, cores / max(1, requestedThreads ?? 1))
    let jobs = min(max(1, parallel), requested ?? fitting)
    if jobs == 1 { return [compute] }
    let threads = requestedThreads ?? max(1, cores / jobs)
    return (0..<jobs).map { _ in
      Compute(instructionSet: compute.instructionSet, threads: ThreadPool(count: threads))
    }
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
        Machine(
          compute: Compute(instructionSet: set, threads: ThreadPool(count: threads)),
          requestedThreads: threads))
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
