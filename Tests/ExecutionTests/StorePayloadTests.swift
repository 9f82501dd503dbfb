import Diagnostics
import Digests
import Execution
import Experiments
import Foundation
import JSON
import Testing

/// What a step leaves survives its files, and foreign files are refused.
@Suite struct StorePayloadTests {
  @Test(arguments: Step.Kind.allCases, Array(1...40) as [UInt64])
  func decodingGivesBackWhatWasEncoded(_ kind: Step.Kind, _ seed: UInt64) throws {
    var random = StoreRandom(seed: seed)
    let payload = StoreSample.entry(kind, &random).payload
    let files = payload.files
    let again = try StepPayload(
      kind, result: files[0].bytes, attachment: files.count > 1 ? files[1].bytes : nil)
    #expect(payload.hasSameNumbers(as: again), "seed \(seed)")
    #expect(payload.isSame(as: again), "seed \(seed)")
  }

  @Test func theFileOfAResultIsTheTextWhoseDigestLedgersShow() throws {
    var random = StoreRandom(seed: 5)
    let result = StoreSample.result(&random)
    let file = StepPayload.result(result).files[0]
    #expect(file.name == "result.json")
    #expect(SHA256Digest(of: file.bytes) == result.digest)
  }

  @Test(arguments: Step.Kind.allCases)
  func mutatedFilesGiveAPayloadOrAFaultAndNeverTrap(_ kind: Step.Kind) {
    var random = StoreRandom(seed: 11)
    var refused = 0
    for _ in 0..<300 {
      let files = StoreSample.entry(kind, &random).payload.files.map {
        Self.mutated($0.bytes, &random)
      }
      do throws(EntryFault) {
        _ = try StepPayload(kind, result: files[0], attachment: files.count > 1 ? files[1] : nil)
      } catch {
        refused += 1
        guard case .damaged(let reason) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(!reason.isEmpty)
      }
    }
    #expect(refused > 100)
  }

  @Test(arguments: [
    "", "[]", "{}", "{\"format\": 2}", "{\"format\": 1}", "\u{FEFF}{}", "{\"format\": 1e0}",
    "{\"format\": 1, \"measurements\": [{\"name\": \"a\", \"key\": \"b\", \"counts\": [], \"labels\": []}]}",
    "{\"format\": 1, \"measurements\": [{\"name\": \"a\", \"value\": 1e999, \"quantity\": \"loss\"}]}",
    "{\"format\": 1, \"epochs\": 1, \"steps\": 9999999999999999999999, \"series\": [], \"stopped_early\": true}",
  ])
  func wrongTextsAreDamage(_ text: String) {
    for kind in Step.Kind.allCases {
      #expect(throws: EntryFault.self, "\(kind)") {
        try StepPayload(kind, result: Array(text.utf8), attachment: nil)
      }
    }
  }

  @Test func textThatIsNotUTF8IsRefusedNotRepaired() {
    let bytes =
      Array("{\"format\": 1, \"measurements\": [], \"x\": \"".utf8) + [0xFF] + Array("\"}".utf8)
    #expect(throws: EntryFault.self) {
      try StepPayload(.evaluate, result: bytes, attachment: nil)
    }
  }

  @Test func sealedTextsProveEveryByte() throws {
    let bytes = SealedJSON.bytes(["a": .string("text"), "n": .integer(7)])
    #expect(SealedJSON.object(bytes, path: "a") != nil)
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        #expect(SealedJSON.object(changed, path: "a") == nil, "byte \(index), bit \(bit)")
      }
    }
    for count in 0..<bytes.count {
      #expect(SealedJSON.object(Array(bytes.prefix(count)), path: "a") == nil)
    }
  }

  static func mutated(_ bytes: [UInt8], _ random: inout StoreRandom) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<(1 + random.below(4)) where !bytes.isEmpty {
      let position = random.below(bytes.count)
      switch random.below(5) {
      case 0: bytes.remove(at: position)
      case 1: bytes.insert(bytes[random.below(bytes.count)], at: position)
      case 2: bytes.removeSubrange(position...)
      case 3: bytes.insert(contentsOf: bytes.prefix(random.below(bytes.count)), at: position)
      default: bytes[position] = UInt8(truncatingIfNeeded: random.next())
      }
    }
    return bytes
  }
}
