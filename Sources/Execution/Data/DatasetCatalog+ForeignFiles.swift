package import Diagnostics
internal import Digests
package import Experiments
internal import Learning
internal import Tensors

// Files of other tools: vocabularies, lists of words, Hugging Face folders.

extension DatasetCatalog {
  /// What planning needs to know of files of other tools, or what is wrong with them.
  package mutating func facts(
    for request: ForeignFileRequest
  ) -> (facts: ForeignFileFacts?, diagnostics: [Diagnostic]) {
    do throws(ForeignFileError) {
      let names = try fileNames(of: request.kind, at: request.path)
      var listing = ""
      for name in names {
        let record: DataFileRecord
        do throws(FileRefusal) {
          record = try fileRecord(of: name, limit: request.kind.limit)
        } catch {
          throw .refused(name, error)
        }
        keep(record)
        listing += "\(record.digest.hexadecimal) \(name.dropFirst(request.path.count))\n"
      }
      let digest = SHA256Digest(of: listing)
      switch request.kind {
      case .vocabulary:
        let vocabulary = try vocabulary(at: request.path)
        return (ForeignFileFacts(digest: digest, count: vocabulary.count), [])
      case .wordList:
        return (ForeignFileFacts(digest: digest, count: try wordList(at: request.path).count), [])
      case .tokenizer:
        let tokenizer = try pretrainedTokenizer(at: request.path)
        return (ForeignFileFacts(digest: digest, count: tokenizer.vocabulary.count), [])
      case .model:
        let config = try pretrained(request.path) { files throws(PretrainedError) in
          let folder = try PretrainedFolder(files)
          // How many parameters there may be is a limit of the plan.
          try folder.check(parameterLimit: .max)
          return folder.config
        }
        return (
          ForeignFileFacts(
            digest: digest, config: BertConfigSpec(config.bert), head: config.head), []
        )
      }
    } catch {
      return (nil, [error.diagnostic(at: request.place)])
    }
  }

  /// The tokenizer of a `vocab.txt`.
  func tokenizer(
    at path: String, _ settings: TokenizerSettings, _ digest: SHA256Digest?
  ) throws(ForeignFileError) -> WordPieceTokenizer {
    try check(.vocabulary, at: path, digest)
    let vocabulary = try vocabulary(at: path)
    do throws(TokenizerError) {
      return try WordPieceTokenizer(vocabulary: vocabulary, settings: settings)
    } catch {
      throw .unusable(path, error.description)
    }
  }

  /// A list of words that has not changed since it was planned with.
  func wordList(
    at path: String, _ digest: SHA256Digest?
  ) throws(ForeignFileError) -> ChineseWordList {
    try check(.wordList, at: path, digest)
    return try wordList(at: path)
  }

  /// What the plan knows of files must be true of the bytes that the run works with.
  func check(
    _ kind: ForeignFileRequest.Kind, at path: String, _ digest: SHA256Digest?
  ) throws(ForeignFileError) {
    try check(kind, at: path, digest) { name throws(FileRefusal) in
      try files.contents(of: name, limit: kind.limit).digest
    }
  }

  /// - Parameter look: gives the digest of a file; one that is not to be had has changed, too.
  private func check(
    _ kind: ForeignFileRequest.Kind, at path: String, _ digest: SHA256Digest?,
    _ look: (String) throws(FileRefusal) -> SHA256Digest
  ) throws(ForeignFileError) {
    var listing = ""
    for name in (try? fileNames(of: kind, at: path)) ?? [] {
      let found = try? look(name)
      listing += "\(found?.hexadecimal ?? "") \(name.dropFirst(path.count))\n"
    }
    guard SHA256Digest(of: listing) == digest else { throw .changed(path) }
  }

  /// The files that are read for a request, relative to the root, as far as they are there.
  private func fileNames(
    of kind: ForeignFileRequest.Kind, at path: String
  ) throws(ForeignFileError) -> [String] {
    if kind == .vocabulary || kind == .wordList { return [path] }
    let isFolder: Bool
    do throws(FileRefusal) {
      isFolder = try root.isFolder(path)
    } catch {
      throw .refused(path, error)
    }
    if !isFolder { throw .unusable(path, "it is a file, and a Hugging Face folder is read") }
    return try pretrained(path) { files throws(PretrainedError) in
      // A tokenizer is not read anew for other weights, nor weights for another tokenizer.
      kind == .model
        ? try PretrainedFolder.names(files) : WordPieceTokenizer.names(pretrained: files)
    }.map { "\(path)/\($0)" }
  }

