import Learning
import Tensors
import Testing

/// Files that break a rule of the format, one at a time.
@Suite struct SafetensorsFaultTests {
  private func error(_ bytes: [UInt8]) -> SafetensorsError? {
    do {
      _ = try SafetensorsFile(bytes)
      return nil
    } catch { return error }
  }

  private func error(_ header: String, data count: Int = 0) -> SafetensorsError? {
    error(SafetensorsFileTests.file(header, data: [UInt8](repeating: 0, count: count)))
  }

  private func tensor(
    _ name: String, _ offsets: String
  ) -> String {
    tensor(name, "U8", "[1]", offsets)
  }

  private func tensor(
    _ name: String, _ type: String, _ shape: String, _ offsets: String
  ) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  @Test("headers that are not the JSON of the format")
  func malformedHeaders() {
    let faults = [
      "", " {}", "[]", "{", "{}x", "{} {}", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1}",
      "{\"a\":{}}", "{\"a\":{\"dtype\":\"U8\"}}", "{\"a\":{\"dtype\":\"U8\",\"shape\":[]}}",
      "{\(tensor("a", "[0,1]")),}", "{\(tensor("a", "[0,1]"))", "{\(tensor("a", "[0,1,1]"))}",
      "{\(tensor("a", "[1,0]"))}", "{\(tensor("a", "[0]"))}", "{\(tensor("a", "[-1,0]"))}",
      "{\(tensor("a", "[0,1.0]"))}", "{\(tensor("a", "[0,1e0]"))}", "{\(tensor("a", "[0,01]"))}",
      "{\(tensor("a", "[0,\"1\"]"))}", "{\(tensor("a", "[0,9223372036854775808]"))}",
      "{\(tensor("a", "[0,99999999999999999999]"))}",
      "{\(tensor("a", "[0,1]").dropLast()),\"x\":1}}",
      "{\(tensor("a", "[0,1]").dropLast()),\"dtype\":\"U8\"}}", "{\"a\\x\":{}}", "{\"\\ud800\":{}}",
      "{\"\\ud800\\u0041\":{}}", "{\"\\udc00\":{}}", "{\"\\u00g0\":{}}", "{\"\\u00",
      "{\"a\nb\":{}}",
      "{\"a", "{\"__metadata__\":{\"a\":1}}", "{\"__metadata__\":[]}", "{\"__metadata__\":{\"a\"}}",
      "{\"a\":\(String(repeating: "[", count: 100_000))}",
      String(repeating: "{\"a\":", count: 100_000),
    ]
    for header in faults {
      guard case .malformedHeader = error(header, data: 1) else {
        Issue.record("\(header.prefix(120)): \(String(describing: error(header, data: 1)))")
        continue
      }
    }
    // Not UTF-8: a lone continuation byte, an overlong slash, a surrogate.
    for bad: [UInt8] in [[0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xFF]] {
      let header = Array("{\"a".utf8) + bad + Array("\":{}}".utf8)
      guard case .malformedHeader = error(SafetensorsFileTests.file(header)) else {
        Issue.record("\(bad)")
        continue
      }
    }
  }

  @Test("spaces, escapes and any order of keys are allowed")
  func variants() throws {
    let header =
      " \"\\u540D\\ud83d\\ude00\\/\" : { \"shape\" : [ 1 , 1 ] , \"data_offsets\":[0,1],"
      + "\"dtype\":\"U8\" } , \"__metadata__\":{}"
    let file = try SafetensorsFile(SafetensorsFileTests.file("{\(header)} \n\t ", data: [9]))
    #expect(file.entries.map(\.name) == ["名😀/"] && file.metadata.isEmpty)
    #expect(try file.bytes("名😀/") == [9])
    #expect(try SafetensorsFile(SafetensorsFileTests.file("{}")).entries.isEmpty)
  }

  @Test("names, types, shapes and places that do not fit")
  func contents() {
    let a = tensor("a", "[0,1]")
    let expected: [(String, Int, SafetensorsError)] = [
      ("{\(a),\(a)}", 1, .duplicateName("a")),
      ("{\(a),\(tensor("\\u0061", "[0,1]"))}", 1, .duplicateName("a")),
      ("{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", 0, .duplicateName("k")),
      ("{\"__metadata__\":{},\"__metadata__\":{}}", 0, .duplicateName("__metadata__")),
      ("{\(tensor("a", "F8", "[1]", "[0,1]"))}", 1, .unknownType(tensor: "a", type: "F8")),
      ("{\(a),\(tensor("b", "[2,3]"))}", 3, .misplaced(tensor: "b", expected: 1, found: 2)),
      ("{\(a),\(tensor("b", "[0,1]"))}", 1, .misplaced(tensor: "b", expected: 1, found: 0)),
      ("{\(tensor("a", "[1,2]"))}", 2, .misplaced(tensor: "a", expected: 0, found: 1)),
      ("{\(a)}", 2, .trailingBytes(1)),
      ("{}", 1, .trailingBytes(1)),
      ("{\(a)}", 0, .truncated(expected: 1, found: 0)),
      (
        "{\(tensor("a", "F32", "[2,3]", "[0,20]"))}", 20,
        .wrongSize(tensor: "a", expected: 24, found: 20)
      ),
      (
        "{\(tensor("a", "F32", "[4611686018427387904,4]", "[0,0]"))}", 0,
        .tooManyElements(tensor: "a")
      ),
      (
        "{\(tensor("a", "U8", "[0,4611686018427387904,4611686018427387904]", "[0,0]"))}", 0,
        .tooManyElements(tensor: "a")
      ),
      ("{\(tensor("a", "U8", "[1099511627777]", "[0,1]"))}", 1, .tooManyElements(tensor: "a")),
    ]
    for (header, count, fault) in expected {
      #expect(error(header, data: count) == fault, "\(header)")
      #expect(!fault.description.isEmpty)
    }
  }

  @Test("a file is never shorter than it says")
  func lengths() {
    for count in 0..<8 {
      #expect(
        error([UInt8](repeating: 0, count: count)) == .truncated(expected: 8, found: count))
    }
    #expect(error([3, 0, 0, 0, 0, 0, 0, 0, 0x7B]) == .truncated(expected: 11, found: 9))
  }

  @Test("a long name does not flood the message")
  func longName() {
    let name = String(repeating: "n", count: 100_000)
    let fault = error("{\(tensor(name, "[0,1]")),\(tensor(name, "[0,1]"))}", data: 1)
    #expect((fault?.description.count ?? 1000) < 200)
  }
}

