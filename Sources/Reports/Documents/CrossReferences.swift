package import Diagnostics
internal import Experiments
package import Notebooks

/// Targets of the references of a document: blocks, their items, headings.
package struct CrossReferences: Sendable {
  /// Where a reference leads and what it shows.
  struct Target: Sendable, Hashable {
    let shown: String
    /// The anchor, without `#`.
    let anchor: String
  }

  private let notebook: Notebook
  private let blocks: Set<String>
  private let headings: [String: Heading]

  package init(notebook: Notebook) {
    self.notebook = notebook
    blocks = Set(notebook.blocks.map(\.name))
    headings = Dictionary(
      notebook.headings.map { ($0.slug, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The parts of `finetune.loss_curve`; nil when the part before the dot is no block.
  private func blockAndItem(_ target: String) -> (block: String, item: String)? {
    guard let dot = target.lastIndex(of: ".") else { return nil }
    let block = String(target[..<dot])
    return blocks.contains(block) ? (block, String(target[target.index(after: dot)...])) : nil
  }

  // MARK: - Before anything has run

  /// References to blocks, items and headings that cannot exist.
  package func check() -> [Diagnostic] {
    notebook.inlines.compactMap { inline in
      guard case .reference(let target) = inline.kind else { return nil }
      let name = target.text
      if blocks.contains(name) || headings[name] != nil { return nil }
      guard let (block, item) = blockAndItem(name) else {
        return unknownTarget(name, at: inline.range)
      }
      guard !Self.isItemName(item) else { return nil }
      return unknownItem(item, of: block, items: Self.itemNames, at: inline.range)
    }
  }

  private static let itemNames = ShownPart.allCases.map(\.rawValue) + ["per_class"]

  /// `NAME` or `NAME_2` for the second item that a part makes.
  private static func isItemName(_ item: String) -> Bool {
    if itemNames.contains(item) { return true }
    guard let bar = item.lastIndex(of: "_"), let count = Int(item[item.index(after: bar)...]),
      count > 1
    else { return false }
    return itemNames.contains(String(item[..<bar]))
  }

  // MARK: - With results

  /// Names of blocks and items that references lead to.
  var referenced: Set<String> {
    Set(
      notebook.inlines.compactMap { inline in
        if case .reference(let target) = inline.kind { target.text } else { nil }
      })
  }

  /// Slugs of headings that references lead to and no block has taken: those get an anchor.
  var headingAnchors: Set<String> {
    Set(headings.keys).intersection(referenced).subtracting(blocks)
  }

  /// What a reference shows and where it leads.
  ///
  /// A target that has no number, because its block failed, shows its name.
  func resolve(
    _ target: MappedText, in reports: NumberedReports, labels: Labels
  ) -> (target: Target, diagnostic: Diagnostic?) {
    let name = target.text
    let plain = Target(shown: name, anchor: name)
    if blocks.contains(name) {
      let report = reports[name]
      if let first = report?.numberedItems.first, let shown = labels.number(of: first) {
        return (Target(shown: shown, anchor: name), nil)
      }
      let isExcused = report?.hasFailed ?? true
      return (plain, isExcused ? nil : noNumber(name, at: target.range))
    }
    if let (block, item) = blockAndItem(name) {
      guard let report = reports[block], !report.hasFailed else {
        return (Target(shown: name, anchor: block), nil)
      }
      let items = report.numberedItems
      if let found = items.first(where: { $0.heading?.name == item }),
        let shown = labels.number(of: found)
      {
        return (Target(shown: shown, anchor: name), nil)
      }
      let names = items.compactMap { $0.heading?.name }
      return (plain, unknownItem(item, of: block, items: names, at: target.range))
    }
    if let heading = headings[name] {
      return (Target(shown: heading.text, anchor: heading.slug), nil)
    }
    return (plain, unknownTarget(name, at: target.range))
  }

  // MARK: - Diagnostics

  private func unknownTarget(_ name: String, at range: SourceRange) -> Diagnostic {
    let known = notebook.blocks.map(\.name) + notebook.headings.map(\.slug)
    return Diagnostic(
      .error, "reference.unknown-target",
      "A cross reference names a block, `BLOCK.ITEM` or a heading", at: range,
      notes: [Diagnostic.Note("nothing here is called `\(name)`")],
      suggestion: nearestName(to: name, among: known).map { "#\($0)" })
  }

  private func unknownItem(
    _ item: String, of block: String, items: [String], at range: SourceRange
  ) -> Diagnostic {
    let list = items.isEmpty ? "none" : items.joined(separator: ", ")
    return Diagnostic(
      .error, "reference.unknown-item", "`\(block)` shows no `\(item)`", at: range,
      notes: [Diagnostic.Note("its items: \(list)")],
      suggestion: nearestName(to: item, among: items).map { "#\(block).\($0)" })
  }

  private func noNumber(_ block: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "reference.no-number", "`\(block)` shows no figure or table to refer to", at: range,
      notes: [Diagnostic.Note("`show:` chooses what a block shows")])
  }
}
