import Diagnostics

/// The inlines of one leaf block.
struct LeafInlines {
  let text: LeafText
  let inlines: CommonmarkTree.Inlines
  let excerpt: Excerpt
  let recognizesGenerated: Bool
  private let scan: InlineScan
  /// Comments not yet known to belong to an inline, by where they begin.
  private var openComments: [Int: Range<Int>] = [:]
  private var commentStarts: Set<Int> = []
  /// Rendered references, in order.
  private var references: [Range<Int>] = []

  private(set) var found: [InlineReading.Found] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var emptyLinks: [Range<Int>] = []

  init(
    text: LeafText, inlines: CommonmarkTree.Inlines, excerpt: Excerpt, recognizesGenerated: Bool
  ) {
    self.text = text
    self.inlines = inlines
    self.excerpt = excerpt
    self.recognizesGenerated = recognizesGenerated
    scan = InlineScan(text.bytes)
  }

  mutating func read() {
    for comment in scan.comments { openComments[comment.lowerBound] = comment }
    commentStarts = Set(openComments.keys)
    guard let linkNodes = alignedLinks(), agreesOnCodes,
      inlines.comments.count == scan.comments.count
    else {
      report(.unclearInline, firstCandidate)
      return
    }
    for (link, node) in linkNodes { read(link, inlines.links[node]) }
    for (code, node) in zip(scan.codes, inlines.codes) { read(code, node) }
    if recognizesGenerated {
      for comment in scan.comments
      where openComments[comment.lowerBound] != nil
        && !isInReference(comment.lowerBound)
      {
        report(.strayComment, comment)
      }
    }
    found.sort { $0.range.lowerBound < $1.range.lowerBound }
    reportOpenMarkup()
  }

  /// Reports the first stretch of unended raw HTML that reaches an inline.
  private mutating func reportOpenMarkup() {
    var next = 0
    for stretch in scan.openMarkup where !stretch.isEmpty {
      let place = text.local(stretch)
      while next < found.count, found[next].range.lowerBound < place.lowerBound { next += 1 }
      guard next < found.count else { return }
      if found[next].range.lowerBound < place.upperBound {
        return report(.openMarkup, stretch.lowerBound..<stretch.lowerBound + 2)
      }
    }
  }

  /// What looks most like an inline value or reference.
  private var firstCandidate: Range<Int> {
    scan.codes.first { text.bytes.holds("{=", at: $0.content.lowerBound) }?.range
      ?? scan.links.first { $0.text.isEmpty }?.range ?? scan.comments.first
      ?? 0..<min(1, text.bytes.count)
  }

  /// Whether libcmark has the same code spans; blanks aside, which lazy lines keep.
  private var agreesOnCodes: Bool {
    guard inlines.codes.count == scan.codes.count else { return false }
    return zip(inlines.codes, scan.codes).allSatisfy { node, code in
      node.literal.utf8.collapsed == text.bytes[code.content].collapsed
    }
  }

  /// The links that matter here with the number of libcmark's; nil when libcmark lacks one.
  private mutating func alignedLinks() -> [(InlineScan.Link, Int)]? {
    var result: [(InlineScan.Link, Int)] = []
    var skipped = 0
    var node = 0
    for link in scan.links {
      guard link.text.isEmpty || openComments[link.range.upperBound] != nil else { continue }
      let url = "#" + String(decoding: text.bytes[link.target], as: UTF8.self)
      while node < inlines.links.count,
        inlines.links[node].url != url || inlines.links[node].isEmpty != link.text.isEmpty
      {
        if inlines.links[node].isEmpty { skipped += 1 }
        node += 1
      }
      guard node < inlines.links.count else { return nil }
      result.append((link, node))
      node += 1
    }
    skipped += inlines.links[node...].count { $0.isEmpty }
    for number in 0..<skipped {
      let place =
        number < scan.emptyBrackets.count
        ? scan.emptyBrackets[number] : 0..<min(1, text.bytes.count)
      emptyLinks.append(text.local(place))
    }
    return result
  }

  private mutating func read(
    _ link: InlineScan.Link,
    _ node: (url: String, isEmpty: Bool, isInImage: Bool, node: CommonmarkTree.Node)
  ) {
    var range = link.range
    var shown: String?
    if let comment = openComments[range.upperBound] {
      guard recognizesGenerated, comment.count == 8, isLastComment(comment) else { return }
      openComments[comment.lowerBound] = nil
      shown = string(link.text).removingEscapes
      range = range.lowerBound..<comment.upperBound
      references.append(range)
    }
    if node.isInImage { return report(.inlineInImage, link.range) }
    found.append(
      .init(
        kind: .reference, range: text.local(range), subject: text.local(link.target), shown: shown,
        source: "[](#\(string(link.target)))", node: node.node))
  }

