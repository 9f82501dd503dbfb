internal import Tensors

/// One instruction set with any number of threads; each number's pool is started once.
struct Machines {
  let instructionSet: InstructionSet
  /// For requests that name no number.
  let threads: Int
  private var known: [Int: Compute] = [:]

  init(instructionSet: InstructionSet, threads: Int) {
    self.instructionSet = instructionSet
    self.threads = threads
  }

  /// - Parameter count: threads, 1 to 1024; nil: the worker's own number.
  subscript(count: Int?) -> Compute {
    mutating get {
      let count = count ?? threads
      if let compute = known[count] { return compute }
      let compute = Compute(instructionSet: instructionSet, threads: ThreadPool(count: count))
      known[count] = compute
      return compute
    }
  }
}
