internal import Digests
internal import Execution
internal import Glibc

/// Where the documents of a notebook are written.
struct OutputPlace {
  /// Path without an ending: `…/output/x/a` or `…/output/x/a.smoke`; in place `…/notebooks/x/a`.
  let stem: String
  /// The notebook's path below `notebooks/` or `output/`: the same for a document rendered again.
  let notebook: String
  /// The Markdown document; when rendering in place the notebook, whatever its name.
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

  private let root: ProjectRoot

  /// A path of the place as people are shown it.
  func shown(_ path: String) -> String { root.shown(path) }

  /// Notebooks under `notebooks/` and documents under `output/` share places in the output folder:
  /// rendering a rendered document gives the same document.
  ///
  /// Rendered in place, a notebook has its ledger beside it, the same for all options: it holds one
  /// document.
  ///
  /// - Parameters:
  ///   - folder: instead of `output` below the root.
  ///   - variant: what distinguishes this rendering from the published one; nil for that one.
  init(of path: String, root: ProjectRoot, folder: String?, variant: String?, inPlace: Bool) {
    self.root = root
    var parts = Self.parts(
      root.relativePath(of: path) ?? path.split(separator: "/").last.map(String.init) ?? path)
    var name = parts.popLast() ?? path
    if name.hasSuffix(".md") { name.removeLast(3) }
    let ending = variant.map { "." + $0 } ?? ""
    if name.hasSuffix(ending) { name.removeLast(ending.count) }
    notebook = (parts + [name + ".md"]).joined(separator: "/")
    hasPage = !inPlace
    if inPlace {
      // Through links: the file that a link names is the one to change.
      markdown = ProjectRoot.canonicalPath(of: path)
      stem = markdown.hasSuffix(".md") ? String(markdown.dropLast(3)) : markdown
    } else {
      stem = ([Self.base(root, folder)] + parts + [name + ending]).joined(separator: "/")
      markdown = stem + ".md"
    }
  }

  /// Where the documents of the notebooks of a folder lie; nil for something that is no folder of the
  /// project.
  static func folder(of notebooks: String, root: ProjectRoot, folder: String?) -> String? {
    let isRoot = ProjectRoot.canonicalPath(of: notebooks) == root.path
    guard let relative = isRoot ? "" : root.relativePath(of: notebooks),
      ProjectRoot.isFolder(notebooks)
    else { return nil }
    let place = ([base(root, folder)] + parts(relative + "/")).joined(separator: "/")
    return ProjectRoot.isFolder(place) ? place : nil
  }

  private static func base(_ root: ProjectRoot, _ folder: String?) -> String {
    folder.map { $0.hasSuffix("/") && $0 != "/" ? String($0.dropLast()) : $0 }
      ?? root.absolutePath(of: "output")
  }

  /// Parts of a path below the root, without the folder that tells notebooks from documents.
  private static func parts(_ relative: String) -> [String] {
    let isFolder = relative.hasSuffix("/")
    var parts = relative.split(separator: "/").map(String.init)
    if parts.count > (isFolder ? 0 : 1), parts[0] == "notebooks" || parts[0] == "output" {
      parts.removeFirst()
    }
    return parts
  }

  /// The part of file names that stands for a profile and parameters: `smoke`, `smoke.epochs-3`.
  static func variant(profile: String?, parameters: [ParameterArgument]) -> String? {
    var parts = [profile].compactMap(\.self)
    // In one order, whatever the command's: the same options are the same document.
    for parameter in parameters.sorted(by: { $0.name < $1.name }) {
      parts.append("\(parameter.name)-\(parameter.value)".forFileName)
    }
    return parts.isEmpty ? nil : parts.joined(separator: ".")
  }
}

extension ProjectRoot {
  /// A path as people are shown it: of a file of the project as diagnostics name it, else as it is.
  func shown(_ path: String) -> String { relativePath(of: path).map(shownPath(of:)) ?? path }
}

extension String {
  /// Letters, digits, `-`, `_` and `.` kept, everything else as `_`; a text that is not kept whole is
  /// told from its like by the start of its digest.
  fileprivate var forFileName: String {
    let kept = String(
      String.UnicodeScalarView(
        unicodeScalars.prefix(60).map {
          $0.properties.isAlphabetic || ("0"..."9").contains($0)
            || "-_.".unicodeScalars.contains($0)
            ? $0 : "_"
        }))
    if kept.utf8.elementsEqual(utf8) { return kept }
    return kept + "-" + SHA256Digest(of: self).hexadecimal.prefix(8)
  }
}
