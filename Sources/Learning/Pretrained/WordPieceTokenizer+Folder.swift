internal import JSON

extension WordPieceTokenizer {
  /// The tokenizer of a Hugging Face folder: that of `tokenizer.json`, else that of `vocab.txt` with
  /// the settings of `tokenizer_config.json`, which are BERT's uncased ones where nothing is said.
  package init(pretrained files: some PretrainedFiles) throws(PretrainedError) {
    let name = PretrainedFolder.tokenizerName
    if let bytes = try files.bytes(of: name, limit: PretrainedFolder.textLimit) {
      do throws(TokenizerFileError) {
        try self.init(json: bytes, path: name)
      } catch {
        throw .unreadable(file: name, reason: error.description)
      }
      return
    }
    let list = PretrainedFolder.vocabularyName
    guard let bytes = try files.bytes(of: list, limit: PretrainedFolder.textLimit) else {
      throw .missing(file: list)
    }
    do {
      try self.init(
        vocabulary: Vocabulary(text: bytes), settings: try TokenizerSettings(pretrained: files))
    } catch let error as PretrainedError {
      throw error
    } catch {
      throw .unreadable(file: list, reason: "\(error)")
    }
  }

  /// Names of the files that are read for the tokenizer of a folder, as far as they are there: no
  /// other file of the folder has a bearing on it.
  package static func names(pretrained files: some PretrainedFiles) -> [String] {
    if files.has(PretrainedFolder.tokenizerName) { return [PretrainedFolder.tokenizerName] }
    return [PretrainedFolder.vocabularyName, PretrainedFolder.tokenizerConfigName]
      .filter { files.has($0) }
  }
}

extension TokenizerSettings {
  /// What `tokenizer_config.json` says of them; the defaults where there is no such file.
  fileprivate init(pretrained files: some PretrainedFiles) throws(PretrainedError) {
    self.init()
    let name = PretrainedFolder.tokenizerConfigName
    guard let bytes = try files.bytes(of: name, limit: PretrainedFolder.textLimit) else { return }
    do throws(JSONFault) {
      let node = try JSONParser.parse(bytes, path: name)
      func flag(_ key: String) throws(JSONFault) -> Bool? {
        guard let value = try node.optionalMember(key) else { return nil }
        if case .null = value.value { return nil }
        return try value.bool()
      }
      doLowerCase = try flag("do_lower_case") ?? doLowerCase
      stripAccents = try flag("strip_accents")
      tokenizeChineseChars = try flag("tokenize_chinese_chars") ?? tokenizeChineseChars
    } catch {
      throw PretrainedError(error)
    }
  }
}
