package import Diagnostics

/// Generated text that stands right after its block, between two comments.
///
/// ```
/// <!-- assay:NAME DIGEST -->
/// …
/// <!-- /assay -->
/// ```
package struct Region: Sendable {
  /// Position of the block that the region belongs to (``ExperimentBlock/index``).
  package let blockIndex: Int
  /// The name in the opening comment; the block's.
  package let name: String
  /// The digest as recorded in the opening comment; whoever made it checks it.
  package let digest: String
  /// The text between the comments: item indentation removed, every line ended by LF.
  package let body: String
  /// Bytes of the file that ``Notebook/source`` leaves out.
  package let range: Range<Int>
  /// Where the opening comment stands.
  package let markerRange: SourceRange
}

/// What a region is to hold.
package struct RegionContent: Sendable, Equatable {
  /// Hexadecimal digits (or other visible ASCII) to be recorded in the opening comment.
  package let digest: String
  /// Lines, each ended by LF; read back from a woven document exactly as given here.
  package let body: String

  /// Makes the content of a region.
  ///
  /// - Parameters:
  ///   - digest: One or more visible ASCII characters, no `-`.
  ///   - body: Lawful text (``isLawful(_:)``); take the digest over ``normalized(_:)`` of it.
  /// - Precondition: Both are as said. Text that comes from data must be escaped before.
  package init(digest: String, body: String) {
    precondition(
      !digest.isEmpty && digest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2D },
      "the digest \(digest) of a region must be visible ASCII without `-`")
    precondition(Self.isLawful(body), "a region must not hold a region comment: \(body)")
    self.digest = digest
    self.body = Self.normalized(body)
  }

  /// The text with line endings turned into LF and a last one added where it is missing.
  package static func normalized(_ body: String) -> String {
    // Text of our own has line feeds only.
    if body.utf8.last ?? .lineFeed == .lineFeed, !holds(.carriageReturn, body) {
      return body
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(body.utf8.count + 1)
    var previous: UInt8 = 0
    for byte in body.utf8 {
      if byte == .lineFeed, previous == .carriageReturn {
        previous = byte
        continue
      }
      bytes.append(byte == .carriageReturn ? .lineFeed : byte)
      previous = byte
    }
    if let last = bytes.last, last != .lineFeed { bytes.append(.lineFeed) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func holds(_ byte: UInt8, _ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { $0.contains(byte) } ?? text.utf8.contains(byte)
  }

  /// Whether no line of the text could be taken for one of the comments around a region.
  package static func isLawful(_ body: String) -> Bool {
    // Both comments begin with the same characters, which few texts hold.
    if !holds(UInt8(ascii: "<"), body) { return true }
    let bytes = Array(normalized(body).utf8)
    return !Lines(bytes).contains { RegionMarker(bytes, $0.content) != nil }
  }
}
