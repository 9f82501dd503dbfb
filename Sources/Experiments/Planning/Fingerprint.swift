internal import Digests

/// Identity of a step's result: equal fingerprints, equal result bytes.
///
/// SHA-256 over a canonical encoding of all that the result depends on.
package struct Fingerprint: Sendable, Hashable {
  /// 64 lower-case hexadecimal digits.
  package let hexadecimal: String

  /// The fingerprint of encoded fields.
  init(of bytes: [UInt8]) {
    hexadecimal = SHA256Digest(of: bytes).hexadecimal
  }

  /// A fingerprint as written in a ledger; nil for anything but 64 lower-case hexadecimal digits.
  package init?(hexadecimal text: String) {
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
    guard text.utf8.count == 64, text.utf8.allSatisfy(isDigit) else { return nil }
    hexadecimal = text
  }

  /// The first digits: enough for people and file names.
  package func prefix(_ digits: Int = 12) -> String { String(hexadecimal.prefix(digits)) }
}

extension Fingerprint: CustomStringConvertible {
  package var description: String { hexadecimal }
}
