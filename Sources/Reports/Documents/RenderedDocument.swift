package import Diagnostics
internal import Digests
package import Experiments
internal import JSON
package import Notebooks

/// How a document is printed.
package struct DocumentOptions: Sendable {
  /// Whether the page keeps raw HTML of the prose.
  package var allowsHTML = false
  /// Whether a page is made at all.
  package var makesPage = true
  package var templates = TemplateSet.builtIn
  /// What the page is called that has neither title nor heading; nil: the notebook's file.
  package var name: String?
  /// What blocks showed the last time, by the same program.
  package var earlier = PrintedBlocks.none

  package init() {}
}

/// A notebook with its results: the text that is written to `output/`.
package struct RenderedDocument: Sendable {
  /// The Markdown text: the notebook's prose byte for byte, regions and inline values.
  package let markdown: String
  /// The complete page; nil when none was asked for.
  package let html: String?
  /// Unknown references, values that cannot be computed, parts that there are none of.
  package let diagnostics: [Diagnostic]
  /// Every expectation of the notebook's own blocks, judged, in order.
  package let verdicts: [BlockVerdict]
  /// Regions that somebody changed by hand.
  package let editedRegions: [EditedRegion]
  /// What blocks show, in order of the document.
  package let printed: [PrintedBlock]

  /// An expectation of a block, judged.
  package struct BlockVerdict: Sendable {
    package let block: String
    package let verdict: Expectation.Verdict
  }

  /// Puts results into a notebook.
  ///
  /// - Parameters:
  ///   - notebook: as read; it may be a rendered document.
  ///   - experiments: its blocks, decoded, and those it uses.
  ///   - outcomes: by name of the experiment; a block without one stays as it is written.
  package static func render(
    notebook: Notebook, experiments: ExperimentNotebook, outcomes: [String: BlockOutcome],
    options: DocumentOptions = DocumentOptions()
  ) -> RenderedDocument {
    DocumentWeaver(
      notebook: notebook, experiments: experiments, outcomes: outcomes, options: options
    ).document
  }
}

/// The work of ``RenderedDocument/render(notebook:experiments:outcomes:options:)``.
private struct DocumentWeaver {
  private let notebook: Notebook
  private let experiments: ExperimentNotebook
  private let options: DocumentOptions
  private let labels: Labels
  private let references: CrossReferences
  private let referenced: Set<String>
  private let reports: NumberedReports
  private let verdicts: [RenderedDocument.BlockVerdict]
  private let inlines: [ShownInline]
  private var diagnostics: [Diagnostic]

  /// What an inline shows; `anchor` for references.
  private struct ShownInline {
    let text: String
    let anchor: String?
  }

  /// What becomes of a block before items are numbered.
  private struct MadeReport {
    let report: Report
    let verdicts: [Expectation.Verdict]
    let diagnostics: [Diagnostic]
  }

  init(
    notebook: Notebook, experiments: ExperimentNotebook, outcomes: [String: BlockOutcome],
    options: DocumentOptions
  ) {
    self.notebook = notebook
    self.experiments = experiments
    self.options = options
    let labels = Labels(experiments.settings.lang)
    let references = CrossReferences(notebook: notebook)
    let scope = ResultScope(
      blockNames: experiments.experiments.map(\.name),
      results: outcomes.compactMapValues(\.result))
    let blocks = notebook.blocks
    let made = blocks.concurrentMap { block -> MadeReport? in
      guard let experiment = experiments[block.name], let outcome = outcomes[block.name] else {
        return nil
      }
      let judged = experiment.expectations.map { $0.judged(in: scope, own: block.name) }
      let (report, found) = Report.make(
        of: experiment, outcome: outcome, verdicts: judged, labels: labels)
      return MadeReport(report: report, verdicts: judged, diagnostics: found)
    }.compactMap(\.self)
    var diagnostics = made.flatMap(\.diagnostics)
    let numbered = NumberedReports(made.map(\.report))
    // Those of used notebooks, too, of which prose may speak.
    let isComplete = experiments.experiments.allSatisfy { experiment in
      switch outcomes[experiment.name]?.work {
      case .result: true
      case .notRun: experiment.spec.kind.isComponent
      case .failure, nil: false
      }
    }
    inlines = notebook.inlines.map { inline in
      switch inline.kind {
      case .value(let text):
        let (shown, found) = Self.value(of: text, in: scope, labels: labels)
        // Without all results a value may be missing for no fault of the notebook.
        diagnostics += isComplete ? found : found.map(\.asWarning)
        return ShownInline(text: shown, anchor: nil)
      case .reference(let target):
        let (found, diagnostic) = references.resolve(target, in: numbered, labels: labels)
        if let diagnostic { diagnostics.append(diagnostic) }
        return ShownInline(text: found.shown, anchor: found.anchor)
      }
    }
    self.labels = labels
    self.references = references
    referenced = references.referenced
    self.reports = numbered
    verdicts = made.flatMap { made in
      made.verdicts.map {
        RenderedDocument.BlockVerdict(block: made.report.block, verdict: $0)
      }
    }
    self.diagnostics = diagnostics
  }

  private static func value(
    of text: MappedText, in scope: ResultScope, labels: Labels
  ) -> (shown: String, diagnostics: [Diagnostic]) {
    let (expression, found) = Expression.parse(text)
    guard let expression else { return (labels.noValue, found) }
    let evaluation = expression.evaluate(in: scope, own: nil)
    let shown = evaluation.value.map(expression.text(of:)) ?? labels.noValue
    return (shown, found + evaluation.diagnostics)
  }

