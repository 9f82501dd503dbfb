internal import Glibc
internal import Tensors

/// The worker of `make bench` that runs Assay's own engine.
///
/// It answers requests, one a line, until its input ends: see ``Request`` for the forms and
/// ``Conversation`` for the answers. `ASSAY_ISA` chooses the instruction set as in the product.
/// Options: `--threads N`, for requests that do not say; default 1.
@main
struct AssayBench {
  static func main() {
    let instructionSet: InstructionSet
    switch InstructionSet.named(getenv("ASSAY_ISA").map { String(cString: $0) }) {
    case .success(let set): instructionSet = set
    case .failure(let failure): refuse("ASSAY_ISA: \(failure)")
    }
    guard let threads = threads(in: CommandLine.arguments.dropFirst()) else {
      refuse("usage: assay-bench [--threads N]")
    }
    var bench = Bench(machines: Machines(instructionSet: instructionSet, threads: threads))
    var conversation = Conversation()
    while let line = conversation.next() { bench.answer(line, in: &conversation) }
  }

  private static func threads(in arguments: ArraySlice<String>) -> Int? {
    if arguments.isEmpty { return 1 }
    guard arguments.count == 2, arguments.first == "--threads",
      let count = arguments.last.flatMap({ Int($0) }), (1...1024).contains(count)
    else { return nil }
    return count
  }

  /// Ends with the status of a wrong use (EX_USAGE).
  private static func refuse(_ message: String) -> Never {
    // Not `fputs`: C's `stderr` is a shared variable, which Swift 6 does not let be named.
    let line = Array("assay-bench: \(message)\n".utf8)
    _ = write(2, line, line.count)
    exit(64)
  }
}
