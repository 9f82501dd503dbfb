internal import Diagnostics
internal import Execution
internal import Experiments
internal import Reports

/// What is published of a notebook: its ledger and its documents, as they lie on disk.
struct PublishedNotebook {
  /// The ledger, or what is wrong with the file.
  enum LedgerState {
    case sound(Ledger)
    case missing
    /// There is something in its place that gives no bytes.
    case unreadable(FileRefusal)
    case damaged(Diagnostic?)
  }

  let ledger: LedgerState
  let ledgerName: String
  /// Whether the ledger's text is the one that its content is written as.
  let isLedgerCanonical: Bool
  /// Blocks of the ledger whose lines are not those that were written.
  let editedBlocks: [String]
  let markdown: PublishedFile
  let page: PublishedFile
  /// Whether a render was cut off while it put the files in their places; they are taken as they will
  /// be.
  let isUnfinished: Bool

  /// Bytes beyond which a file is not read.
  private static let limit = 256 << 20

  init(at place: OutputPlace, root: ProjectRoot) {
    let contents = place.group.contents(limit: Self.limit)
    isUnfinished = contents.isUnfinished
    ledgerName = place.ledger.fileName
    markdown = Self.file(at: place.markdown, contents, root)
    page = Self.file(at: place.html, contents, root)
    guard let bytes = contents[place.ledger] else {
      ledger = contents.refusal(of: place.ledger).map { .unreadable($0) } ?? .missing
      (isLedgerCanonical, editedBlocks) = (true, [])
      return
    }
    let shown = root.shown(place.ledger)
    let (decoded, problem) = LedgerFile.decode(bytes, shownAs: shown)
    ledger = decoded.map { .sound($0) } ?? .damaged(problem)
    isLedgerCanonical =
      decoded.map { $0.encoded(format: $0.format).utf8.elementsEqual(bytes) } ?? false
    editedBlocks =
      isLedgerCanonical || decoded == nil
      ? []
      : Ledger.editedBlocks(
        of: SourceFile(path: shown, text: String(decoding: bytes, as: UTF8.self)))
  }

  /// A file of the group; one that does not belong to it, such as a page when rendering in place, is
  /// not there.
  private static func file(
    at path: String, _ contents: FileGroup.Contents, _ root: ProjectRoot
  ) -> PublishedFile {
    PublishedFile(
      name: path.fileName, path: root.shown(path), bytes: contents[path],
      obstacle: contents.refusal(of: path)?.rule)
  }
}
