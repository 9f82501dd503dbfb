package import Tensors

/// A tensor with its name, to be written.
package struct SafetensorsArray: Sendable {
  /// Elements and, for tensors, their shape; the others are vectors.
  package enum Elements: Sendable {
    case float32(Tensor)
    case float64([Double])
    case int64([Int64])
    case uint8([UInt8])
  }

  package let name: String
  package let elements: Elements

  package init(_ name: String, _ elements: Elements) {
    self.name = name
    self.elements = elements
  }

  var type: SafetensorsType {
    switch elements {
    case .float32: .float32
    case .float64: .float64
    case .int64: .int64
    case .uint8: .uint8
    }
  }

  var dimensions: [Int] {
    switch elements {
    case .float32(let tensor): tensor.shape.dimensions
    case .float64(let values): [values.count]
    case .int64(let values): [values.count]
    case .uint8(let values): [values.count]
    }
  }

  var byteCount: Int { dimensions.reduce(1, *) * type.byteCount }

  fileprivate func append(to bytes: inout [UInt8]) {
    switch elements {
    case .float32(let tensor): tensor.withElements { bytes += UnsafeRawBufferPointer($0) }
    case .float64(let values): values.withUnsafeBytes { bytes += $0 }
    case .int64(let values): values.withUnsafeBytes { bytes += $0 }
    case .uint8(let values): bytes += values
    }
  }
}

extension SafetensorsFile {
  /// The file that holds some tensors and metadata: equal contents give equal bytes.
  ///
  /// As the official writer orders them: by type, larger elements first, then by name; metadata by
  /// key (where the official writer's order is random). The header is padded with spaces, so that
  /// data begins at a multiple of eight.
  /// - Parameter arrays: in any order; names differ from each other and from `__metadata__`.
  package static func encoded(
    _ arrays: [SafetensorsArray], metadata: [String: String] = [:]
  ) -> [UInt8] {
    let sorted = arrays.sorted {
      $0.type == $1.type
        ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) : $0.type.rank < $1.type.rank
    }
    let header = header(sorted, metadata: metadata)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + sorted.reduce(0) { $0 + $1.byteCount })
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes += $0 }
    bytes += header
    for array in sorted { array.append(to: &bytes) }
    return bytes
  }

  private static func header(
    _ arrays: [SafetensorsArray], metadata: [String: String]
  ) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let texts = pairs.map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\(quoted(SafetensorsHeader.metadataKey)):{\(texts.joined(separator: ","))}")
    }
    var names: Set<String> = [SafetensorsHeader.metadataKey]
    var end = 0
    for array in arrays {
      precondition(names.insert(array.name).inserted, "\(array.name) is written twice")
      let start = end
      end += array.byteCount
      let shape = array.dimensions.map { "\($0)" }.joined(separator: ",")
      members.append(
        "\(quoted(array.name)):{\"dtype\":\"\(array.type.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(start),\(end)]}")
    }
    var bytes = Array("{\(members.joined(separator: ","))}".utf8)
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: (8 - bytes.count % 8) % 8)
    return bytes
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
