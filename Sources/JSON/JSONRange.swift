/// The text of a JSON file, shared by its nodes.
final class JSONText: Sendable {
  let path: String
  let bytes: [UInt8]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// A place in a JSON file.
package struct JSONRange: Sendable {
  private let text: JSONText
  /// The bytes of the file that it spans.
  package let bytes: Range<Int>

  init(_ text: JSONText, _ bytes: Range<Int>) {
    self.text = text
    self.bytes = bytes
  }

  /// The path under which the file was read.
  package var path: String { text.path }

  /// The whole file, which need not be UTF-8.
  package var fileBytes: [UInt8] { text.bytes }

  /// One-based line, ended by LF, CRLF or CR, and column in Unicode scalars, where it begins.
  ///
  /// - Complexity: O(bytes before it); asked when there is something to tell.
  package var position: (line: Int, column: Int) {
    var line = 1
    var column = 1
    var previous: UInt8 = 0
    for byte in text.bytes[..<min(bytes.lowerBound, text.bytes.count)] {
      if byte == UInt8(ascii: "\r")
        || (byte == UInt8(ascii: "\n") && previous != UInt8(ascii: "\r"))
      {
        line += 1
        column = 1
      } else if byte != UInt8(ascii: "\n"), byte & 0xC0 != 0x80 {
        column += 1
      }
      previous = byte
    }
    return (line, column)
  }
}

extension JSONRange: CustomStringConvertible {
  package var description: String { "\(path):\(position.line):\(position.column)" }
}
