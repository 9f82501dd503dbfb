internal import Diagnostics
internal import Notebooks

/// The text of a document without what was generated, beside that of its notebook.
struct SourceComparison {
  let publishedText: String
  let notebookText: String
  /// Whether anything outside of blocks differs, their names and order included.
  let isProseChanged: Bool
  /// Blocks that both have, with different text.
  let changedBlocks: Set<String>

  init(published: Notebook, notebook: Notebook) {
    publishedText = published.source
    notebookText = notebook.source
    guard !publishedText.utf8.elementsEqual(notebookText.utf8) else {
      isProseChanged = false
      changedBlocks = []
      return
    }
    let before = SourcePieces(publishedText)
    let after = SourcePieces(notebookText)
    changedBlocks = Set(
      before.blocks.filter { name, text in after.blocks[name].map { $0 != text } ?? false }.keys)
    isProseChanged = before.prose != after.prose
  }
}

/// A notebook's text in pieces.
private struct SourcePieces {
  /// Everything outside of blocks in order, with the name of a block in its place.
  var prose: [[UInt8]] = []
  var blocks: [String: [UInt8]] = [:]

  init(_ text: String) {
    let notebook = Notebook.parse(SourceFile(path: "", text: text)).notebook
    for segment in notebook.segments {
      let bytes = Array(notebook.file[segment.range].utf8)
      switch segment.kind {
      case .experiment(let block):
        blocks[block.name] = bytes
        prose.append(Array("experiment \(block.name)".utf8))
      case .frontMatter, .prose, .region: prose.append(bytes)
      }
    }
  }
}
