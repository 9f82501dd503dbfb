internal import Experiments
internal import Glibc
internal import JSON

/// When and with what a step was computed; no result depends on it.
package struct StepLog: Sendable, Hashable {
  static let fileName = "log.json"
  /// Bytes beyond which a `log.json` is not read.
  static let limit = 1 << 20

  /// Seconds since 1970, UTC, when the work ended; from 1970 to 9999.
  package let computed: Int
  /// How long it took, in all runs that had a part in it.
  package let seconds: Double
  package let threads: Int
  package let instructionSet: String
  /// Largest resident size of the process until then, in bytes.
  package let peakMemory: Int

  package init(
    computed: Int, seconds: Double, threads: Int, instructionSet: String, peakMemory: Int
  ) {
    self.computed = min(max(0, computed), UTCTime.lastSecond)
    self.seconds = seconds
    self.threads = threads
    self.instructionSet = instructionSet
    self.peakMemory = peakMemory
  }

  /// The log of work that ends now.
  package init(endingNow seconds: Double, threads: Int, instructionSet: String, peakMemory: Int) {
    self.init(
      computed: time(nil), seconds: seconds, threads: threads, instructionSet: instructionSet,
      peakMemory: peakMemory)
  }

  /// ``computed`` as people write it: `2026-08-01T12:00:00Z`.
  package var computedText: String { UTCTime.text(computed) }
}

extension StepLog {
  var bytes: [UInt8] {
    CanonicalJSON.object([
      "computed": .string(computedText),
      "instruction_set": .string(instructionSet),
      "peak_memory": .integer(peakMemory),
      "seconds": .double(seconds),
      "threads": .integer(threads),
    ]).bytes
  }

  init(_ bytes: [UInt8]) throws(EntryFault) {
    do throws(JSONFault) {
      let node = try JSONParser.parse(bytes, path: Self.fileName)
      let computed = try node.member("computed")
      guard let second = UTCTime.seconds(try computed.string()) else {
        throw JSONFault("a time is written 2026-08-01T12:00:00Z", at: computed.range)
      }
      self.init(
        computed: second, seconds: try node.member("seconds").double(),
        threads: try node.member("threads").integer(),
        instructionSet: try node.member("instruction_set").string(),
        peakMemory: try node.member("peak_memory").integer())
    } catch {
      throw .damaged("`\(Self.fileName)`: \(error.message)")
    }
  }
}
