package import Diagnostics
package import Notebooks

/// A region of a rendered document whose text is not the one that was written there.
package struct EditedRegion: Sendable {
  package let block: String
  package let diagnostic: Diagnostic
  /// From the text in the document to the text that would replace it, as `diff -u` prints it.
  package let difference: String

  /// The regions whose digest does not match their text, where replacing them would lose something.
  ///
  /// - Parameter new: the body that the region of the block with an index would get; empty for none.
  static func all(in notebook: Notebook, against new: (Int) -> String) -> [EditedRegion] {
    notebook.regions.compactMap { region in
      guard region.isEdited else { return nil }
      let path = notebook.file.path
      let difference = unifiedDiff(
        from: region.body, to: new(region.blockIndex), oldName: "\(path) (\(region.name))",
        newName: "rendered (\(region.name))")
      guard !difference.isEmpty else { return nil }
      return EditedRegion(
        block: region.name, diagnostic: .editedRegion(region), difference: difference)
    }
  }
}

extension Diagnostic {
  fileprivate static func editedRegion(_ region: Region) -> Diagnostic {
    Diagnostic(
      .error, "region.edited", "Generated text is not edited by hand; its digest does not match",
      at: region.markerRange,
      notes: [
        Note("`assay render --accept \(region.name)` replaces it; notes belong outside the region")
      ])
  }
}

extension EditedRegion {
  /// The regions of an earlier document that were edited by hand and would be overwritten.
  ///
  /// - Parameter markdown: the document that would take its place.
  package static func found(in earlier: Notebook, replacedBy markdown: String) -> [EditedRegion] {
    guard earlier.regions.contains(where: \.isEdited) else { return [] }
    let file = SourceFile(path: earlier.file.path, text: markdown)
    let bodies = Dictionary(
      Notebook.parse(file).notebook.regions.map { ($0.name, $0.body) },
      uniquingKeysWith: { first, _ in first })
    let names = Dictionary(
      earlier.regions.map { ($0.blockIndex, $0.name) }, uniquingKeysWith: { first, _ in first })
    return all(in: earlier) { names[$0].flatMap { bodies[$0] } ?? "" }
  }
}

extension Region {
  /// Whether its text is not the one that its digest was taken of.
  fileprivate var isEdited: Bool { regionDigest(body) != digest }
}
