internal import Diagnostics
internal import Execution
internal import Glibc
internal import Notebooks

/// Reads notebooks as text, under the paths that diagnostics show.
struct NotebookReader {
  let root: ProjectRoot

  /// Bytes beyond which a notebook is not read at all; the parser's own limit is lower.
  private static let limit = 16 << 20

  /// A file named by the user, wherever it lies; empty with a diagnostic when it cannot be read.
  func file(at path: String) -> (SourceFile, Diagnostic?) {
    do throws(FileRefusal) {
      let bytes = try UserFile.contents(of: path, limit: Self.limit)
      return checked(bytes, path)
    } catch {
      let file = SourceFile(path: path, text: "")
      return (
        file,
        Diagnostic(
          .error, "file.unreadable", "The notebook \(error.rule)", at: SourceRange(file, 0..<0))
      )
    }
  }

  /// `assay.yaml` marks the root and has no settings yet; one that was written is not ignored.
  var configurationProblem: Diagnostic? {
    guard
      let bytes = try? UserFile.contents(of: root.absolutePath(of: "assay.yaml"), limit: 1 << 20),
      !bytes.isEmpty
    else { return nil }
    let file = SourceFile(
      path: root.shownPath(of: "assay.yaml"), text: String(decoding: bytes, as: UTF8.self))
    for index in file.lineStarts.indices {
      let range = file.lineContent(index)
      let line = file[range].drop { $0 == " " || $0 == "\t" }
      if line.isEmpty || line.hasPrefix("#") || line == "---" { continue }
      return Diagnostic(
        .error, "file.configuration", "`assay.yaml` marks the project root and has no settings yet",
        at: SourceRange(file, range), notes: [.init("leave it empty, or write comments only")])
    }
    return nil
  }

  /// A notebook that another one uses, named relative to the root, for `use` at the given place.
  func load(_ path: String, usedAt place: SourceRange) -> (Notebook?, [Diagnostic]) {
    do throws(FileRefusal) {
      let bytes = try root.contents(of: path, limit: Self.limit)
      let (file, problem) = checked(bytes, root.shownPath(of: path))
      if let problem { return (nil, [problem]) }
      return Notebook.parse(file)
    } catch {
      return (nil, [.used(path, error, at: place)])
    }
  }

  private func checked(_ bytes: [UInt8], _ path: String) -> (SourceFile, Diagnostic?) {
    if let text = String(validating: bytes, as: UTF8.self) {
      return (SourceFile(path: path, text: text), nil)
    }
    // The prefix before the first bad byte is text; it gives the place.
    let repaired = SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    let good = zip(bytes, repaired.text.utf8).prefix { $0 == $1 }.count
    return (
      SourceFile(path: path, text: ""),
      Diagnostic(
        .error, "file.invalid-utf8", "A notebook must be UTF-8 text",
        at: SourceRange(repaired, good..<good + 3))
    )
  }
}

extension Diagnostic {
  fileprivate static func used(
    _ path: String, _ refusal: FileRefusal, at place: SourceRange
  ) -> Diagnostic {
    if refusal == .missing {
      return Diagnostic(.error, "notebook.missing", "There is no notebook `\(path)`", at: place)
    }
    return Diagnostic(
      .error, "file.unreadable", "The notebook `\(path)` \(refusal.rule)", at: place)
  }
}
