package import Diagnostics
internal import Digests
package import Experiments
package import Notebooks

/// How a document is printed.
package struct DocumentOptions: Sendable {
  /// Whether the page keeps raw HTML of the prose.
  package var allowsHTML = false
  /// Whether a page is made at all.
  package var makesPage = true
  package var templates = TemplateSet.builtIn

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
  private let reports: NumberedReports
  private let verdicts: [RenderedDocument.BlockVerdict]
  private let inlines: [ShownInline]
  private var diagnostics: [Diagnostic]

  /// What an inline shows; `anchor` for references.
  private struct ShownInline {
    let text: String
    let anchor: String?
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
    var diagnostics: [Diagnostic] = []
    var verdicts: [RenderedDocument.BlockVerdict] = []
    var reports: [Report] = []
    for block in notebook.blocks {
      guard let experiment = experiments[block.name], let outcome = outcomes[block.name] else {
        continue
      }
      let judged = experiment.expectations.map { $0.judged(in: scope, own: block.name) }
      verdicts += judged.map { RenderedDocument.BlockVerdict(block: block.name, verdict: $0) }
      let (report, found) = Report.make(
        of: experiment, outcome: outcome, verdicts: judged, labels: labels)
      reports.append(report)
      diagnostics += found
    }
    let numbered = NumberedReports(reports)
    let isComplete = notebook.blocks.allSatisfy { block in
      switch outcomes[block.name]?.work {
      case .result: true
      case .notRun: experiments[block.name]?.spec.kind.isComponent ?? false
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
    self.reports = numbered
    self.verdicts = verdicts
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
    let bodies = regionBodies(&diagnostics)
    let markdown = notebook.woven(
      region: { bodies[$0.index].map { RegionContent(digest: regionDigest($0), body: $0) } },
      inline: { inlines.indices.contains($0.index) ? inlines[$0.index].text : nil })
    return RenderedDocument(
      markdown: markdown, html: options.makesPage ? page : nil, diagnostics: diagnostics,
      verdicts: verdicts,
      editedRegions: EditedRegion.all(in: notebook, against: { bodies[$0] ?? "" }))
  }

  // MARK: - Markdown

  /// Bodies of regions by index of the block.
  private func regionBodies(_ diagnostics: inout [Diagnostic]) -> [Int: String] {
    let renderer = MarkdownRenderer(
      labels: labels, charset: experiments.settings.charset, templates: options.templates,
      referenced: references.referenced)
    var bodies: [Int: String] = [:]
    for block in notebook.blocks where block.isClosed {
      guard let report = reports[block.name],
        let body = renderer.body(of: report, isInListItem: block.isInListItem)
      else { continue }
      guard RegionContent.isLawful(body) else {
        diagnostics.append(.regionComment(of: block))
        continue
      }
      bodies[block.index] = RegionContent.normalized(body)
    }
    return bodies
  }

  // MARK: - The page

  private var page: String {
    let renderer = PageRenderer(labels: labels)
    let body = notebook.html(
      allowHTML: options.allowsHTML,
      block: { block in
        guard let report = reports[block.name] else { return nil }
        let isEchoed = experiments[block.name]?.common.echo ?? true
        return renderer.section(of: report, source: isEchoed ? block.body.text : nil)
      },
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
    let file = notebook.file.path.split(separator: "/").last.map(String.init) ?? ""
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