  private mutating func read(
    _ code: InlineScan.Code, _ node: (literal: String, isInImage: Bool, node: CommonmarkTree.Node)
  ) {
    guard code.ticks == 1, !isInReference(code.range.lowerBound) else { return }
    if let comment = openComments[code.range.upperBound] {
      guard recognizesGenerated else { return }
      let inner = comment.lowerBound + 5..<comment.upperBound - 3
      let isLawful =
        !text.bytes[inner].allSatisfy(\.isBlank) && !text.bytes[inner].contains(.lineFeed)
      let isApart =
        comment.upperBound == text.bytes.count || text.bytes[comment.upperBound] != .backtick
      guard isLawful, isApart, isLastComment(comment) else { return }
      openComments[comment.lowerBound] = nil
      if node.isInImage { return report(.inlineInImage, code.range) }
      add(value: inner, in: code.range.lowerBound..<comment.upperBound, node.literal, node.node)
    } else if text.bytes.holds("{=", at: code.content.lowerBound) {
      if node.isInImage { return report(.inlineInImage, code.range) }
      if let problem = problem(code.content) { return report(problem, code.range) }
      let inner = code.content.lowerBound + 2..<code.content.upperBound - 1
      add(value: inner, in: code.range, nil, node.node)
    }
  }

  /// Whether an offset is inside the text of a rendered reference, which is generated.
  ///
  /// Links do not nest, so those found so far are disjoint and in order.
  private func isInReference(_ offset: Int) -> Bool {
    var low = 0
    var high = references.count
    while low < high {
      let middle = (low + high) / 2
      if references[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < references.count && references[low].contains(offset)
  }

  private mutating func add(
    value inner: Range<Int>, in range: Range<Int>, _ shown: String?, _ node: CommonmarkTree.Node
  ) {
    found.append(
      .init(
        kind: .value, range: text.local(range),
        subject: text.local(text.bytes[inner].trimmedRange), shown: shown,
        source: "`{=\(string(inner))}`", node: node))
  }

  /// What keeps a span that begins `{=` from being an inline value.
  private func problem(_ content: Range<Int>) -> InlineProblem? {
    let bytes = text.bytes[content]
    if bytes.contains(.lineFeed) { return .inlineLines }
    guard bytes.count >= 3, bytes.last == UInt8(ascii: "}") else { return .inlineBrace }
    let inner = bytes.dropFirst(2).dropLast()
    if inner.allSatisfy(\.isBlank) { return .inlineEmpty }
    if inner.last == UInt8(ascii: "-") { return .inlineDashes }
    return zip(inner, inner.dropFirst()).contains { $0 == 0x2D && $1 == 0x2D } ? .inlineDashes : nil
  }

  /// Whether no further comment of ours follows a comment.
  private func isLastComment(_ comment: Range<Int>) -> Bool {
    !commentStarts.contains(comment.upperBound)
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: text.bytes[range], as: UTF8.self)
  }

  private mutating func report(_ problem: InlineProblem, _ range: Range<Int>) {
    diagnostics.append(problem.diagnostic(at: excerpt.place(text.local(range))))
  }
}

extension Sequence<UInt8> {
  /// The bytes with runs of white space as one space, none at the ends, NUL as U+FFFD.
  fileprivate var collapsed: [UInt8] {
    var result: [UInt8] = []
    for byte in self {
      if byte == .space || byte == .lineFeed {
        if result.last != .space { result.append(.space) }
      } else if byte == 0 {
        result += [0xEF, 0xBF, 0xBD]
      } else {
        result.append(byte)
      }
    }
    if result.last == .space { result.removeLast() }
    return Array(result.drop { $0 == .space })
  }
}

extension String {
  /// The text with backslash escapes of punctuation resolved.
  fileprivate var removingEscapes: String {
    guard utf8.contains(.backslash) else { return self }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in utf8 {
      if isEscaped, !byte.isPunctuation { bytes.append(.backslash) }
      isEscaped = !isEscaped && byte == .backslash
      if !isEscaped { bytes.append(byte) }
    }
    if isEscaped { bytes.append(.backslash) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