  var document: RenderedDocument {
    var diagnostics = diagnostics
    let found = notebook.blocks.concurrentMap(printed)
    let printed = found.map { $0?.texts ?? PrintedBlocks.Texts() }
    let bodies = regionBodies(printed, &diagnostics)
    let texts = Form.allCases.concurrentMap { form -> String? in
      switch form {
      case .markdown:
        notebook.woven(
          region: { bodies[$0.index].map { RegionContent(digest: regionDigest($0), body: $0) } },
          inline: { inlines.indices.contains($0.index) ? inlines[$0.index].text : nil })
      case .page: options.makesPage ? page(printed.map(\.section)) : nil
      }
    }
    return RenderedDocument(
      markdown: texts[0] ?? "", html: texts[1], diagnostics: diagnostics,
      verdicts: verdicts,
      editedRegions: EditedRegion.all(in: notebook, against: { bodies[$0] ?? "" }),
      printed: found.compactMap(\.self))
  }

  /// The two texts of a document, which are made side by side.
  private enum Form: CaseIterable { case markdown, page }

  /// Nil for a block without a report.
  private func printed(_ block: ExperimentBlock) -> PrintedBlock? {
    guard let report = reports[block.name] else { return nil }
    let isEchoed = experiments[block.name]?.common.echo ?? true
    let source = options.makesPage && isEchoed ? block.body.text : nil
    let key = key(of: report, block, source: source)
    if let earlier = options.earlier[key] { return PrintedBlock(key: key, texts: earlier) }
    var texts = PrintedBlocks.Texts()
    if block.isClosed {
      texts.body = MarkdownRenderer(
        labels: labels, charset: experiments.settings.charset, templates: options.templates,
        referenced: referenced
      ).body(of: report, isInListItem: block.isInListItem)
    }
    if options.makesPage {
      texts.section = PageRenderer(labels: labels).section(of: report, source: source)
    }
    return PrintedBlock(key: key, texts: texts)
  }

  /// Of everything that a block's texts depend on but the program.
  private func key(of report: Report, _ block: ExperimentBlock, source: String?) -> SHA256Digest {
    let anchors = referenced.filter {
      $0 == report.block || $0.hasPrefix(report.block + ".")
    }.sorted()
    return SHA256Digest(
      of: CanonicalJSON.object([
        "anchors": .array(anchors.map(CanonicalJSON.string)),
        "charset": .string(experiments.settings.charset.rawValue),
        "is_closed": .bool(block.isClosed), "is_in_list": .bool(block.isInListItem),
        "lang": .string(labels.language.rawValue), "makes_page": .bool(options.makesPage),
        "report": .string(report.digest.hexadecimal),
        "source": source.map(CanonicalJSON.string) ?? .null,
        "templates": .string(options.templates.digest.hexadecimal),
      ]).bytes)
  }

  // MARK: - Markdown

  /// Bodies of regions by index of the block.
  private func regionBodies(
    _ printed: [PrintedBlocks.Texts], _ diagnostics: inout [Diagnostic]
  ) -> [Int: String] {
    var bodies: [Int: String] = [:]
    for (block, printed) in zip(notebook.blocks, printed) {
      guard let body = printed.body else { continue }
      guard RegionContent.isLawful(body) else {
        diagnostics.append(.regionComment(of: block))
        continue
      }
      bodies[block.index] = RegionContent.normalized(body)
    }
    return bodies
  }

  // MARK: - The page

  /// - Parameter sections: one for each block.
  private func page(_ sections: [String?]) -> String {
    let places = Dictionary(
      notebook.blocks.enumerated().map { ($1.index, $0) }, uniquingKeysWith: { first, _ in first })
    let body = notebook.html(
      allowHTML: options.allowsHTML,
      block: { block in places[block.index].flatMap { sections[$0] } },
      inline: { inline in
        guard inlines.indices.contains(inline.index) else { return nil }
        let shown = inlines[inline.index]
        var markup = Markup()
        if let anchor = shown.anchor {
          markup.element("a", ["href": "#\(anchor)"], text: shown.text)
        } else {
          markup.element("span", ["class": "value"], text: shown.text)
        }
        return markup.text
      },
      anchors: references.headingAnchors)
    return Page(
      title: title, heading: notebook.headings.contains { $0.level == 1 } ? nil : settingsTitle,
      language: experiments.settings.lang, body: body, allowsHTML: options.allowsHTML
    ).text(templates: options.templates, labels: labels)
  }

  private var settingsTitle: String? { experiments.settings.title }

  /// The front matter's, the first heading, or the file's name.
  private var title: String {
    if let title = settingsTitle ?? notebook.headings.first?.text { return title }
    let path = options.name ?? notebook.file.path
    let file = path.split(separator: "/").last.map(String.init) ?? ""
    return file.hasSuffix(".md") ? String(file.dropLast(3)) : file
  }
}

/// What the opening comment of a region records: the first twelve digits of the body's SHA-256.
func regionDigest(_ body: String) -> String {
  SHA256Digest(of: RegionContent.normalized(body)).prefix(12)
}

extension Diagnostic {
  /// The same remark with less weight.
  fileprivate var asWarning: Diagnostic {
    guard isError else { return self }
    return Diagnostic(.warning, id, message, at: range, notes: notes, suggestion: suggestion)
  }

  fileprivate static func regionComment(of block: ExperimentBlock) -> Diagnostic {
    Diagnostic(
      .error, "template.region-comment",
      "A template writes no `<!-- assay:` or `<!-- /assay` comment", at: block.nameRange,
      notes: [Note("the region of this block is left out")])
  }
}
