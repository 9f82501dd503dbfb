import Diagnostics

/// One parse of a text whose limits were checked.
struct NotebookParser {
  let file: SourceFile
  let bytes: [UInt8]
  let lines: Lines

  /// Tries of region candidates; each costs a parse, and only examples of regions cause one.
  private static let maximumTries = 64

  /// Reads the text; nil only when memory is short.
  func parse(recognizesGenerated: Bool) -> (notebook: Notebook, diagnostics: [Diagnostic])? {
    let frontMatter = FrontMatter(bytes, lines)
    let start = frontMatter?.range.upperBound ?? 0
    guard let trial = trial(from: start, cutsRegions: recognizesGenerated) else { return nil }
    let cuts = trial.cuts
    let excerpt = trial.reading.excerpt
    let inlines = InlineReading(trial.reading, recognizesGenerated: recognizesGenerated)
    let blocks = blocks(trial.reading.experiments, excerpt)
    let body = frontMatter.map { MappedText(lineFeeds: file, bytes, $0.body) }
    let notebook = Notebook(
      file: file, frontMatter: body,
      segments: segments(frontMatter, blocks, cuts),
      inlines: inlines.found.enumerated().map { inline($0.element, $0.offset, excerpt) },
      headings: HeadingReading(trial.reading).headings, isRefused: false)
    var diagnostics = inlines.diagnostics
    diagnostics += cuts.compactMap { $0.isRepeated ? .repeatedRegion($0, file) : nil }
    diagnostics += BlockProblems(trial.reading).diagnostics
    diagnostics += emptyLinks(inlines.emptyLinks, excerpt, notebook)
    if recognizesGenerated { diagnostics += RegionProblems(trial.reading).diagnostics }
    return (notebook, diagnostics.sortedByPosition())
  }

  /// Parses, cutting out candidates for regions until each pair that is cut follows its block.
  private func trial(from start: Int, cutsRegions: Bool) -> RegionTrial? {
    let first = start == 0 ? 0 : lines.index(at: start)
    let isEmpty = !cutsRegions || start >= bytes.count
    var candidates = RegionCandidates(bytes, lines, from: isEmpty ? lines.count : first)
    var tries = 0
    while true {
      let excerpt = Excerpt(file, bytes, from: start, cutting: candidates.cuts)
      guard let reading = BlockReading(excerpt) else { return nil }
      let verdict = cuts(candidates, reading.experiments, excerpt)
      guard let stranger = verdict.stranger else {
        return RegionTrial(reading: reading, cuts: verdict.cuts)
      }
      candidates.open(at: stranger)
      tries += 1
      if tries == Self.maximumTries { candidates.drop(from: stranger) }
    }
  }

  /// The candidates that follow their blocks, up to the first that does not.
  private func cuts(
    _ candidates: RegionCandidates, _ fences: [Fence], _ excerpt: Excerpt
  ) -> (cuts: [RegionCut], stranger: Int?) {
    var result: [RegionCut] = []
    var fence = 0
    for (position, (pair, range)) in zip(candidates.current, candidates.cuts).enumerated() {
      if let last = result.last, last.range.upperBound == range.lowerBound,
        last.pair.name == pair.name
      {
        result.append(
          RegionCut(
            pair: pair, range: range, block: last.block, indentation: last.indentation,
            isRepeated: true))
        continue
      }
      while fence < fences.count, excerpt.fileEnd(fences[fence].range.upperBound) < range.lowerBound
      {
        fence += 1
      }
      guard fence < fences.count, fences[fence].isClosed, fences[fence].info.name == pair.name,
        excerpt.fileEnd(fences[fence].range.upperBound) == range.lowerBound
      else { return (result, position) }
      result.append(
        RegionCut(
          pair: pair, range: range, block: fence, indentation: fences[fence].indentation,
          isRepeated: false))
    }
    return (result, nil)
  }

