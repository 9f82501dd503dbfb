internal import Diagnostics
internal import Experiments
internal import Notebooks

/// Prints reports as Markdown: the bodies of regions.
struct MarkdownRenderer {
  let labels: Labels
  let charset: Charset
  let templates: TemplateSet
  /// Names of blocks and items that some reference leads to; only these get anchors.
  let referenced: Set<String>

  /// The body of a block's region, each line ended by LF; nil when there is nothing to say.
  ///
  /// - Parameter isInListItem: a blank line would end or loosen the list, so lines that hold an
  ///   empty comment stand in its place.
  func body(of report: Report, isInListItem: Bool) -> String? {
    var needsBlockAnchor = referenced.contains(report.block)
    var parts: [String] = []
    for item in report.items {
      var anchors: [String] = []
      if let heading = item.heading {
        if needsBlockAnchor { anchors.append(report.block) }
        needsBlockAnchor = false
        let own = "\(report.block).\(heading.name)"
        if referenced.contains(own) { anchors.append(own) }
      } else if case .failure = item {
        // What would have been numbered is not there; links to it lead to the failure.
        needsBlockAnchor = false
        anchors = referenced.filter {
          $0 == report.block || $0.hasPrefix(report.block + ".")
        }.sorted()
      }
      parts.append(text(of: item, anchors: anchors).trimmedLineEnds)
    }
    guard !parts.isEmpty else { return nil }
    let body = parts.joined(separator: "\n\n") + "\n"
    // Blank lines in front keep the first item apart from the comment line above it.
    return isInListItem ? body.withoutBlankLines : "\n" + body + "\n"
  }

  private func text(of item: ReportItem, anchors: [String]) -> String {
    switch item {
    case .table(let table):
      var values = numbered(item, table.heading, anchors)
      values["table"] = PipeTable.text(PrintedTable(table))
      return templates.render("table.md", values)
    case .figure(let figure):
      var values = numbered(item, figure.heading, anchors)
      values["plot"] = plot(figure.content)
      values["notes"] = figure.notes.map(\.escapedForMarkdown)
      return templates.render("figure.md", values)
    case .paragraph(let text):
      return text.escapedForMarkdown
    case .expectations(let lines):
      return templates.render(
        "expectations.md", ["colon": labels.captionColon, "lines": lines.map(expectation)])
    case .failure(let failure):
      return templates.render(
        "failure.md",
        [
          "anchors": anchors.map(\.escapedForHTML), "title": labels.failed,
          "colon": labels.captionColon,
          "message": failure.message.sentenceForMarkdown, "id": failure.id.markdownCodeSpan,
          "notes": failure.notes.map(\.sentenceForMarkdown),
        ])
    case .provenance(let line):
      return templates.render("provenance.md", labels.provenanceValues(line))
    }
  }

  private func numbered(
    _ item: ReportItem, _ heading: ItemHeading, _ anchors: [String]
  ) -> [String: Any] {
    [
      "anchors": anchors.map(\.escapedForHTML), "number": labels.number(of: item) ?? "",
      "separator": labels.captionSeparator,
      "caption": labels.caption(heading).escapedForMarkdown,
    ]
  }

  private func plot(_ content: Figure.Content) -> String {
    switch content {
    case .lines(let plot): TextLinePlot.text(plot, charset: charset, labels: labels)
    case .bars(let chart): TextBars.text(chart, charset: charset, labels: labels)
    case .histogram(let histogram): TextBars.text(histogram, charset: charset, labels: labels)
    case .confusion(let matrix):
      TextConfusionMatrix.text(matrix, charset: charset, labels: labels)
    }
  }

  private func expectation(_ line: ExpectationLine) -> [String: Any] {
    var values: [String: Any] = [
      "mark": line.verdict.mark, "word": labels.word(for: line.verdict),
      "condition": line.condition.markdownCodeSpan,
    ]
    if let finding = line.finding {
      values["finding"] = labels.inParentheses(finding.markdownCodeSpan)
    }
    return values
  }
}

extension Report {
  /// The report as Markdown, by the built-in templates and without anchors.
  package func markdown(labels: Labels, charset: Charset) -> String {
    let renderer = MarkdownRenderer(
      labels: labels, charset: charset, templates: .builtIn, referenced: [])
    return renderer.body(of: self, isInListItem: false) ?? ""
  }
}

extension ExpectationLine.Verdict {
  var mark: String {
    switch self {
    case .holds: "✓"
    case .fails: "✗"
    case .undecided: "?"
    }
  }
}

extension Labels {
  func word(for verdict: ExpectationLine.Verdict) -> String {
    switch verdict {
    case .holds: holds
    case .fails: fails
    case .undecided: undecided
    }
  }

  /// What the provenance template may name.
  func provenanceValues(_ line: ProvenanceLine) -> [String: Any] {
    var values: [String: Any] = [
      "fingerprint_label": fingerprint, "fingerprint": String(line.fingerprint.prefix(12)),
      "numerics_label": numericsVersion, "numerics": String(line.numericsVersion),
      "seed_label": seed, "repeats_label": repeats,
    ]
    if let seed = line.seed { values["seed"] = String(seed) }
    if line.repeats > 1 { values["repeats"] = String(line.repeats) }
    return values
  }
}

extension String {
  /// The text without line ends and blanks after its last visible character.
  fileprivate var trimmedLineEnds: String {
    var text = Substring(self)
    while let last = text.unicodeScalars.last, last == "\n" || last == " " || last == "\r" {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }

  /// Blank lines replaced by empty comments, which separate blocks as well.
  fileprivate var withoutBlankLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { $0.allSatisfy { $0 == " " } ? "<!-- -->" : String($0) }
      .joined(separator: "\n") + "\n"
  }
}
