/// Scalars of UTF-8 text, one at a time, without a `String`.
enum UTF8Scalar {
  /// The well-formed sequence that begins at `index` (Unicode, table 3-7); length 0 when none does.
  @inline(__always)
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: UInt32, length: Int) {
    let lead = bytes[index]
    if lead < 0x80 { return (UInt32(lead), 1) }
    let left = bytes.count - index
    if lead >= 0xE0, lead < 0xF0, left >= 3 {
      let (second, third) = (bytes[index + 1], bytes[index + 2])
      let scalar = UInt32(lead & 15) << 12 | UInt32(second & 63) << 6 | UInt32(third & 63)
      let isFormed = second & 0xC0 == 0x80 && third & 0xC0 == 0x80
      return isFormed && scalar >= 0x800 && scalar & 0xF800 != 0xD800 ? (scalar, 3) : (0, 0)
    }
    if lead >= 0xC2, lead < 0xE0, left >= 2 {
      let second = bytes[index + 1]
      return second & 0xC0 == 0x80 ? (UInt32(lead & 31) << 6 | UInt32(second & 63), 2) : (0, 0)
    }
    if lead >= 0xF0, lead < 0xF5, left >= 4 {
      let rest = (bytes[index + 1], bytes[index + 2], bytes[index + 3])
      let scalar =
        UInt32(lead & 7) << 18 | UInt32(rest.0 & 63) << 12 | UInt32(rest.1 & 63) << 6
        | UInt32(rest.2 & 63)
      let isFormed = rest.0 & 0xC0 == 0x80 && rest.1 & 0xC0 == 0x80 && rest.2 & 0xC0 == 0x80
      return isFormed && scalar >= 0x1_0000 && scalar < 0x11_0000 ? (scalar, 4) : (0, 0)
    }
    return (0, 0)
  }

  /// Writes a scalar and returns its length.
  @inline(__always)
  static func encode(_ scalar: UInt32, to bytes: UnsafeMutablePointer<UInt8>) -> Int {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: scalar >> shift & 63 | 0x80) }
    switch scalar {
    case ..<0x80:
      bytes[0] = UInt8(truncatingIfNeeded: scalar)
      return 1
    case ..<0x800:
      bytes[0] = UInt8(truncatingIfNeeded: scalar >> 6 | 0xC0)
      bytes[1] = tail(0)
      return 2
    case ..<0x1_0000:
      bytes[0] = UInt8(truncatingIfNeeded: scalar >> 12 | 0xE0)
      bytes[1] = tail(6)
      bytes[2] = tail(0)
      return 3
    default:
      bytes[0] = UInt8(truncatingIfNeeded: scalar >> 18 | 0xF0)
      bytes[1] = tail(12)
      bytes[2] = tail(6)
      bytes[3] = tail(0)
      return 4
    }
  }

  /// Where the bytes stop being UTF-8; nil when all of them are.
  static func firstFault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let length = decode(bytes, at: index).length
      if length == 0 { return index }
      index += length
    }
    return nil
  }
}
