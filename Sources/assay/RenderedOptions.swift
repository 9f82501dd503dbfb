internal import Diagnostics
internal import Execution
internal import Experiments
internal import Notebooks

/// The profile and the parameters that a rendered document was rendered with, by the ledger beside it.
struct RenderedOptions {
  /// As ledgers record them; empty for none.
  let recorded: [String: String]
  /// Whether it lies where documents do, and is not a notebook that was rendered in place.
  let isPublished: Bool
  private let name: String

  /// Nil for a notebook that was not rendered, and for a document without a ledger that can be read.
  init?(of prepared: PreparedNotebook) {
    guard prepared.path.hasSuffix(".md") else { return nil }
    let place = OutputPlace(
      of: prepared.path, root: prepared.root, folder: nil, variant: nil, inPlace: false)
    isPublished = place.markdown == ProjectRoot.canonicalPath(of: prepared.path)
    guard isPublished || prepared.notebook.isRendered,
      let ledger = LedgerFile.earlier(at: prepared.path.dropLast(3) + ".ledger.json").ledger
    else { return nil }
    recorded = ledger.options
    name = String(prepared.path.fileName.dropLast(3))
  }

  /// As words of a command line.
  var words: [String] {
    (profile.map { ["--profile", $0] } ?? [])
      + parameters.flatMap { ["-P", "\($0.name)=\($0.value)"] }
  }

  /// Whether the file's name tells of all the options, of which there are some: the ledger alone may have
  /// been changed by hand.
  var isNamed: Bool {
    let parts =
      [profile].compactMap(\.self)
      + parameters.compactMap { OutputPlace.variant(profile: nil, parameters: [$0]) }
    return !parts.isEmpty && parts.allSatisfy { ".\(name).".contains(".\($0).") }
  }

  private var profile: String? { recorded["profile"] }

  private var parameters: [ParameterArgument] {
    recorded.filter { $0.key.hasPrefix("param.") }.sorted { $0.key < $1.key }.compactMap {
      ParameterArgument(argument: "\($0.key.dropFirst("param.".count))=\($0.value)")
    }
  }
}
