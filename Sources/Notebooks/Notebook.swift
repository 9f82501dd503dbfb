package import Diagnostics

// Markdown text <-> Notebook.
//
// This target owns where things are: front matter, experiment blocks, the prose between them, and
// the generated text of a rendered document. libcmark decides what is a block; this target is its
// only importer. It refuses to know what a block means (YAML, names of results) and what generated
// text says: it carries digests and bodies without judging them.
//
// Laws, each a test:
//   * segments tile the text of the file, byte for byte;
//   * source(woven(x)) == source(x), and source(x) == x for a notebook that was not rendered;
//   * source(source(x)) == source(x) for every text;
//   * woven(woven(x)) == woven(x) for equal results.

/// A Markdown document with experiment blocks, as read; possibly one that was rendered before.
package struct Notebook: Sendable {
  /// What was read.
  package let file: SourceFile
  /// The YAML between the `---` lines.
  package let frontMatter: MappedText?
  /// Stretches of the text in order; their ranges tile ``SourceFile/text`` byte for byte.
  package let segments: [Segment]
  /// Inline values and cross references in order.
  package let inlines: [Inline]
  /// Headings in order.
  package let headings: [Heading]
  /// True when the text broke a limit and was not looked at: one prose segment, no page.
  package let isRefused: Bool

  /// The experiment blocks in order.
  package var blocks: [ExperimentBlock] {
    segments.compactMap {
      if case .experiment(let block) = $0.kind { block } else { nil }
    }
  }

  /// The generated regions in order; none in a notebook that was not rendered.
  package var regions: [Region] {
    segments.compactMap {
      if case .region(let region) = $0.kind { region } else { nil }
    }
  }

  /// Whether the text holds generated text.
  package var isRendered: Bool {
    inlines.contains { $0.shown != nil }
      || segments.contains {
        if case .region = $0.kind { true } else { false }
      }
  }
}

/// A stretch of a notebook.
package struct Segment: Sendable {
  /// What a stretch is.
  package enum Kind: Sendable {
    /// The `---` lines and what is between them.
    case frontMatter
    case prose
    case experiment(ExperimentBlock)
    case region(Region)
  }

  package let kind: Kind
  /// Bytes of the file; never empty.
  package let range: Range<Int>
}

/// What a notebook may cost; checked before libcmark sees it.
package struct NotebookLimits: Sendable {
  /// Bytes of text.
  package var bytes = 1_000_000
  /// `[` and `]` between two blank lines: libcmark 0.30 takes time with their square.
  package var brackets = 5000
  /// Nested quotes and list items.
  package var nesting = 100

  package init() {}
}
