internal import Learning

/// The files of a Hugging Face folder below the project root.
struct PretrainedProjectFiles: PretrainedFiles {
  let root: ProjectRoot
  /// Relative to the root.
  let path: String

  func has(_ name: String) -> Bool {
    do throws(FileRefusal) {
      _ = try root.status(of: place(of: name), limit: .max)
      return true
    } catch {
      // What must not be read is there all the same, and is refused by name.
      return error != .missing
    }
  }

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
