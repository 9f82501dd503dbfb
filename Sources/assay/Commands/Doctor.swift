internal import ArgumentParser
internal import Execution
internal import Notebooks

/// `assay doctor`: what this machine computes with, and whether it obeys the numeric law.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what this machine computes with, and test that its numbers are the law's.",
    discussion: "Exit status 1 when a fixed training does not give the bits that it must give.")

  @OptionGroup var computing: ComputeOptions

  @Flag(help: "Print the names of the instruction sets that this CPU can run, and nothing else.")
  var instructionSets = false

  func run() throws {
    let machine = try computing.machine()
    let available = Machine.availableInstructionSets
    if instructionSets {
      StandardStream.output.write(available.map { $0 + "\n" }.joined())
      return
    }
    let test = SelfTest(on: machine)
    StandardStream.output.write(
      """
      assay              \(Assay.configuration.version)
      numerics version   \(Machine.numericsVersion)
      instruction set    \(machine.instructionSet) (of \(available.joined(separator: ", ")))
      threads            \(machine.threadCount)
      CommonMark         libcmark \(CommonMarkLibrary.version)
      self-test          \(test.digest)
      law                \(SelfTest.expectedDigest)
      \(test.passed ? "the same: results of this machine are everybody's" : "DIFFERENT: do not publish results of this machine")

      """)
    try end(test.passed ? .fine : .drifted)
  }
}
