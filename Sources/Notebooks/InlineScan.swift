/// Code spans, links to `#…` and comments `<!--=` in the text of a leaf block.
///
/// The part of CommonMark's inline grammar that decides where code spans are: escapes, backtick
/// runs, autolinks, raw HTML, and the destination and title of a link, in which nothing is code.
/// libcmark has the last word: ``InlineReading`` uses the positions found here only where both
/// found the same things in the same order.
struct InlineScan {
  /// A code span.
  struct Code {
    /// With its backticks.
    let range: Range<Int>
    let content: Range<Int>
    /// Number of backticks on each side.
    let ticks: Int
  }

  /// An inline link with a plain destination that begins with `#`.
  struct Link {
    let range: Range<Int>
    /// The destination without the `#`.
    let target: Range<Int>
    let text: Range<Int>
  }

  private(set) var codes: [Code] = []
  private(set) var links: [Link] = []
  /// Comments that begin `<!--=`.
  private(set) var comments: [Range<Int>] = []
  /// Places where `[](` or `[][` may begin an empty link that is no cross reference.
  private(set) var emptyBrackets: [Range<Int>] = []

  /// Stretches that would be raw HTML if they ended; generated text must not end them.
  private(set) var openMarkup: [Range<Int>] = []

  private let text: [UInt8]
  private let markup: MarkupScan
  private var brackets: [(offset: Int, isImage: Bool)] = []
  /// Openers below this depth are inside no link any more: links do not nest.
  private var inactiveDepth = 0

  /// libcmark's MAXBACKTICKS: a longer run opens nothing.
  private static let longestRun = 80

  init(_ text: [UInt8]) {
    self.text = text
    markup = MarkupScan(text)
    let runs = BacktickRuns(text)
    var position = 0
    while position < text.count {
      switch text[position] {
      case .backslash:
        position += position + 1 < text.count && text[position + 1].isPunctuation ? 2 : 1
      case .backtick:
        position = code(at: position, runs)
      case UInt8(ascii: "<"):
        guard let end = markup.end(ofTagAt: position) else {
          if let reach = markup.openReach(ofTagAt: position) {
            openMarkup.append(position..<reach)
          }
          position += 1
          continue
        }
        if text[...].holds("<!--=", at: position) { comments.append(position..<end) }
        position = end
      case UInt8(ascii: "!") where text[...].holds("![", at: position):
        brackets.append((position + 1, true))
        position += 2
      case UInt8(ascii: "["):
        brackets.append((position, false))
        position += 1
      case UInt8(ascii: "]"):
        position = close(at: position)
      default:
        position += 1
      }
    }
  }

  /// Reads a backtick run and, when it opens one, the code span; returns where to go on.
  private mutating func code(at position: Int, _ runs: BacktickRuns) -> Int {
    var end = position
    while end < text.count, text[end] == .backtick { end += 1 }
    let ticks = end - position
    guard ticks <= Self.longestRun, let closer = runs.next(length: ticks, after: end) else {
      return end
    }
    codes.append(Code(range: position..<closer + ticks, content: end..<closer, ticks: ticks))
    return closer + ticks
  }

  /// Reads `]` and what makes it a link; returns where to go on.
  private mutating func close(at position: Int) -> Int {
    guard let opener = brackets.popLast() else { return position + 1 }
    let isActive = opener.isImage || brackets.count >= inactiveDepth
    inactiveDepth = min(inactiveDepth, brackets.count)
    let next = position + 1
    let isEmpty = opener.offset + 1 == position && !opener.isImage
    if isActive, let tail = markup.linkTail(at: next) {
      if !opener.isImage {
        inactiveDepth = brackets.count
        if let target = markup.plainAnchor(tail) {
          links.append(
            Link(
              range: opener.offset..<tail.upperBound, target: target,
              text: opener.offset + 1..<position))
        } else if isEmpty {
          emptyBrackets.append(opener.offset..<tail.upperBound)
        }
      }
      return tail.upperBound
    }
    if isEmpty, next < text.count, text[next] == UInt8(ascii: "[") {
      emptyBrackets.append(opener.offset..<next)
    }
    return next
  }
}

/// Where backtick runs of each length are.
private struct BacktickRuns {
  private var starts: [Int: [Int]] = [:]

  init(_ text: [UInt8]) {
    var position = 0
    while position < text.count {
      guard text[position] == .backtick else {
        position += 1
        continue
      }
      let start = position
      while position < text.count, text[position] == .backtick { position += 1 }
      starts[position - start, default: []].append(start)
    }
  }

  /// Start of the first whole run of a length at or after a position.
  ///
  /// - Complexity: O(log runs)
  func next(length: Int, after position: Int) -> Int? {
    guard let starts = starts[length] else { return nil }
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < position { low = middle + 1 } else { high = middle }
    }
    return low < starts.count ? starts[low] : nil
  }
}
