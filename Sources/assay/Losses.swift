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
  /// That there is a ledger which cannot be read, so that nobody knows what would be lost.
  private let damage: Diagnostic?

  /// - Parameter rendering: what is about to be written.
  init(of rendering: Rendering, at place: OutputPlace) {
    self.place = place
    document = rendering.document
    ledger = rendering.ledger
    do throws(FileRefusal) {
      let bytes = try UserFile.contents(of: place.ledger, limit: LedgerFile.limit)
      if bytes.elementsEqual(rendering.ledgerText.utf8) {
        (earlier, damage) = (nil, nil)
        return
      }
      let (found, problem) = LedgerFile.decode(bytes, shownAs: place.shown(place.ledger))
      earlier = found
      damage = problem.map {
        .damagedLedger($0.range, $0.message, LedgerFile.remedy(of: $0), place)
      }
    } catch {
      earlier = nil
      damage =
        error == .missing
        ? nil : .damagedLedger(nil, "it \(error.rule)", LedgerFile.remedy(of: nil), place)
    }
  }

  /// The losses that nobody agreed to, with the differences to print.
  ///
  /// - Parameter accepted: names of blocks whose earlier text or value may go.
  func notAccepted(_ accepted: [String]) -> (diagnostics: [Diagnostic], differences: String) {
    if let refusal = damage ?? otherRendering { return ([refusal], "") }
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
      .drifted($0, ledger: place.shown(place.ledger))
    }
    return (diagnostics, differences)
  }

  /// That what is there was made of another notebook, or with other options: names of files may be the
  /// same for both.
  private var otherRendering: Diagnostic? {
    guard let earlier,
      earlier.notebook != ledger.notebook || earlier.options != ledger.options
    else { return nil }
    return .otherRendering(earlier, place)
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
  fileprivate static func otherRendering(_ earlier: Ledger, _ place: OutputPlace) -> Diagnostic {
    let options = earlier.options.sorted { $0.key < $1.key }.map { "\($0.key) `\($0.value)`" }
    let with = options.isEmpty ? "without options" : "with " + options.joined(separator: ", ")
    return Diagnostic(
      .error, "output.other-rendering",
      "`\(place.shown(place.ledger))` was made of `\(earlier.notebook)` \(with), which would be lost",
      notes: [
        .init("`-o DIR` writes to another folder; to write over it, delete that ledger")
      ])
  }

  fileprivate static func damagedLedger(
    _ range: SourceRange?, _ cause: String, _ remedy: String, _ place: OutputPlace
  ) -> Diagnostic {
    let path = place.shown(place.ledger)
    return Diagnostic(
      .error, "ledger.damaged",
      "The ledger `\(path)` cannot be read, so that nobody can tell what would be lost", at: range,
      notes: [.init(cause), .init(remedy)])
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
