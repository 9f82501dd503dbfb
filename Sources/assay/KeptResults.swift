internal import Diagnostics
internal import Execution
internal import Experiments
internal import Notebooks
internal import Reports

/// What is published of the blocks that `--only` does not name: a document that is written anew for
/// some of its blocks keeps the others' results.
///
/// A result is taken from the store: under the fingerprint that the block has now, else under the one
/// that it is published with; then it stays what it was, stale. A result that is published and that
/// the store has not cannot be printed again, and the document is not written without it.
struct KeptResults {
  /// A result that is published under an earlier fingerprint.
  struct Stale {
    let result: RunResult
    /// As the ledger has the block.
    let published: Ledger.Block
  }

  /// Results of blocks whose fingerprint is the one that they are kept under.
  private(set) var current: [String: RunResult] = [:]
  private(set) var stale: [String: Stale] = [:]
  /// Blocks that compute something and of which nothing is published.
  private(set) var unpublished: Set<String> = []
  /// Blocks of which a result is published that is nowhere at hand, or a failure, which nothing keeps.
  private(set) var lost: [String] = []
  /// About entries of the store that cannot be used.
  private(set) var warnings: [Diagnostic] = []

  /// Nothing to keep: every block is computed.
  static let none = KeptResults()

  private init() {}

  /// Looks for the results of all blocks that a plan does not compute.
  ///
  /// - Parameters:
  ///   - computed: the plan that is run.
  ///   - published: what is there of the notebook.
  init(
    besides computed: Plan, of prepared: PreparedNotebook, published: PublishedNotebook,
    store: Store
  ) {
    for experiment in prepared.experiments.experiments {
      let name = experiment.name
      guard let step = prepared.plan.resultStep(of: name), computed.resultStep(of: name) == nil
      else { continue }
      if let result = result(of: step.fingerprint, in: store) {
        current[name] = result
        continue
      }
      switch published.trace(of: name, isUsed: experiment.origin == .used, in: prepared) {
      case .nothing: unpublished.insert(name)
      case .unknown, .failure: lost.append(name)
      case .block(let block, let numericsVersion):
        guard numericsVersion == Machine.numericsVersion,
          let fingerprint = block.fingerprint(of: name),
          let result = result(of: fingerprint, in: store), block.vouches(for: result)
        else {
          lost.append(name)
          continue
        }
        stale[name] = Stale(result: result, published: block)
      }
    }
  }

  private mutating func result(of fingerprint: Fingerprint, in store: Store) -> RunResult? {
    let (entry, warning) = store.entry(fingerprint)
    warnings += [warning].compactMap(\.self)
    guard case .result(let result) = entry?.payload else { return nil }
    return result
  }

  /// The result to print for a block that was not computed.
  subscript(name: String) -> RunResult? { current[name] ?? stale[name]?.result }

  /// What is said of it between other messages; nil when everything was computed.
  var summary: String? {
    var parts: [String] = []
    let count = current.count + stale.count
    if count > 0 {
      var text = "\(count) \(count == 1 ? "block" : "blocks") kept as published"
      if !stale.isEmpty {
        let names = stale.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
        text += ", \(stale.count) of them stale: \(names)"
      }
      parts.append(text)
    }
    if !unpublished.isEmpty {
      let count = unpublished.count
      parts.append("\(count) \(count == 1 ? "block" : "blocks") not computed")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Why the document is not written; nil when nothing would be lost.
  var refusal: Diagnostic? {
    guard let first = lost.first else { return nil }
    let more = lost.count > 1 ? " and of \(lost.count - 1) more" : ""
    let words = lost.map { "--only \($0.quotedForShell)" }.joined(separator: " ")
    return Diagnostic(
      .error, "result.not-kept",
      "What is published of `\(first)`\(more) is not in the store: the document would lose it",
      notes: [
        .init("`\(words)` besides computes \(lost.count == 1 ? "it" : "them"), too"),
        .init("nothing was run or written"),
      ])
  }
}

extension PublishedNotebook {
  /// What is known of a block that was published.
  fileprivate enum Trace {
    case nothing
    /// It may be published; no ledger tells.
    case unknown
    /// That it failed is published.
    case failure
    case block(Ledger.Block, numericsVersion: Int)
  }

  fileprivate func trace(of name: String, isUsed: Bool, in prepared: PreparedNotebook) -> Trace {
    switch ledger {
    case .sound(let ledger):
      guard let block = ledger[name] else {
        // Values of used notebooks stood in the prose alone before ledgers had them.
        return isUsed && ledger.format < 3 ? .unknown : .nothing
      }
      if block.result == nil { return .failure }
      return .block(block, numericsVersion: ledger.numericsVersion)
    case .damaged, .unreadable: return .unknown
    case .missing:
      // Rendered in place, the document is there before it holds anything generated.
      return markdown.bytes == nil || markdown.bytes == Array(prepared.notebook.source.utf8)
        ? .nothing : .unknown
    }
  }
}

extension Ledger.Block {
  /// Whether the result is the one that is published.
  fileprivate func vouches(for result: RunResult) -> Bool {
    self.result == SHA256Hex(result.digest)
  }
}
