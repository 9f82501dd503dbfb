/// A file of a folder of texts.
package struct TextFile: Sendable {
  /// Its path below the folder, with `/` between parts.
  package let name: String
  package let bytes: TextBytes

  package init(name: String, bytes: TextBytes) {
    self.name = name
    self.bytes = bytes
  }

  /// The folder that the file lies in at the first level; nil when it lies in none.
  fileprivate var topFolder: String? { folders.first }

  /// The folders that the file lies in, from the first level on.
  fileprivate var folders: [String] { name.split(separator: "/").dropLast().map(String.init) }
}

/// Where the labels of a folder of texts come from.
package enum FolderLabels: String, Sendable, Hashable, CaseIterable {
  case none
  /// The first folder that a file lies in.
  case folder
  /// All folders that a file lies in: a set of labels, empty for files directly below.
  case folders
}

extension TextCorpus {
  /// The documents of a folder of text files, in the order of the UTF-8 bytes of their names.
  ///
  /// Files without text add no document. The bytes are kept as they are and not copied.
  /// - Throws: `CorpusError`, which names the file.
  /// - Complexity: O(bytes + n log n)
  package init(
    files: [TextFile], unit: TextUnit, labels: FolderLabels, limits: CorpusLimits = CorpusLimits()
  ) throws(CorpusError) {
    if files.isEmpty { throw CorpusError(.noFiles) }
    var total = 0
    for file in files {
      // No sum of sizes that passes the limit is computed.
      guard file.bytes.count <= limits.bytes - total else {
        throw CorpusError(.tooManyBytes(limit: limits.bytes))
      }
      total += file.bytes.count
    }
    let files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var spans = TextSpans()
    var classes = ClassCodes()
    var sets = LabelSetCodes()
    var base = 0
    for file in files {
      let before = spans.count
      spans = try Self.documents(of: file, unit, base: base, after: spans, limits)
      base += file.bytes.count
      if labels == .folders {
        for _ in before..<spans.count { sets.append(file.folders) }
      }
      guard labels == .folder else { continue }
      guard let label = file.topFolder else {
        throw CorpusError(
          .noLabelFolder, at: CorpusError.Place(file: file.name, line: 1, column: 1, offset: 0))
      }
      for _ in before..<spans.count { classes.append(label) }
    }
    if spans.count == 0 { throw CorpusError(.noDocuments) }
    if let only = classes.onlyClass { throw CorpusError(.oneClass(only)) }
    if labels == .folders, !sets.hasLabels { throw CorpusError(.noLabels("folders")) }
    let targets: Targets? =
      switch labels {
      case .none: nil
      case .folder: classes.targets
      case .folders: sets.targets
      }
    self.init(TextPieces(files.map(\.bytes)), texts: spans, targets: targets)
  }

  private static func documents(
    of file: TextFile, _ unit: TextUnit, base: Int, after spans: TextSpans, _ limits: CorpusLimits
  ) throws(CorpusError) -> TextSpans {
    try file.bytes.withBytes { text in
      Result { () throws(CorpusError) in
        var cutter = DocumentCutter(
          text: text, limits: limits, file: file.name, base: base, after: spans,
          release: file.bytes.releasePages)
        try cutter.cut(into: unit)
        return cutter.spans
      }
    }.get()
  }
}