/// Bytes that nobody wrote: the reader refuses them or reads them, and never traps.
@Suite struct SafetensorsFuzzTests {
  /// Opens a file and reads everything that it says it holds.
  private func readAll(_ bytes: [UInt8]) -> Bool {
    guard let file = try? SafetensorsFile(bytes) else { return false }
    for entry in file.entries {
      _ = try? file.tensor(entry.name)
      _ = try? file.doubles(entry.name)
      _ = try? file.integers(entry.name)
      #expect((try? file.bytes(entry.name).count) == entry.bytes.count)
    }
    _ = try? ParameterSet(file)
    return true
  }

  @Test("random bytes, and random headers of the right words")
  func random() {
    let seed: UInt64 = 41
    var random = SplitMix(state: seed)
    let words = [
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"dtype\"", "\"F32\"", "\"U8\"", "\"shape\"",
      "\"data_offsets\"", "\"__metadata__\"", "0", "1", "4", "9223372036854775807", " ", "\\u00e9",
      "\"",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}", "-", "1e5",
    ]
    var read = 0
    for _ in 0..<20_000 {
      let noise = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      _ = readAll(noise)
      let count = Int.random(in: 1...8, using: &random)
      let header = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined()
      if readAll(SafetensorsFileTests.file("{" + header, data: Array(noise.prefix(4)))) {
        read += 1
      }
    }
    #expect(read > 0, "seed \(seed): no random header was ever accepted")
  }

  @Test("every truncation is refused; every flipped bit is refused or read")
  func flips() throws {
    for name in ["written.safetensors", "read.safetensors"] {
      let bytes = try SafetensorsFileTests.fixture(name)
      for count in 0..<bytes.count {
        #expect(!readAll(Array(bytes.prefix(count))), "\(name) cut to \(count)")
      }
      for index in bytes.indices {
        for bit in 0..<8 {
          var damaged = bytes
          damaged[index] ^= 1 << bit
          _ = readAll(damaged)
        }
      }
    }
  }

  @Test("a sealed file with any byte changed is refused")
  func seals() throws {
    let arrays = SafetensorsFileTests.contents.filter { $0.name != "bytes" }
    let bytes = SafetensorsFile.sealed(arrays, metadata: ["a": "b"])
    #expect(try SafetensorsFile(sealed: bytes).entries.count == arrays.count + 1)
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0x20
      #expect(throws: SafetensorsError.brokenSeal) { try SafetensorsFile(sealed: damaged) }
    }
    for count in 0..<bytes.count {
      #expect(throws: SafetensorsError.brokenSeal) {
        try SafetensorsFile(sealed: Array(bytes.prefix(count)))
      }
    }
    #expect(throws: SafetensorsError.brokenSeal) {
      try SafetensorsFile(sealed: SafetensorsFile.encoded(arrays))
    }
  }

  @Test("random tensors and metadata are read back as they were")
  func roundTrips() throws {
    let seed: UInt64 = 43
    var random = SplitMix(state: seed)
    let letters: [Unicode.Scalar] = ["a", "\"", "\\", "\n", "\0", "名", "😀", "/", ".", "\u{7F}"]
    func word() -> String {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        text.append(letters[Int.random(in: letters.indices, using: &random)])
      }
      return String(text)
    }
    for round in 0..<500 {
      var arrays: [String: SafetensorsArray] = [:]
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let name = word()
        let shape = Shape(
          (0..<Int.random(in: 0...4, using: &random)).map { _ in
            Int.random(in: 0...3, using: &random)
          })
        let values = (0..<shape.count).map { _ in
          Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &random))
        }
        arrays[name] =
          Bool.random(using: &random)
          ? SafetensorsArray(name, .float32(Tensor(values, shape: shape)))
          : SafetensorsArray(name, .float64(values.map(Double.init)))
      }
      let metadata = Dictionary(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in (word(), word()) },
        uniquingKeysWith: { $1 })
      let bytes = SafetensorsFile.encoded(Array(arrays.values), metadata: metadata)
      let file = try SafetensorsFile(bytes)
      #expect(file.metadata == metadata, "seed \(seed) round \(round)")
      #expect(file.entries.count == arrays.count)
      for array in arrays.values {
        switch array.elements {
        case .float32(let tensor): #expect(try file.tensor(array.name).hasSameBits(as: tensor))
        case .float64(let values):
          #expect(try file.doubles(array.name).map(\.bitPattern) == values.map(\.bitPattern))
        case .int64, .uint8: break
        }
      }
      let again = SafetensorsFile.encoded(Array(arrays.values.reversed()), metadata: metadata)
      #expect(again == bytes, "seed \(seed) round \(round)")
    }
  }
}
