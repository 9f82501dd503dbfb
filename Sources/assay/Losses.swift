internal import Diagnostics
internal import Digests
internal import Execution
internal import Experiments
internal import Notebooks
internal import Reports

/// What writing a document over earlier ones would lose without a word: text that a person put into
/// a generated region, and values that moved though nothing they depend on did.
struct Losses {
  private let place: OutputPlace
  private let document: RenderedDocument
  private let ledger: Ledger
  /// The ledger that is there; nil where there is none that can be read, or it is the same.
  private let earlier: Ledger?
  /// What could not be compared.
  let warnings: [Diagnostic]

  /// - Parameter rendering: what is about to be written.
  init(of rendering: Rendering, at place: OutputPlace) {
    self.place = place
    document = rendering.document
    ledger = rendering.ledger
    guard let text = Self.text(at: place.ledger),
      !text.hasBytes(of: rendering.ledgerText)
    else {
      (earlier, warnings) = (nil, [])
      return
    }
    let file = SourceFile(path: place.ledger, text: text)
    let (found, problems) = Ledger.decode(file)
    earlier = found
    warnings = found == nil ? [.damagedLedger(problems.first, in: file)] : []
  }

  /// The losses that nobody agreed to, with the differences to print.
  ///
  /// - Parameter accepted: names of blocks whose earlier text or value may go.
  func notAccepted(_ accepted: [String]) -> (diagnostics: [Diagnostic], differences: String) {
    let accepted = Set(accepted)
    var diagnostics: [Diagnostic] = []
    var differences = ""
    var seen: Set<String> = []
    for edited in document.editedRegions + editedInEarlierDocument
    where !accepted.contains(edited.block) && seen.insert(edited.block).inserted {
      diagnostics.append(edited.diagnostic)
      differences += edited.difference
    }
    diagnostics += drifted.filter { !accepted.contains($0.acceptedName) }.map {
      .drifted($0, ledger: place.ledger)
    }
    return (diagnostics, differences)
  }

  private var editedInEarlierDocument: [EditedRegion] {
    guard let text = Self.text(at: place.markdown),
      !text.hasBytes(of: document.markdown)
    else { return [] }
    // As it was written: whatever it says, no person did.
    let recorded = self.earlier?.documents.first { $0.name == place.markdown.fileName }
    if recorded?.digest == SHA256Hex(SHA256Digest(of: text)) { return [] }
    let earlier = Notebook.parse(SourceFile(path: place.markdown, text: text)).notebook
    return EditedRegion.found(in: earlier, replacedBy: document.markdown)
  }

  /// Blocks whose steps all have the fingerprints of the earlier ledger, and whose result has not.
  private var drifted: [Ledger.Block] {
    guard let earlier else { return [] }
    let known = Dictionary(
      earlier.blocks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return ledger.blocks.filter { block in
      guard let before = known[block.name], let result = before.result else { return false }
      return before.steps == block.steps && block.result != nil && block.result != result
    }
  }

  private static func text(at path: String) -> String? {
    guard let bytes = try? UserFile.contents(of: path, limit: 64 << 20) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension String {
  /// Whether both texts have the same bytes; `==` takes texts for equal that are written differently.
  fileprivate func hasBytes(of other: String) -> Bool {
    utf8.count == other.utf8.count && Array(utf8) == Array(other.utf8)
  }
}

extension Ledger.Block {
  /// The name after `--accept`: a variant of a comparison goes by the comparison's.
  fileprivate var acceptedName: String { String(name.prefix { $0 != "[" }) }
}

extension Diagnostic {
  fileprivate static func damagedLedger(_ cause: Diagnostic?, in file: SourceFile) -> Diagnostic {
    Diagnostic(
      .warning, "ledger.damaged", "The earlier ledger cannot be read; nothing is compared with it",
      at: cause?.range ?? SourceRange(file, 0..<0),
      notes: [cause.map { .init($0.message) }].compactMap(\.self))
  }

  fileprivate static func drifted(_ block: Ledger.Block, ledger: String) -> Diagnostic {
    Diagnostic(
      .error, "result.drifted",
      "The result of `\(block.name)` differs from `\(ledger)`, though its fingerprint does not",
      notes: [
        .init("the same fingerprint must give the same bits; `assay doctor` tests this machine"),
        .init("`assay render --accept \(block.acceptedName)` writes the new result"),
      ])
  }
}
