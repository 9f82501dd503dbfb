/// What the document says after a block: a list of items, neither Markdown nor HTML yet.
package struct Report: Sendable, Hashable {
  /// The block's name; the anchor of its region.
  package let block: String
  package var items: [ReportItem]

  package init(block: String, items: [ReportItem]) {
    self.block = block
    self.items = items
  }
}

/// One thing that a report shows.
package enum ReportItem: Sendable, Hashable {
  case table(ReportTable)
  case figure(Figure)
  case paragraph(String)
  case expectations([ExpectationLine])
  case failure(Failure)
  case provenance(ProvenanceLine)
}

/// A condition that the block's author stated, and how it came out.
package struct ExpectationLine: Sendable, Hashable {
  /// How an expectation came out.
  package enum Verdict: String, Sendable, Hashable, CaseIterable {
    case holds, fails
    /// A value it speaks of does not exist, because a block failed.
    case undecided
  }

  package let verdict: Verdict
  /// The condition as written.
  package let condition: String
  /// Values found, `test.accuracy = 0.9321`; nil when nothing was computed.
  package let finding: String?

  package init(verdict: Verdict, condition: String, finding: String?) {
    self.verdict = verdict
    self.condition = condition
    self.finding = finding
  }
}

/// Why a block has no result, shown in its place.
package struct Failure: Sendable, Hashable {
  /// The diagnostic's id and message, one sentence.
  package let id: String
  package let message: String
  package let notes: [String]

  package init(id: String, message: String, notes: [String]) {
    self.id = id
    self.message = message
    self.notes = notes
  }
}

/// What is needed to get the same numbers again.
package struct ProvenanceLine: Sendable, Hashable {
  /// First 12 hexadecimal digits of the fingerprint.
  package let fingerprint: String
  package let numericsVersion: Int
  /// The seed of the block; nil for blocks that draw nothing.
  package let seed: UInt64?
  /// How many seeds were run.
  package let repeats: Int

  package init(fingerprint: String, numericsVersion: Int, seed: UInt64?, repeats: Int) {
    self.fingerprint = fingerprint
    self.numericsVersion = numericsVersion
    self.seed = seed
    self.repeats = repeats
  }
}

/// Name and words of a numbered item.
package struct ItemHeading: Sendable, Hashable {
  /// The name that `show:` and references use: `loss_curve`.
  package let name: String
  /// What is shown, on which split: plain text.
  package let caption: String
  /// How it was measured: the number of seeds; nil where there is nothing to say.
  package let detail: String?
  /// Place among the document's figures or tables from 1; 0 until the document is numbered.
  package var number: Int

  package init(name: String, caption: String, detail: String? = nil, number: Int = 0) {
    self.name = name
    self.caption = caption
    self.detail = detail
    self.number = number
  }
}
