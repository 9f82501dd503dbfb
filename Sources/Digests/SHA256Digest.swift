internal import Crypto

/// A SHA-256 value: 32 bytes, printed as lower-case hexadecimal.
package struct SHA256Digest: Sendable, Hashable {
  /// The 32 bytes in order.
  package let bytes: [UInt8]

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The digest of the bytes.
  ///
  /// - Complexity: O(bytes)
  package init(of bytes: some Sequence<UInt8>) {
    self.bytes = Array(SHA256.hash(data: Array(bytes)))
  }

  /// The digest of bytes in memory, which are not copied.
  ///
  /// - Complexity: O(bytes)
  package init(of bytes: UnsafeBufferPointer<UInt8>) {
    var hash = SHA256()
    hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
    self.bytes = Array(hash.finalize())
  }

  /// The digest of the UTF-8 bytes of a text.
  package init(of text: String) {
    self.init(of: text.utf8)
  }

  /// All 64 hexadecimal digits.
  package var hexadecimal: String {
    String(unsafeUninitializedCapacity: 2 * bytes.count) { buffer in
      for (index, byte) in bytes.enumerated() {
        buffer[2 * index] = Self.digit(byte >> 4)
        buffer[2 * index + 1] = Self.digit(byte & 15)
      }
      return 2 * bytes.count
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// The first `digits` hexadecimal digits: enough to name a thing to people.
  package func prefix(_ digits: Int) -> String {
    String(hexadecimal.prefix(digits))
  }

  /// The first four bytes as a big-endian number.
  package var leadingWord: UInt32 {
    bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The first eight bytes as a big-endian number.
  package var leadingLong: UInt64 {
    bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension SHA256Digest: CustomStringConvertible {
  package var description: String { hexadecimal }
}
