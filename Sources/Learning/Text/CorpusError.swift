/// What makes a file or folder no corpus, as a fact: which rule, and where.
package struct CorpusError: Error, Sendable, Hashable {
  /// Where a byte stands.
  package struct Place: Sendable, Hashable {
    /// Name of the file within its folder; nil where there is only one.
    package let file: String?
    /// Line number from 1, counting LF bytes.
    package let line: Int
    /// Unicode scalar in the line, from 1, a byte order mark left out.
    package let column: Int
    /// Byte offset in the file from 0, a byte order mark included.
    package let offset: Int

    package init(file: String? = nil, line: Int, column: Int, offset: Int) {
      self.file = file
      self.line = line
      self.column = column
      self.offset = offset
    }
  }

  /// The rule that the text breaks.
  package enum Rule: Sendable, Hashable {
    /// The file holds no byte of text.
    case emptyFile
    /// A folder needs at least one file.
    case noFiles
    /// No document holds more than space.
    case noDocuments
    /// Text must be UTF-8.
    case invalidUTF8
    /// There is more text than this reader takes.
    case tooManyBytes(limit: Int)
    /// There are more documents than allowed.
    case tooManyDocuments(limit: Int)
    /// A document is longer than allowed.
    case documentTooLong(limit: Int)
    /// Every file of a folder whose folders are the labels must lie in one of them.
    case noLabelFolder
    /// A line of JSON Lines is one JSON value of the right shape; the message says what it is not.
    case json(String)
    /// The object of a line has every member that is asked for.
    case missingMember(String)
    /// The text of this member holds more than space.
    case blankText(String)
    /// A label is a string, a whole number, `true` or `false`.
    case notALabel(String)
    /// The labels of a file are lists, all of them, or none is.
    case mixedLabels(String)
    /// A list of labels names each once: this one stands twice.
    case repeatedLabel(String, label: String)
    /// Labels are learned where one holds for some document; all lists are empty.
    case noLabels(String)
    /// A number must be finite and representable in float32.
    case notFinite(String)
    /// A member or column is asked for twice.
    case repeatedField(String)
    /// A classifier needs two classes; all documents are of this one.
    case oneClass(String)
    /// Reading was given up at the deadline.
    case outOfTime
  }

  package let rule: Rule
  /// Nil when the file or folder as a whole is at fault.
  package let place: Place?

  package init(_ rule: Rule, at place: Place? = nil) {
    self.rule = rule
    self.place = place
  }

  /// The fault at a byte of a text.
  ///
  /// - Complexity: O(bytes before it)
  init(_ rule: Rule, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>, file: String? = nil) {
    let before = UnsafeBufferPointer(rebasing: bytes[..<offset])
    var line = 1
    var start = Self.markLength(of: bytes)
    for (index, byte) in before.enumerated() where byte == 0x0A {
      line += 1
      start = index + 1
    }
    let inLine = UnsafeBufferPointer(rebasing: bytes[min(start, offset)..<offset])
    self.init(
      rule,
      at: Place(
        file: file, line: line, column: UTF8Sequence.scalarCount(of: inLine) + 1, offset: offset))
  }

  /// Bytes of the byte order mark that a text begins with: 3 or 0.
  static func markLength(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}
