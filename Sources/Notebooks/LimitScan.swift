import Diagnostics

/// Refuses, in one pass over the bytes, texts on which libcmark 0.30 would take very long.
///
/// Every `]` that closes a link walks over the openers before it in its paragraph, so time grows
/// with the square of the brackets between two blank lines; and every line visits each container
/// around it, so deep nesting times many lines does too.
struct LimitScan {
  let file: SourceFile
  let limits: NotebookLimits

  /// The first limit that the text breaks.
  func problem(_ bytes: [UInt8], _ lines: Lines) -> Diagnostic? {
    if bytes.count > limits.bytes { return tooLarge(bytes.count) }
    var brackets = 0
    for line in lines {
      var isBlank = true
      for offset in line.content {
        let byte = bytes[offset]
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") { brackets += 1 }
        if !byte.isBlank { isBlank = false }
      }
      if isBlank { brackets = 0 }
      if brackets > limits.brackets { return tooManyBrackets(line.content) }
      // What nests deeper than the limit takes as many bytes.
      if line.content.count > limits.nesting, nesting(bytes[line.content]) > limits.nesting {
        return tooDeep(line.content)
      }
    }
    return nil
  }

  /// How many containers the line can be in or open: markers at its beginning, or half of the
  /// columns before the first one.
  private func nesting(_ line: ArraySlice<UInt8>) -> Int {
    var offset = line.startIndex
    var markers = 0
    var columns = 0
    while offset < line.endIndex {
      let byte = line[offset]
      if byte.isBlank {
        if markers == 0 { columns += byte == .tab ? 4 : 1 }
        offset += 1
      } else if let end = markerEnd(line, offset) {
        markers += 1
        offset = end
      } else {
        break
      }
    }
    guard markers > 0 else { return 0 }
    let depth = max(markers, columns / 2)
    return depth > limits.nesting && line.isThematicBreak ? 0 : depth
  }

  /// Where a quote or list marker that begins at `offset` ends.
  private func markerEnd(_ line: ArraySlice<UInt8>, _ offset: Int) -> Int? {
    var end = offset + 1
    switch line[offset] {
    case UInt8(ascii: ">"): return end
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"): break
    case 0x30...0x39:
      while end < line.endIndex, line[end].isDigit { end += 1 }
      guard end < line.endIndex, line[end] == UInt8(ascii: ".") || line[end] == UInt8(ascii: ")")
      else { return nil }
      end += 1
    default: return nil
    }
    return end == line.endIndex || line[end].isBlank ? end : nil
  }

  private func tooLarge(_ count: Int) -> Diagnostic {
    Diagnostic(
      .error, "limit.notebook",
      "a notebook has at most \(limits.bytes) bytes, this one \(count)",
      at: SourceRange(file, 0..<0))
  }

  private func tooManyBrackets(_ range: Range<Int>) -> Diagnostic {
    Diagnostic(
      .error, "notebook.too-many-brackets",
      "a paragraph holds at most \(limits.brackets) square brackets",
      at: SourceRange(file, range.lowerBound..<range.lowerBound),
      notes: [.init("blank lines split a paragraph")])
  }

  private func tooDeep(_ range: Range<Int>) -> Diagnostic {
    Diagnostic(
      .error, "notebook.too-deep",
      "quotes and lists nest at most \(limits.nesting) deep",
      at: SourceRange(file, range.lowerBound..<range.lowerBound))
  }
}

extension ArraySlice<UInt8> {
  /// Whether the line is a thematic break of `-` or `*`, which looks like many list markers.
  fileprivate var isThematicBreak: Bool {
    guard let first = first(where: { !$0.isBlank }),
      first == UInt8(ascii: "-") || first == UInt8(ascii: "*")
    else { return false }
    return allSatisfy { $0 == first || $0.isBlank }
  }
}
