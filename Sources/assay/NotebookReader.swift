internal import Diagnostics
internal import Execution
internal import Experiments
internal import Notebooks

/// Reads notebooks as text, under the paths that diagnostics show.
struct NotebookReader {
  let root: ProjectRoot

  /// Bytes beyond which a notebook is not read at all; the parser's own limit is lower.
  private static let limit = 16 << 20

  /// Bytes beyond which `assay.yaml` is not read.
  private static let configurationLimit = 1 << 20

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

  /// What `assay.yaml` of the root says; defaults where there is none.
  var settings: (ProjectSettings, [Diagnostic]) {
    let path = root.shownPath(of: "assay.yaml")
    do throws(FileRefusal) {
      let bytes = try UserFile.contents(
        of: root.absolutePath(of: "assay.yaml"), limit: Self.configurationLimit)
      let (file, problem) = checked(bytes, path, noun: "`assay.yaml`")
      if let problem { return (ProjectSettings(), [problem]) }
      return ProjectSettings.decode(file)
    } catch {
      if error == .missing { return (ProjectSettings(), []) }
      let range = SourceRange(SourceFile(path: path, text: ""), 0..<0)
      return (
        ProjectSettings(),
        [Diagnostic(.error, "file.configuration", "`assay.yaml` \(error.rule)", at: range)]
      )
    }
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

  private func checked(
    _ bytes: [UInt8], _ path: String, noun: String = "A notebook"
  ) -> (SourceFile, Diagnostic?) {
    if let text = String(validating: bytes, as: UTF8.self) {
      return (SourceFile(path: path, text: text), nil)
    }
    // The prefix before the first bad byte is text; it gives the place.
    let repaired = SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    let good = zip(bytes, repaired.text.utf8).prefix { $0 == $1 }.count
    return (
      SourceFile(path: path, text: ""),
      Diagnostic(
        .error, "file.invalid-utf8", "\(noun) must be UTF-8 text",
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
