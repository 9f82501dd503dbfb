internal import Learning

/// The files of a Hugging Face folder below the project root.
struct PretrainedProjectFiles: PretrainedFiles {
  let root: ProjectRoot
  /// Relative to the root.
  let path: String

  /// Every file that may be read of such a folder and is there, sorted.
  func names() throws(FileRefusal) -> [String] {
    try root.files(in: path).map(\.name).filter { name in
      !name.contains("/")
        && (name.hasSuffix(".safetensors") || Self.texts.contains(name))
    }
  }

  private static let texts: Set<String> = [
    PretrainedConfig.fileName, PretrainedFolder.vocabularyName, PretrainedFolder.tokenizerName,
    PretrainedFolder.tokenizerConfigName, ShardedSafetensors.indexName,
  ]

  func has(_ name: String) -> Bool { (try? root.status(of: place(of: name), limit: .max)) != nil }

  func bytes(of name: String, limit: Int) throws(PretrainedError) -> [UInt8]? {
    do throws(FileRefusal) {
      return try root.contents(of: place(of: name), limit: limit)
    } catch {
      switch error {
      case .missing: return nil
      case .larger: throw .tooManyBytes(file: name, limit: limit)
      default: throw .unreadable(file: name, reason: error.rule)
      }
    }
  }

  func tensors(in name: String) throws(PretrainedError) -> SafetensorsFile? {
    let opened: Result<SafetensorsFile, SafetensorsError>
    do throws(FileRefusal) {
      opened = try root.withDescriptor(of: place(of: name), limit: SafetensorsLimits().bytes) {
        descriptor in
        Result { () throws(SafetensorsError) in try SafetensorsFile(descriptor: descriptor) }
      }.value
    } catch {
      if case .missing = error { return nil }
      throw .unreadable(file: name, reason: error.rule)
    }
    return try opened.mapError { PretrainedError.tensors(file: name, $0) }.get()
  }

  private func place(of name: String) -> String { "\(path)/\(name)" }
}
