/// Well-formed UTF-8 as Unicode's table 3-7 defines it.
enum UTF8Sequence {
  /// Bytes of the well-formed sequence that begins at `offset`; 0 when none does.
  @inline(__always)
  static func length<Bytes: RandomAccessCollection<UInt8>>(
    at offset: Int, in bytes: Bytes
  ) -> Int where Bytes.Index == Int {
    let lead = bytes[offset]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0..<0x80: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if lead == 0xE0 { second = 0xA0...0xBF }
      if lead == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      length = 4
      if lead == 0xF0 { second = 0x90...0xBF }
      if lead == 0xF4 { second = 0x80...0x8F }
    default: return 0
    }
    guard offset + length <= bytes.endIndex, second.contains(bytes[offset + 1]) else { return 0 }
    for index in 2..<max(2, length) where bytes[offset + index] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// Where the first byte stands that belongs to no well-formed sequence; nil in well-formed text.
  ///
  /// - Complexity: O(bytes), eight at a time where they are ASCII
  static func firstFault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var offset = 0
    return firstFault(in: bytes, from: &offset, to: bytes.count)
  }

  /// As `firstFault(in:)`, for what begins from `offset` on and before `end`; moves `offset` there.
  static func firstFault(
    in bytes: UnsafeBufferPointer<UInt8>, from offset: inout Int, to end: Int
  ) -> Int? {
    let raw = UnsafeRawBufferPointer(bytes)
    while offset < end {
      if bytes[offset] < 0x80 {
        while offset + 8 <= end,
          raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          offset += 8
        }
        while offset < end, bytes[offset] < 0x80 { offset += 1 }
      } else {
        let length = length(at: offset, in: bytes)
        if length == 0 { return offset }
        offset += length
      }
    }
    return nil
  }

  /// Unicode scalars of well-formed text: bytes that continue nothing.
  static func scalarCount(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in bytes where byte & 0xC0 != 0x80 { count &+= 1 }
    return count
  }
}
