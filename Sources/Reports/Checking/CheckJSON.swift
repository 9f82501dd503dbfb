package import Diagnostics
internal import Experiments
internal import JSON

extension CheckReport {
  /// Version of the JSON form.
  private static let formatVersion = 1

  /// For programs: one object, keys sorted, one value a line, lines and columns from one.
  package var json: String {
    CanonicalJSON.members([
      "format": .integer(Self.formatVersion),
      "mode": .string(modeName),
      "status": .integer(status),
      "summary": .object(
        Dictionary(
          counts.map { ($0.kind.rawValue, CanonicalJSON.integer($0.count)) },
          uniquingKeysWith: { first, _ in first })),
      "sample": sampleJSON,
      "problems": CanonicalJSON.problems(problems),
      "notebooks": .array(notebooks.map(\.json)),
    ]).text
  }

  private var modeName: String {
    switch mode {
    case .run: "run"
    case .fingerprints: "no-run"
    case .sample: "sample"
    }
  }

  private var sampleJSON: CanonicalJSON? {
    guard case .sample(let sample, let seed) = mode else { return nil }
    return .object([
      "blocks": .integer(sample.chosen.count), "of": .integer(sample.total),
      "probability": .double(sample.detection), "seed": .string(seed),
    ])
  }
}

extension NotebookCheck {
  fileprivate var json: CanonicalJSON {
    .members([
      "path": .string(path),
      "class": .string(isChecked ? verdict.rawValue : "not checked"),
      "accept": acceptance.map(CanonicalJSON.string),
      "problems": CanonicalJSON.problems(problems),
      "ledger": .object([
        "name": .string(ledgerName),
        "findings": .array((ledgerFindings + (ledger?.findings ?? [])).map(record)),
      ]),
      "blocks": .array((ledger?.blocks ?? []).map(record)),
      "documents": .array(documents.map(record)),
    ])
  }

  private func record(_ block: BlockComparison) -> CanonicalJSON {
    .object([
      "name": .string(block.name), "kind": .string(block.kind),
      "class": .string(block.verdict.rawValue), "recomputed": .bool(block.isRecomputed),
      "place": CanonicalJSON.place(range(ofBlock: block.name)),
      "findings": .array(block.findings.map(record)),
      "values": .array(
        block.values.map {
          .members([
            "path": .string($0.path), "class": .string($0.kind.rawValue),
            "published": $0.recorded.map(CanonicalJSON.double),
            "found": $0.found.map(CanonicalJSON.double),
            "tolerance": $0.tolerance.map { .string($0.description) },
            "remark": $0.remark.map(CanonicalJSON.string),
          ])
        }),
    ])
  }

  private func record(_ document: DocumentComparison) -> CanonicalJSON {
    .members([
      "name": .string(document.name), "class": .string(document.verdict.rawValue),
      "findings": .array(document.findings.map(record)),
      "difference": document.difference.isEmpty ? nil : .string(document.difference),
    ])
  }

  private func record(_ finding: CheckFinding) -> CanonicalJSON {
    let diagnostic = finding.diagnostic(at: range(of: finding))
    return CanonicalJSON.record(
      diagnostic.id, diagnostic.message, diagnostic.notes, diagnostic.range, finding.kind)
  }
}

extension CanonicalJSON {
  /// Nil for none.
  fileprivate static func problems(_ problems: [Diagnostic]) -> CanonicalJSON? {
    problems.isEmpty
      ? nil : .array(problems.map { record($0.id, $0.message, $0.notes, $0.range) })
  }

  fileprivate static func record(
    _ id: String, _ message: String, _ notes: [Diagnostic.Note], _ range: SourceRange?,
    _ kind: CheckClass? = nil
  ) -> CanonicalJSON {
    .members([
      "class": kind.map { .string($0.rawValue) },
      "id": .string(id), "message": .string(message),
      "notes": .array(notes.map { .string($0.message) }), "place": range.map(place),
    ])
  }

  fileprivate static func place(_ range: SourceRange) -> CanonicalJSON {
    .object([
      "path": .string(range.file.path), "line": .integer(range.start.line),
      "column": .integer(range.start.column),
    ])
  }
}
