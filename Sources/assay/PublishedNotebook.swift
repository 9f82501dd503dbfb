internal import Diagnostics
internal import Execution
internal import Experiments
internal import Reports

/// What is published of a notebook: its ledger and its documents, as they lie on disk.
struct PublishedNotebook {
  /// The ledger, or what is wrong with the file.
  enum LedgerFile {
    case sound(Ledger)
    case missing
    case damaged(Diagnostic?)
  }

  let ledger: LedgerFile
  let ledgerName: String
  /// Whether the ledger's text is the one that its content is written as.
  let isLedgerCanonical: Bool
  let markdown: PublishedFile
  let page: PublishedFile

  /// Bytes beyond which a file is not read.
  private static let limit = 256 << 20

  init(at place: OutputPlace, root: ProjectRoot) {
    ledgerName = place.ledger.fileName
    markdown = Self.file(at: place.markdown, root)
    page = place.hasPage ? Self.file(at: place.html, root) : Self.noFile(at: place.html, root)
    guard let bytes = try? UserFile.contents(of: place.ledger, limit: Self.limit) else {
      ledger = .missing
      isLedgerCanonical = true
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      ledger = .damaged(nil)
      isLedgerCanonical = false
      return
    }
    let file = SourceFile(path: Self.shown(place.ledger, root), text: text)
    let (decoded, problems) = Ledger.decode(file)
    ledger = decoded.map { .sound($0) } ?? .damaged(problems.first)
    isLedgerCanonical = decoded.map { $0.encoded().utf8.elementsEqual(text.utf8) } ?? false
  }

  private static func file(at path: String, _ root: ProjectRoot) -> PublishedFile {
    PublishedFile(
      name: path.fileName, path: shown(path, root),
      bytes: try? UserFile.contents(of: path, limit: limit))
  }

  private static func noFile(at path: String, _ root: ProjectRoot) -> PublishedFile {
    PublishedFile(name: path.fileName, path: shown(path, root), bytes: nil)
  }

  private static func shown(_ path: String, _ root: ProjectRoot) -> String {
    root.relativePath(of: path).map(root.shownPath(of:)) ?? path
  }
}
