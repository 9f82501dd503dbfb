internal import Diagnostics
package import Experiments
package import Notebooks

/// A published document beside what its ledger, its notebook and the results say.
package struct DocumentComparison: Sendable {
  package let name: String
  package let findings: [CheckFinding]
  /// From the document to what would be written, as `diff -u` prints it; empty when it is not known
  /// or there is none.
  package let difference: String

  init(_ name: String, _ findings: [CheckFinding] = [], difference: String = "") {
    self.name = name
    self.findings = findings
    self.difference = difference
  }

  /// The worst that was found.
  package var verdict: CheckClass { findings.map(\.kind).max() ?? .identical }
}

/// What documents are compared with.
package struct DocumentContext: Sendable {
  let experiments: ExperimentNotebook
  let notebook: Notebook
  /// The blocks, compared.
  let ledger: LedgerComparison
  /// The document that the recomputed results give; nil when nothing was recomputed.
  let rendered: RenderedDocument?
  /// Whether every block was recomputed, so that `rendered` is the whole document.
  let isWhole: Bool
  /// Whether the notebook's text is known to be another than the documents were made of.
  let isTextChanged: Bool

  package init(
    experiments: ExperimentNotebook, notebook: Notebook, ledger: LedgerComparison,
    rendered: RenderedDocument?, isWhole: Bool, isTextChanged: Bool = false
  ) {
    self.isTextChanged = isTextChanged
    self.experiments = experiments
    self.notebook = notebook
    self.ledger = ledger
    self.rendered = rendered
    self.isWhole = isWhole && rendered != nil
  }

  /// Whether the documents must be what the results give: all were recomputed, and are published.
  var mustMatch: Bool {
    isWhole && !isTextChanged && ledger.findings.isEmpty
      && ledger.blocks.allSatisfy(\.hasPublishedResult)
  }
}

extension DocumentComparison {
  /// Compares the documents of a notebook.
  ///
  /// - Parameters:
  ///   - recorded: as the ledger lists them.
  ///   - markdown: the Markdown document, whether it is there or not.
  ///   - page: the page, whether it is there or not.
  package static func all(
    recorded: [Ledger.Document], markdown: PublishedFile, page: PublishedFile,
    _ context: DocumentContext
  ) -> [DocumentComparison] {
    var comparisons: [DocumentComparison] = []
    var digests: [String: SHA256Hex] = [:]
    for document in recorded {
      if digests.updateValue(document.digest, forKey: document.name) != nil {
        comparisons.append(.listedTwice(document.name))
      } else if document.name != markdown.name, document.name != page.name {
        comparisons.append(.unknown(document.name))
      }
    }
    let text = digests[markdown.name].map { digest in
      guard let bytes = markdown.bytes else { return DocumentComparison.missing(markdown) }
      return MarkdownComparison(markdown, bytes, digest, context).comparison
    }
    comparisons += [text ?? unlisted(markdown)].compactMap(\.self)
    let html = digests[page.name].map { digest in
      page.bytes == nil
        ? missing(page)
        : DocumentComparison(page: page, digest, context, isTold: text?.verdict.isFine == false)
    }
    comparisons += [html ?? unlisted(page)].compactMap(\.self)
    return comparisons
  }

  /// A page: by digest, and by what the results give.
  ///
  /// - Parameter isTold: whether the Markdown document differs, so that the page must too.
  private init(
    page: PublishedFile, _ recorded: SHA256Hex, _ context: DocumentContext, isTold: Bool
  ) {
    let isUntouched = page.digest == recorded
    let isRendered =
      context.isWhole
      && (context.rendered?.html).map { page.bytes?.elementsEqual($0.utf8) ?? false } == true
    if !isUntouched {
      self.init(page.name, [isRendered ? .wrongDigest(page.name) : .edited(page.name)])
    } else if context.mustMatch, context.rendered?.html != nil, !isRendered, !isTold {
      self.init(page.name, [.otherText(page.name)])
    } else {
      self.init(page.name)
    }
  }

  /// What a document shows by itself, without a ledger: regions that were edited; nil for none.
  package static func unlisted(editedIn markdown: PublishedFile) -> DocumentComparison? {
    guard let text = markdown.bytes.flatMap({ String(validating: $0, as: UTF8.self) }) else {
      return nil
    }
    let published = Notebook.parse(SourceFile(path: markdown.path, text: text)).notebook
    let findings = CheckFinding.editedRegions(of: published)
    return findings.isEmpty ? nil : DocumentComparison(markdown.name, findings)
  }

  private static func missing(_ file: PublishedFile) -> DocumentComparison {
    let state = file.obstacle ?? "is not there"
    return DocumentComparison(
      file.name,
      [CheckFinding(.missing, "The document `\(file.path)` \(state), though the ledger lists it")])
  }

  private static func unlisted(_ file: PublishedFile) -> DocumentComparison? {
    guard file.bytes != nil else { return nil }
    return DocumentComparison(
      file.name,
      [
        CheckFinding(
          .stale, "The ledger does not list `\(file.path)`: nothing vouches for it",
          notes: ["it may be left from an earlier `render`; delete it, or render it again"])
      ])
  }

  private static func listedTwice(_ name: String) -> DocumentComparison {
    DocumentComparison(
      name,
      [
        CheckFinding(
          .handEdited, "The ledger lists `\(name)` twice",
          notes: ["a merge may have kept both sides"])
      ])
  }

  private static func unknown(_ name: String) -> DocumentComparison {
    DocumentComparison(
      name,
      [
        CheckFinding(
          .handEdited, "The ledger lists `\(name)`, which is no document of this notebook")
      ])
  }
}

extension CheckFinding {
  /// One for each region whose text does not fit its own digest.
  static func editedRegions(of published: Notebook) -> [CheckFinding] {
    published.regions.filter { regionDigest($0.body) != $0.digest }.map { region in
      CheckFinding(
        .handEdited, block: region.name,
        "Generated text of `\(region.name)` was changed by hand at \(published.file.path):"
          + "\(region.markerRange.start.line)")
    }
  }

  static func edited(_ name: String) -> CheckFinding {
    CheckFinding(
      .handEdited, "`\(name)` is not the file that was written: the ledger has another digest")
  }

  static func wrongDigest(_ name: String) -> CheckFinding {
    CheckFinding(
      .handEdited,
      "The ledger's digest of `\(name)` is not that of the file, which is what the results give")
  }

  static func otherText(_ name: String) -> CheckFinding {
    CheckFinding(
      .drifted, "`\(name)` is printed otherwise now, though every result is the published one",
      notes: ["templates, options such as --allow-html, or the version of Assay are others"])
  }
}
