internal import ArgumentParser
internal import Diagnostics
internal import Execution
internal import Glibc

/// With what to compute; no result depends on it.
struct ComputeOptions: ParsableArguments {
  @Option(
    help: """
      Threads of each job, 1 to 256; default: as many as fit the cores. No result depends on it.
      """)
  var threads: Int?

  @Option(
    name: [.customShort("j"), .long],
    help: """
      Steps computed at once, 1 to 256; default: as many as fit the cores. No result depends on it.
      """)
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("--jobs takes a number from 1 to 256, not \(jobs)")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 256, not \(threads)")
    }
  }

  /// The machine as asked for: `--threads`, and `ASSAY_ISA` from the environment.
  func machine() throws -> Machine {
    let name = getenv("ASSAY_ISA").map { String(cString: $0) }
    switch Machine.selected(instructionSet: name, threads: threads) {
    case .success(let machine): return machine
    case .failure(let refusal):
      throw ValidationError("ASSAY_ISA: \(refusal.description.escapingControlCharacters)")
    }
  }
}
