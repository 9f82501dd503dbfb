import Foundation
import JSON
import Learning
import Tensors
import Testing

/// Files that nobody wrote: readers refuse them or read them, and never trap or hang.
///
/// `FUZZ=n` multiplies the inputs; every seed is printed with a failure.
@Suite struct PretrainedFuzzTests {
  private static func count(_ base: Int) -> Int {
    base * (ProcessInfo.processInfo.environment["FUZZ"].flatMap(Int.init) ?? 1)
  }

  private static var seed: UInt64 {
    ProcessInfo.processInfo.environment["FUZZ_SEED"].flatMap(UInt64.init) ?? 2026
  }

  /// A mutated file with its header's length and its data as long as they should be, mostly.
  private func mutate(_ file: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = TextMutation.mutate(Array(file[8..<8 + length]), &random)
    var data = Array(file[(8 + length)...])
    switch TextMutation.below(16, &random) {
    case 0: data.removeLast(min(data.count, 1 + TextMutation.below(40, &random)))
    case 1: data += [UInt8](repeating: 0, count: 1 + TextMutation.below(40, &random))
    default: break
    }
    var count = UInt64(header.count)
    if TextMutation.below(32, &random) == 0 { count = random.next() >> (random.next() % 64) }
    return withUnsafeBytes(of: count.littleEndian) { Array($0) } + header + data
  }

  @Test("safetensors")
  func safetensors() throws {
    var random = SplitMix(state: Self.seed)
    let tensor = Tensor([1, 2, 3, 4, 5, 6], shape: Shape(2, 3))
    let seeds = [
      SafetensorsFile.encoded([], metadata: ["format": "pt"]),
      SafetensorsFile.encoded(
        [
          SafetensorsArray("a", .float32(tensor)), SafetensorsArray("b", .int64([1, 2])),
          SafetensorsArray("c", .uint8([1, 2, 3])), SafetensorsArray("d", .float64([1])),
        ], metadata: ["format": "pt"]),
      SafetensorsFileTests.file(
        "{\"h\":{\"dtype\":\"F16\",\"shape\":[2,1],\"data_offsets\":[0,4]},"
          + "\"g\":{\"dtype\":\"BF16\",\"shape\":[0],\"data_offsets\":[4,4]}}", data: [1, 2, 3, 4]),
    ]
    var read = 0
    for _ in 0..<Self.count(20_000) {
      let bytes = mutate(seeds[TextMutation.below(seeds.count, &random)], &random)
      guard let file = try? SafetensorsFile(bytes) else { continue }
      read += 1
      var total = 0
      for entry in file.entries {
        total += entry.bytes.count
        if let tensor = try? file.tensor(entry.name) { #expect(tensor.count == entry.count) }
        _ = try? file.integers(entry.name)
        _ = try? file.doubles(entry.name)
      }
      #expect(total < bytes.count, "seed \(Self.seed): \(bytes)")
    }
    #expect(read > 0, "seed \(Self.seed): nothing was ever read")
  }

  @Test("config.json")
  func configs() throws {
    var random = SplitMix(state: Self.seed ^ 1)
    let classifier = PretrainedConfig(
      TinyBert.config, architecture: .sequenceClassification, labels: ["a", "b"],
      problemType: .regression)
    let seeds = [
      PretrainedConfig(BertConfig(), architecture: .pretraining).encoded(), classifier.encoded(),
      Array("{\"hidden_size\": 64, \"model_type\": \"bert\", \"pruned_heads\": {}}".utf8),
    ]
    var read = 0
    for _ in 0..<Self.count(20_000) {
      let bytes = TextMutation.mutate(seeds[TextMutation.below(seeds.count, &random)], &random)
      do throws(PretrainedError) {
        let config = try PretrainedConfig(json: bytes)
        read += 1
        var known = config
        known.unknownKeys = []
        let again = try PretrainedConfig(json: config.encoded())
        #expect(again == known, "seed \(Self.seed): \(String(decoding: bytes, as: UTF8.self))")
      } catch {
        #expect(error.description.count < 2000)
      }
    }
    #expect(read > 0, "seed \(Self.seed): nothing was ever read")
  }

  @Test("folders: configuration, index and shards")
  func folders() throws {
    var random = SplitMix(state: Self.seed ^ 2)
    let bert = try TinyBert(.pretraining)
    let classifier = try TinyBert(.classifier(outputs: 2))
    let seeds = [
      ShardedSafetensorsTests.folder(bert), bert.folder(.pretraining, bert.arrays()),
      classifier.folder(.sequenceClassification, classifier.arrays(), labels: ["a", "b"]),
    ]
    var read = 0
    for _ in 0..<Self.count(2_000) {
      var folder = seeds[TextMutation.below(seeds.count, &random)]
      let name = folder.files.keys.sorted()[TextMutation.below(folder.files.count, &random)]
      let bytes = folder.files[name] ?? []
      folder.files[name] =
        name.hasSuffix(".safetensors")
        ? mutate(bytes, &random) : TextMutation.mutate(bytes, &random)
      if let error = PretrainedError.reading(folder) {
        #expect(error.description.count < 2000)
      } else {
        read += 1
      }
    }
    #expect(read > 0, "seed \(Self.seed): nothing was ever read")
  }

  @Test("any JSON: what is read is read again from its canonical text")
  func json() throws {
    var random = SplitMix(state: Self.seed ^ 3)
    let seeds = [
      Array(
        "{\"a\": [1, 2.5e-3, -0, {\"b\": null}], \"\u{E9}\": \"\\u00e9\\n\", \"c\": [true]}".utf8),
      Array("[[1,2,3],[0.1,1e22,123456789012345678901234567890],[[[]]],{}]".utf8),
    ]
    var read = 0
    for _ in 0..<Self.count(20_000) {
      let bytes = TextMutation.mutate(seeds[TextMutation.below(seeds.count, &random)], &random)
      do throws(JSONFault) {
        let node = try JSONParser.parse(bytes, path: "a.json")
        read += 1
        let value = try Self.canonical(node)
        let again = try JSONParser.parse(Array(value.text.utf8), path: "b.json")
        #expect(try Self.canonical(again).text == value.text)
      } catch {
        #expect(error.range.position.line > 0)
      }
    }
    #expect(read > 0, "seed \(Self.seed): nothing was ever read")
  }

  private static func canonical(_ node: JSONNode) throws(JSONFault) -> CanonicalJSON {
    switch node.value {
    case .null: return .null
    case .bool(let flag): return .bool(flag)
    case .number: return .double(try node.double())
    case .string(let text): return .string(text)
    case .array, .numbers: return .array(try node.array(canonical))
    case .object(let members):
      var values: [(String, CanonicalJSON)] = []
      for member in members { values.append((member.key, try canonical(member.node))) }
      return .ordered(values)
    }
  }
}
