/// Element types of safetensors files that this reader knows; raw values are the names in headers.
///
/// In the order in which the official writer places them in a file: larger elements first, so that
/// each tensor is aligned.
package enum SafetensorsType: String, Sendable, Hashable, CaseIterable {
  case uint64 = "U64"
  case int64 = "I64"
  case float64 = "F64"
  case float32 = "F32"
  case uint32 = "U32"
  case int32 = "I32"
  case bfloat16 = "BF16"
  case float16 = "F16"
  case uint16 = "U16"
  case int16 = "I16"
  case int8 = "I8"
  case uint8 = "U8"
  case bool = "BOOL"

  /// Where tensors of this type stand in a file, from 0.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Bytes of an element.
  package var byteCount: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }
}

/// The float32 with the value of a half-precision number; every one has it.
///
/// From bits, since the conversions of Float16 call a library function on machines without one.
struct HalfPrecision {
  /// Value of IEEE 754 binary16 bits; a NaN keeps its payload in the upper bits.
  static func float(binary16 bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      // A zero or a denormal: fraction · 2⁻²⁴, exact in float32.
      let magnitude = Float(fraction) * 0x1p-24
      return Float(bitPattern: sign | magnitude.bitPattern)
    case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// Value of bfloat16 bits: the upper half of a float32.
  static func float(bfloat16 bits: UInt16) -> Float {
    Float(bitPattern: UInt32(bits) << 16)
  }
}
