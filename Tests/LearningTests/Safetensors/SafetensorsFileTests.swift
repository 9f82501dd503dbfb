import Foundation
import Learning
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsFileTests {
  static func fixture(_ name: String, file: String = #filePath) throws -> [UInt8] {
    let tests = URL(fileURLWithPath: file).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return Array(
      try Data(contentsOf: tests.appendingPathComponent("Fixtures/safetensors/\(name)")))
  }

  /// The contents of `written.safetensors`, as `make_safetensors.py` gives them.
  static let contents: [SafetensorsArray] = [
    SafetensorsArray("bytes", .uint8([0, 127, 255])),
    SafetensorsArray("scalar", .float32(Tensor([7], shape: Shape([])))),
    SafetensorsArray("empty", .float32(Tensor([], shape: Shape(0, 3)))),
    SafetensorsArray("2.weight", .float32(Tensor([2]))),
    SafetensorsArray("10.weight", .float32(Tensor([10]))),
    SafetensorsArray(
      "a \"quoted\" \\ name\n\t\u{1}",
      .float32(Tensor([0x7FC0_0001, 0xFF80_0000, 0x7F80_0001].map(Float.init(bitPattern:))))),
    SafetensorsArray("integers", .int64([.min, .max])),
    SafetensorsArray(
      "doubles",
      .float64(
        [0x8000_0000_0000_0000, 0x7FF8_0000_0000_0123, 0x3FB9_9999_9999_999A].map(
          Double.init(bitPattern:)))),
    SafetensorsArray("rank4", .float32(Tensor([1, 2, 3, 4, 5, 6], shape: Shape(1, 2, 1, 3)))),
    SafetensorsArray(
      "名/é",
      .float32(
        Tensor([0.5, -0.0, 1.5, -2.25, .infinity, .leastNonzeroMagnitude], shape: Shape(2, 3)))),
  ]

  @Test("the official writer's file of the same contents has the same bytes, in any order")
  func officialBytes() throws {
    let official = try Self.fixture("written.safetensors")
    #expect(SafetensorsFile.encoded(Self.contents, metadata: ["format": "pt"]) == official)
    #expect(
      SafetensorsFile.encoded(Self.contents.reversed(), metadata: ["format": "pt"]) == official)
  }

  @Test("what was written is read back bit for bit, from memory and from disk")
  func roundTrip() throws {
    let folder = try TemporaryFolder("safetensors")
    let bytes = SafetensorsFile.encoded(Self.contents, metadata: ["format": "pt", "b": "é\n"])
    try folder.write(Data(bytes), to: "a.safetensors")
    let path = folder.url("a.safetensors").path
    for file in [try SafetensorsFile(bytes), try SafetensorsFile(path: path)] {
      #expect(file.metadata == ["format": "pt", "b": "é\n"])
      #expect(file.entries.count == Self.contents.count)
      for array in Self.contents {
        switch array.elements {
        case .float32(let tensor):
          #expect(try file.tensor(array.name).hasSameBits(as: tensor), "\(array.name)")
        case .float64(let values):
          #expect(try file.doubles(array.name).map(\.bitPattern) == values.map(\.bitPattern))
        case .int64(let values): #expect(try file.integers(array.name) == values)
        case .uint8(let values): #expect(try file.bytes(array.name) == values)
        }
      }
    }
  }

  @Test("other float types become float32: halves exactly, doubles rounded once")
  func otherTypes() throws {
    let file = try SafetensorsFile(Self.fixture("read.safetensors"))
    #expect(
      try file.tensor("half").hasSameBits(
        as: Tensor([1.5, -0.0, 65504, 0x1p-24, .infinity, -2], shape: Shape(2, 3))))
    #expect(try file.tensor("brain").hasSameBits(as: Tensor([1.5, -0.0, .infinity, -2])))
    #expect(
      try file.tensor("double").hasSameBits(
        as: Tensor([0.1, -.infinity, 16_777_216, 0], shape: Shape(2, 2))))
    #expect(try file.integers("position_ids") == [0, 1, 2, 3])
    #expect(file["position_ids"]?.dimensions == [1, 4])
    #expect(throws: SafetensorsError.wrongType(tensor: "small", found: .int32)) {
      try file.tensor("small")
    }
    #expect(throws: SafetensorsError.wrongType(tensor: "half", found: .float16)) {
      try file.doubles("half")
    }
    #expect(throws: SafetensorsError.rankAboveFour(tensor: "rank5", rank: 5)) {
      try file.tensor("rank5")
    }
    #expect(throws: SafetensorsError.noTensor("none")) { try file.tensor("none") }
  }

  /// Longer than the piece in which they are converted.
  @Test("every half-precision number has its float32 value, NaN payloads included")
  func halves() throws {
    let patterns = (0...UInt16.max).map { $0 }
    var data: [UInt8] = []
    for pattern in patterns { withUnsafeBytes(of: pattern.littleEndian) { data += $0 } }
    let half = try SafetensorsFile(Self.file(type: "F16", shape: [65536], data: data)).tensor("x")
    let brain = try SafetensorsFile(Self.file(type: "BF16", shape: [65536], data: data)).tensor("x")
    for (index, pattern) in patterns.enumerated() {
      let expected = Float16(bitPattern: pattern)
      if expected.isNaN {
        // A conversion by the processor would quieten the NaN; ours keeps all bits.
        #expect(
          half[index].bitPattern == UInt32(pattern & 0x8000) << 16 | 0x7F80_0000 | UInt32(
            pattern & 0x3FF) << 13)
      } else {
        #expect(half[index].bitPattern == Float(expected).bitPattern)
      }
      #expect(brain[index].bitPattern == UInt32(pattern) << 16)
    }
  }

  /// A file of one tensor `x` with a header as given.
  static func file(type: String, shape: [Int], data: [UInt8]) -> [UInt8] {
    let sizes = shape.map { "\($0)" }.joined(separator: ",")
    return file(
      "{\"x\":{\"dtype\":\"\(type)\",\"shape\":[\(sizes)],\"data_offsets\":[0,\(data.count)]}}",
      data: data)
  }

  static func file(_ header: String, data: [UInt8] = []) -> [UInt8] {
    file(Array(header.utf8), data: data)
  }

  static func file(_ header: [UInt8], data: [UInt8] = []) -> [UInt8] {
    var bytes: [UInt8] = []
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes += $0 }
    return bytes + header + data
  }

  @Test("a folder, a pipe, nothing and a file cut after its opening are errors, not hangs")
  func unusualFiles() throws {
    let folder = try TemporaryFolder("safetensors")
    #expect(throws: SafetensorsError.notAFile) { try SafetensorsFile(path: folder.url.path) }
    let pipe = folder.url("pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: SafetensorsError.notAFile) { try SafetensorsFile(path: pipe) }
    #expect(throws: SafetensorsError.unreadable(reason: "No such file or directory")) {
      try SafetensorsFile(path: folder.url("none").path)
    }
    let bytes = SafetensorsFile.encoded([SafetensorsArray("x", .int64([1, 2, 3]))])
    try folder.write(Data(bytes), to: "cut")
    let path = folder.url("cut").path
    let file = try SafetensorsFile(path: path)
    #expect(truncate(path, off_t(bytes.count - 9)) == 0)
    #expect(throws: SafetensorsError.changed) { try file.integers("x") }
  }

  @Test("files beyond the limits are refused before their contents are read")
  func limits() throws {
    let bytes = SafetensorsFile.encoded([SafetensorsArray("x", .int64([1]))])
    #expect(throws: SafetensorsError.tooManyBytes(limit: bytes.count - 1)) {
      try SafetensorsFile(bytes, limits: SafetensorsLimits(bytes: bytes.count - 1))
    }
    #expect(throws: SafetensorsError.headerTooLong(limit: 8)) {
      try SafetensorsFile(bytes, limits: SafetensorsLimits(headerBytes: 8))
    }
    #expect(throws: SafetensorsError.headerTooLong(limit: 1 << 24)) {
      try SafetensorsFile([UInt8](repeating: 255, count: 16))
    }
    // A file of 32 TiB that takes no room: nothing is allocated for what it claims to hold.
    let folder = try TemporaryFolder("safetensors")
    try folder.write(Data(), to: "huge")
    let path = folder.url("huge").path
    if truncate(path, 1 << 42) == 0 {
      #expect(throws: SafetensorsError.tooManyBytes(limit: 1 << 34)) {
        try SafetensorsFile(path: path)
      }
    }
  }

  @Test("parameters are read back in their order, which is not that of the file")
  func parameterSets() throws {
    let set = ParameterSet(
      names: ["2.weight", "10.weight", "10.bias"],
      tensors: [
        Tensor([1, .nan], shape: Shape(1, 2)), Tensor([3, -0.0], shape: Shape(2, 1)), Tensor([5]),
      ])
    let bytes = set.encoded(metadata: ["model": "net"])
    let file = try SafetensorsFile(bytes)
    #expect(file.entries.map(\.name) == ["10.bias", "10.weight", "2.weight"])
    #expect(file.metadata["model"] == "net")
    #expect(try ParameterSet(file).hasSameBits(as: set))
    #expect(set.encoded(metadata: ["model": "net"]) == bytes)
    let model = try Sequential([.linear(Linear(outputs: 2)), .relu], inputs: 3)
    let initial = model.initialParameters(key: .test, compute: Compute())
    #expect(try model.accepts(ParameterSet(SafetensorsFile(initial.encoded()))))
    #expect(!model.accepts(set))
    let transposed = initial.tensors.map { Tensor($0.values, shape: .matrix($0.columns, $0.rows)) }
    #expect(!model.accepts(ParameterSet(names: initial.names, tensors: transposed)))
    let empty = ParameterSet(names: [], tensors: [])
    #expect(try ParameterSet(SafetensorsFile(empty.encoded())).names.isEmpty)
    let tensor = SafetensorsArray("a", .float32(Tensor([1])))
    let unsuitable: [[String: String]] = [
      [:], ["parameters": ""], ["parameters": "a\na"], ["parameters": "a\nb"], ["parameters": "b"],
    ]
    for metadata in unsuitable {
      let file = try SafetensorsFile(SafetensorsFile.encoded([tensor], metadata: metadata))
      #expect(throws: SafetensorsError.self, "\(metadata)") { try ParameterSet(file) }
    }
    let doubles = SafetensorsArray("a", .float64([1]))
    #expect(throws: SafetensorsError.wrongType(tensor: "a", found: .float64)) {
      try ParameterSet(
        SafetensorsFile(SafetensorsFile.encoded([doubles], metadata: ["parameters": "a"])))
    }
  }
}
