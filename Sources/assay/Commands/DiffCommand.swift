internal import ArgumentParser
internal import Diagnostics
internal import Experiments
internal import JSON
internal import Reports

/// `assay diff`: what two states of rendered documents say differently.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare the values of two ledgers, or of a ledger at two git revisions.",
    discussion: """
      Each side is a ledger, a folder of ledgers, either of them as REVISION:path, or a REVISION \
      alone: the same path at that revision. `assay diff main` compares every document with the one \
      on main, `assay diff HEAD~1:output HEAD:output` those of two revisions, and \
      `assay diff main:output/a.ledger.json output/a.ledger.json` one document. Prints Markdown, \
      fit for a comment on a pull request. Exit status 1 when something differs.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case md, json }

  @Argument(help: "The earlier side.")
  var before: String

  @Argument(help: "The later side; default: the folder output.")
  var after = "output"

  @Option(help: "How to print the differences.")
  var format = Format.md

  func validate() throws {
    for side in [before, after] where side.isEmpty || side.hasPrefix("-") {
      throw ValidationError("a side is a file, a folder or a revision, not '\(side)'")
    }
  }

  func run() throws {
    let pairs: [Pair]?
    do throws(LedgerProblem) {
      pairs = try Self.pairs(LedgerSource(before), LedgerSource(after))
    } catch {
      return try fail(error.diagnostic)
    }
    guard let pairs else {
      throw ValidationError("one side is a single ledger and the other is a folder")
    }
    guard !pairs.isEmpty else { return try fail(.noLedgers(before, after)) }
    switch format {
    case .md: StandardStream.output.write(pairs.map(\.markdown).joined(separator: "\n"))
    case .json: StandardStream.output.write(CanonicalJSON.array(pairs.map(\.json)).text)
    }
    try end(pairs.allSatisfy(\.isEqual) ? .fine : .drifted)
  }

  private func fail(_ diagnostic: Diagnostic) throws {
    let printer = DiagnosticPrinter(color: StandardStream.error.wantsColor)
    StandardStream.error.write(printer.text(for: [diagnostic]))
    try end(.invalidInput)
  }

  /// A ledger on both sides, or on one.
  private struct Pair {
    let before: Ledger?
    let after: Ledger?

    var name: String { (after ?? before)?.notebook ?? "" }

    private var difference: LedgerDifference? {
      guard let before, let after else { return nil }
      return LedgerDifference(from: before, to: after)
    }

    var isEqual: Bool { difference?.isEmpty ?? false }

    var markdown: String {
      difference?.markdown(name: name)
        ?? "### \(name.markdownCodeSpan)\n\n\(before == nil ? "New." : "Gone.")\n"
    }

    var json: CanonicalJSON {
      .members([
        "notebook": .string(name),
        "state": .string(before == nil ? "new" : after == nil ? "gone" : "compared"),
        "difference": difference?.json,
      ])
    }
  }

  /// Nil for a single ledger beside a folder.
  private static func pairs(
    _ before: LedgerSource, _ after: LedgerSource
  ) throws(LedgerProblem) -> [Pair]? {
    guard let (first, second) = LedgerSource.sides(before, after) else { return nil }
    let folder: String =
      switch (first, second) {
      case (.folder(let folder), _), (_, .folder(let folder)): folder
      default: "."
      }
    return pairs(try first.ledgers(below: folder), try second.ledgers(below: folder))
  }

  /// Ledgers of the same name together, in the order of the later side, those that are gone last.
  private static func pairs(
    _ first: [(name: String, ledger: Ledger)], _ second: [(name: String, ledger: Ledger)]
  ) -> [Pair] {
    let earlier = Dictionary(
      first.map { ($0.name, $0.ledger) }, uniquingKeysWith: { first, _ in first })
    let later = Set(second.map(\.name))
    return second.map { Pair(before: earlier[$0.name], after: $0.ledger) }
      + first.filter { !later.contains($0.name) }.map { Pair(before: $0.ledger, after: nil) }
  }
}

extension Diagnostic {
  fileprivate static func noLedgers(_ first: String, _ second: String) -> Diagnostic {
    Diagnostic(
      .error, "diff.no-ledgers", "Neither `\(first)` nor `\(second)` holds a ledger",
      notes: [.init("`assay render` writes one beside each document, `NAME.ledger.json`")])
  }
}
