import Diagnostics

/// What is wrong with the fences of a reading, and with what only looks like one.
struct BlockProblems {
  private(set) var diagnostics: [Diagnostic] = []

  init(_ reading: borrowing BlockReading) {
    let excerpt = reading.excerpt
    var firstOfName: [String: SourceRange] = [:]
    var known: Set<Int> = []
    for fence in reading.fences {
      known.insert(fence.line)
      let place = excerpt.place(fence.openingRange)
      if !fence.info.isExperiment {
        diagnostics.append(.nearExperiment(place))
      } else if fence.isInQuote {
        diagnostics.append(.blockInQuote(place))
      } else if fence.info.name == nil {
        diagnostics.append(.blockWithoutName(place))
      } else {
        check(fence, excerpt, &firstOfName)
      }
    }
    findInert(reading, known)
  }

  private mutating func check(
    _ fence: Fence, _ excerpt: Excerpt, _ firstOfName: inout [String: SourceRange]
  ) {
    guard let name = fence.info.name else { return }
    let opening = excerpt.place(fence.openingRange)
    let words = fence.wordRanges
    let index = fence.info.nameIndex
    let place = index < words.count ? excerpt.place(words[index]) : opening
    if words.map({ excerpt.text($0) }) != fence.info.words {
      diagnostics.append(.escapedInfo(opening))
    } else if let problem = BlockName.problem(in: name) {
      diagnostics.append(
        Diagnostic(.error, "notebook.block-name", problem.rule, at: place, notes: problem.notes))
    }
    if index + 1 < words.count, let last = words.last {
      let rest = words[index + 1].lowerBound..<last.upperBound
      diagnostics.append(.wordsAfterName(excerpt.place(rest)))
    }
    if !fence.isClosed { diagnostics.append(.unclosedFence(opening)) }
    if !fence.isMapped { diagnostics.append(.unclearBody(opening)) }
    if let first = firstOfName[name] {
      diagnostics.append(.sameName(name, place, first))
    } else {
      firstOfName[name] = place
    }
  }

  /// Lines that look like the beginning of an experiment and are part of something else.
  private mutating func findInert(_ reading: borrowing BlockReading, _ known: Set<Int>) {
    let bytes = reading.excerpt.bytes
    for (number, line) in reading.lines.enumerated() {
      var start = line.content.lowerBound
      let end = line.content.upperBound
      while start < end, bytes[start].isBlank || bytes[start] == UInt8(ascii: ">") { start += 1 }
      guard start < end, bytes[start] == .backtick || bytes[start] == .tilde else { continue }
      let first = bytes[start]
      let fence = bytes[start..<end]
      let words = fence.drop { $0 == first }
      guard fence.count - words.count >= 3, !known.contains(number),
        FenceInfo(words: String(decoding: words, as: UTF8.self)).isExperiment,
        let node = reading.node(before: number)
      else { continue }
      let place = reading.excerpt.place(fence.startIndex..<fence.endIndex)
      if node.kind != .code {
        diagnostics.append(.inertBlock(place, isInHTML: node.kind == .html))
      } else if node.line == number {
        diagnostics.append(.indentedBlock(place))
      }
    }
  }
}

extension BlockName.Problem {
  fileprivate var notes: [Diagnostic.Note] {
    self == .reserved ? [.init("reserved: " + BlockName.reserved.joined(separator: ", "))] : []
  }
}

extension Diagnostic {
  fileprivate static func blockInQuote(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.block-in-quote", "an experiment block does not stand in a quote", at: range,
      notes: [.init("to show one without running it, put it into a longer fence")])
  }

  fileprivate static func blockWithoutName(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.block-without-name", BlockName.Problem.empty.rule, at: range)
  }

  fileprivate static func nearExperiment(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .warning, "notebook.near-experiment",
      "the info string of a block that runs is `experiment NAME` or `yaml experiment NAME`",
      at: range, suggestion: "experiment NAME")
  }

  fileprivate static func escapedInfo(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.block-info",
      "the info string of an experiment holds no escapes and character references", at: range)
  }

  fileprivate static func wordsAfterName(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.block-info", "nothing follows the name of an experiment block", at: range)
  }

  fileprivate static func unclosedFence(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.unclosed-fence",
      "a fence closes with a line of as many of its characters or more", at: range,
      notes: [
        .init("in a list item the closing fence has the item's indentation, and so has every line")
      ])
  }

  fileprivate static func unclearBody(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.unclear-body",
      "the lines of this block cannot be told from the containers around them", at: range)
  }

  fileprivate static func sameName(
    _ name: String, _ range: SourceRange, _ first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .error, "notebook.same-name", "a block name is given once: `\(name)`", at: range,
      notes: [.init("the first block of this name is here", at: first)])
  }

  fileprivate static func inertBlock(_ range: SourceRange, isInHTML: Bool) -> Diagnostic {
    Diagnostic(
      .error, "notebook.inert-block",
      isInHTML
        ? "inside HTML or a comment an experiment block does not run"
        : "inside a paragraph an experiment block does not run", at: range,
      notes: [
        .init(
          isInHTML
            ? "a blank line ends most HTML; a comment ends with `-->`"
            : "a fence is indented by at most three spaces")
      ])
  }

  fileprivate static func indentedBlock(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .warning, "notebook.indented-block",
      "a fence indented by four spaces or more is code and does not run", at: range)
  }
}
