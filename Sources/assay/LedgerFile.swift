internal import Diagnostics
internal import Execution
internal import Experiments

/// A ledger as it lies somewhere.
enum LedgerFile {
  /// Bytes beyond which a ledger is not read.
  static let limit = 256 << 20

  /// The ledger of a rendered notebook; a warning when there is one that cannot be read.
  static func earlier(at path: String) -> (ledger: Ledger?, warning: Diagnostic?) {
    do throws(FileRefusal) {
      let bytes = try UserFile.contents(of: path, limit: limit)
      let (ledger, problem) = decode(bytes, shownAs: path)
      return (ledger, problem.map { .damaged($0.message, at: $0.range) })
    } catch {
      return (nil, error == .missing ? nil : .damaged("`\(path)` \(error.rule)"))
    }
  }

  /// Reads a ledger's bytes; the diagnostic says what is wrong with them.
  static func decode(_ bytes: [UInt8], shownAs path: String) -> (Ledger?, Diagnostic?) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let file = SourceFile(path: path, text: "")
      return (
        nil,
        Diagnostic(
          .error, "json.syntax", "a JSON file is UTF-8 text", at: SourceRange(file, 0..<0))
      )
    }
    let file = SourceFile(path: path, text: text)
    let (ledger, diagnostics) = Ledger.decode(file)
    if ledger == nil, let mark = conflictMark(in: text) {
      return (nil, .conflict(at: SourceRange(file, mark)))
    }
    return (ledger, diagnostics.first)
  }

  /// The line that begins the first conflict of a merge.
  private static func conflictMark(in text: String) -> Range<Int>? {
    let mark = Array("<<<<<<< ".utf8)
    var start = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.starts(with: mark) { return start..<start + line.count }
      start += line.count + 1
    }
    return nil
  }

  /// What to do about a ledger that cannot be read.
  static func remedy(of problem: Diagnostic?) -> String {
    problem?.id == "ledger.conflict"
      ? "keep one side of it and of its documents (`git checkout --ours` or `--theirs`), then render"
      : "restore it from version control; where it is lost, delete it, and render again"
  }
}

extension Diagnostic {
  fileprivate static func conflict(at range: SourceRange) -> Diagnostic {
    Diagnostic(.error, "ledger.conflict", "a merge left a conflict here", at: range)
  }

  fileprivate static func damaged(_ cause: String, at range: SourceRange? = nil) -> Diagnostic {
    Diagnostic(
      .warning, "ledger.damaged", "The ledger cannot be read, so nothing is compared with it",
      at: range, notes: [.init(cause)])
  }
}
