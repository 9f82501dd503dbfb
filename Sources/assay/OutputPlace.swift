internal import Execution
internal import Glibc

/// Where the documents of a notebook are written.
struct OutputPlace {
  /// Path without an ending: `…/output/x/a` or `…/output/x/a.smoke`.
  let stem: String
  /// The notebook's path below `notebooks/` or `output/`: the same for a document rendered again.
  let notebook: String
  /// The Markdown document; another file than `stem` says when rendering in place.
  let markdown: String

  /// Whether there is a page: not when the notebook itself is the document.
  let hasPage: Bool

  var html: String { stem + ".html" }
  var ledger: String { stem + ".ledger.json" }

  /// All files of the place; `NAME.unfinished.json` is there while they are replaced, and after a
  /// process died doing so.
  var group: FileGroup {
    FileGroup(
      hasPage ? [markdown, html, ledger] : [markdown, ledger],
      journal: stem + ".unfinished.json")
  }

  /// Notebooks under `notebooks/` and documents under `output/` share places in the output folder:
  /// rendering a rendered document gives the same document.
  ///
  /// - Parameters:
  ///   - folder: instead of `output` below the root.
  ///   - variant: what distinguishes this rendering from the published one; nil for that one.
  init(of path: String, root: ProjectRoot, folder: String?, variant: String?, inPlace: Bool) {
    var parts =
      (root.relativePath(of: path) ?? path.split(separator: "/").last.map(String.init) ?? path)
      .split(separator: "/").map(String.init)
    if parts.count > 1, parts[0] == "notebooks" || parts[0] == "output" { parts.removeFirst() }
    var name = parts.popLast() ?? path
    if name.hasSuffix(".md") { name.removeLast(3) }
    let ending = variant.map { "." + $0 } ?? ""
    if name.hasSuffix(ending) { name.removeLast(ending.count) }
    notebook = (parts + [name + ".md"]).joined(separator: "/")
    name += ending
    let base =
      folder.map { $0.hasSuffix("/") && $0 != "/" ? String($0.dropLast()) : $0 }
      ?? root.absolutePath(of: "output")
    stem = ([base] + parts + [name]).joined(separator: "/")
    hasPage = !inPlace
    // Through links: the file that a link names is the one to change.
    markdown = inPlace ? ProjectRoot.canonicalPath(of: path) : stem + ".md"
  }

  /// The part of file names that stands for a profile and parameters: `smoke`, `smoke.epochs-3`.
  static func variant(profile: String?, parameters: [ParameterArgument]) -> String? {
    var parts = [profile].compactMap(\.self)
    for parameter in parameters {
      parts.append("\(parameter.name)-\(parameter.value)".forFileName)
    }
    return parts.isEmpty ? nil : parts.joined(separator: ".")
  }
}

extension String {
  /// Letters, digits, `-`, `_` and `.` kept, everything else as `_`.
  fileprivate var forFileName: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.prefix(60).map {
          $0.properties.isAlphabetic || ("0"..."9").contains($0)
            || "-_.".unicodeScalars.contains($0)
            ? $0 : "_"
        }))
  }
}