  /// The tokenizer of a Hugging Face folder.
  func pretrainedTokenizer(at path: String) throws(ForeignFileError) -> WordPieceTokenizer {
    try pretrained(path) { files throws(PretrainedError) in
      try WordPieceTokenizer(pretrained: files)
    }
  }

  func pretrainedTokenizer(
    at path: String, _ digest: SHA256Digest?
  ) throws(ForeignFileError) -> WordPieceTokenizer {
    try unchanged(.tokenizer, at: path, digest) { () throws(ForeignFileError) in
      try pretrainedTokenizer(at: path)
    }
  }

  /// The weights of a Hugging Face folder, copied: the files may change once they are there.
  func pretrainedWeights(
    at path: String, _ digest: SHA256Digest
  ) throws(ForeignFileError) -> ParameterSet {
    try unchanged(.model, at: path, digest) { () throws(ForeignFileError) in
      try pretrained(path) { files throws(PretrainedError) in
        try PretrainedFolder(files).bert(parameterLimit: .max).parameters
      }
    }
  }

  /// What is read of a folder, be it a fault, must be of what was planned with: the files are looked
  /// at anew afterwards.
  private func unchanged<Value>(
    _ kind: ForeignFileRequest.Kind, at path: String, _ digest: SHA256Digest?,
    _ read: () throws(ForeignFileError) -> Value
  ) throws(ForeignFileError) -> Value {
    let found = Result { () throws(ForeignFileError) in try read() }
    try check(kind, at: path, digest) { name throws(FileRefusal) in
      try root.withDescriptor(of: name, limit: kind.limit) { descriptor throws(FileRefusal) in
        guard let file = MappedFile(descriptor: descriptor) else {
          return SHA256Digest(of: try ProjectRoot.readAll(descriptor, limit: kind.limit))
        }
        return SHA256Digest(of: file.bytes.assumingMemoryBound(to: UInt8.self))
      }.value
    }
    return try found.get()
  }

  private func pretrained<Value>(
    _ path: String, _ read: (PretrainedProjectFiles) throws(PretrainedError) -> Value
  ) throws(ForeignFileError) -> Value {
    do throws(PretrainedError) {
      return try read(PretrainedProjectFiles(root: root, path: path))
    } catch {
      throw .unusable(path, error.description)
    }
  }

  /// A `vocab.txt`.
  func vocabulary(at path: String) throws(ForeignFileError) -> Vocabulary {
    let bytes = try bytes(at: path, limit: VocabularyLimits().bytes)
    do throws(VocabularyError) {
      return try Vocabulary(text: bytes)
    } catch {
      throw .unusable(path, error.description)
    }
  }

  /// A file with a word a line, as lists of its characters.
  func wordList(at path: String) throws(ForeignFileError) -> ChineseWordList {
    let bytes = try bytes(at: path, limit: VocabularyLimits().bytes)
    do throws(ChineseWordListError) {
      return try ChineseWordList(text: bytes)
    } catch {
      throw .unusable(path, error.description)
    }
  }

  /// The bytes of a file below the root.
  func bytes(at path: String, limit: Int) throws(ForeignFileError) -> [UInt8] {
    do throws(FileRefusal) {
      return try files.contents(of: path, limit: limit).text.withBytes { Array($0) }
    } catch {
      throw .refused(path, error)
    }
  }
}

extension ForeignFileRequest.Kind {
  /// Bytes that a file may have.
  fileprivate var limit: Int {
    switch self {
    case .vocabulary, .wordList: VocabularyLimits().bytes
    case .tokenizer: 1 << 28
    case .model: SafetensorsLimits().bytes
    }
  }
}

/// Why a file of another tool cannot be used.
enum ForeignFileError: Error {
  case refused(String, FileRefusal)
  case changed(String)
  /// The file's own fault, as a sentence.
  case unusable(String, String)

  func diagnostic(at place: SourceRange?) -> Diagnostic {
    switch self {
    case .refused(let path, let refusal):
      let id =
        switch refusal {
        case .missing: "data.missing-file"
        case .larger, .tooManyFiles, .tooDeep: "limit.data-file"
        case .outsideRoot, .hidden, .symbolicLink: "data.outside-root"
        case .notRegular, .system: "data.unreadable"
        }
      return Diagnostic(.error, id, "The file `\(path)` \(refusal.rule)", at: place)
    case .changed(let path):
      return Diagnostic(
        .error, "data.changed", "The file `\(path)` has changed since the plan was made", at: place,
        notes: [.init("run again: the plan is made anew")])
    case .unusable(let path, let reason):
      return Diagnostic(
        .error, "data.foreign-file", "`\(path)` cannot be used: \(reason)", at: place)
    }
  }
}