  private func blocks(_ fences: [Fence], _ excerpt: Excerpt) -> [ExperimentBlock] {
    fences.enumerated().map { index, fence in
      let name = fence.info.name ?? ""
      let word =
        fence.info.nameIndex < fence.wordRanges.count
        ? fence.wordRanges[fence.info.nameIndex] : fence.openingRange
      let pieces = fence.pieces.map {
        MappedText.Piece(text: $0.text, file: excerpt.fileRange($0.file))
      }
      return ExperimentBlock(
        index: index, name: name, nameRange: excerpt.place(word),
        range: excerpt.fileRange(fence.range),
        body: MappedText(
          text: String(decoding: fence.body, as: UTF8.self), file: file, pieces: pieces,
          origin: excerpt.fileRange(fence.openingRange).upperBound),
        indentation: fence.indentation, isClosed: fence.isClosed, lineEnding: fence.lineEnding)
    }
  }

  private func inline(
    _ found: InlineReading.Found, _ index: Int, _ excerpt: Excerpt
  ) -> Inline {
    let subject = MappedText(file, excerpt.fileRange(found.subject))
    return Inline(
      index: index,
      kind: found.kind == .value ? .value(expression: subject) : .reference(target: subject),
      range: excerpt.place(found.range), shown: found.shown, source: found.source)
  }

  /// Tiles the file: front matter, blocks and regions, and prose between them.
  private func segments(
    _ frontMatter: FrontMatter?, _ blocks: [ExperimentBlock], _ cuts: [RegionCut]
  ) -> [Segment] {
    var marked: [Segment] = frontMatter.map { [Segment(kind: .frontMatter, range: $0.range)] } ?? []
    var cut = 0
    for block in blocks {
      marked.append(Segment(kind: .experiment(block), range: block.range))
      while cut < cuts.count, cuts[cut].block == block.index {
        marked.append(Segment(kind: .region(region(cuts[cut])), range: cuts[cut].range))
        cut += 1
      }
    }
    var segments: [Segment] = []
    var position = 0
    for segment in marked where !segment.range.isEmpty {
      if position < segment.range.lowerBound {
        segments.append(Segment(kind: .prose, range: position..<segment.range.lowerBound))
      }
      segments.append(segment)
      position = segment.range.upperBound
    }
    if position < bytes.count {
      segments.append(Segment(kind: .prose, range: position..<bytes.count))
    }
    return segments
  }

  private func region(_ cut: RegionCut) -> Region {
    var body: [UInt8] = []
    let indentation = Array(cut.indentation.utf8)
    for line in cut.pair.body {
      var content = bytes[lines[line].content]
      if content.starts(with: indentation) {
        content = content.dropFirst(indentation.count)
      } else if content.allSatisfy(\.isBlank) {
        content = []
      }
      body += content
      body.append(.lineFeed)
    }
    return Region(
      blockIndex: cut.block, name: cut.pair.name, digest: cut.pair.digest,
      body: String(decoding: body, as: UTF8.self), range: cut.range,
      markerRange: SourceRange(file, cut.pair.open.content))
  }

  /// A link without text shows nothing; only in a notebook that is surely a mistake.
  private func emptyLinks(
    _ links: [Range<Int>], _ excerpt: Excerpt, _ notebook: Notebook
  ) -> [Diagnostic] {
    let isPlain = notebook.inlines.isEmpty && notebook.blocks.isEmpty
    return links.map {
      Diagnostic(
        isPlain ? .warning : .error, "notebook.empty-link",
        "a link without text is a cross reference and reads `[](#target)`", at: excerpt.place($0))
    }
  }
}

/// A parse, and the regions that were cut out for it.
struct RegionTrial: ~Copyable {
  let reading: BlockReading
  let cuts: [RegionCut]
}

/// A region that was found, before it is a ``Region``.
struct RegionCut {
  let pair: RegionCandidates.Pair
  let range: Range<Int>
  /// Number of its block.
  let block: Int
  let indentation: String
  /// Whether the block has a region before this one.
  let isRepeated: Bool
}

extension Diagnostic {
  fileprivate static func repeatedRegion(_ cut: RegionCut, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      .error, "notebook.region-twice", "a block has one region",
      at: SourceRange(file, cut.pair.open.content),
      notes: [.init("the next `render` leaves one of them")])
  }
}
