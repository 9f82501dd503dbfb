internal import Glibc
internal import Learning

/// A folder that the caller of the benchmark names and answers for: links are followed.
struct LocalFolder: PretrainedFiles {
  let path: String

  private func place(_ name: String) -> String { "\(path)/\(name)" }

  func has(_ name: String) -> Bool { access(place(name), F_OK) == 0 }

  func bytes(of name: String, limit: Int) throws(PretrainedError) -> [UInt8]? {
    guard has(name) else { return nil }
    guard let file = fopen(place(name), "rb") else { throw unreadable(name) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 {
      bytes += piece[..<count]
      if bytes.count > limit { throw .tooManyBytes(file: name, limit: limit) }
    }
    return bytes
  }

  func tensors(in name: String) throws(PretrainedError) -> SafetensorsFile? {
    guard has(name) else { return nil }
    do throws(SafetensorsError) {
      return try SafetensorsFile(path: place(name))
    } catch {
      throw .tensors(file: name, error)
    }
  }

  func write(_ files: [PretrainedFile]) throws(PretrainedError) {
    mkdir(path, 0o755)
    for file in files {
      guard let stream = fopen(place(file.name), "wb") else { throw unreadable(file.name) }
      let count = fwrite(file.bytes, 1, file.bytes.count, stream)
      guard fclose(stream) == 0, count == file.bytes.count else { throw unreadable(file.name) }
    }
  }

  private func unreadable(_ name: String) -> PretrainedError {
    .unreadable(file: name, reason: String(cString: strerror(errno)))
  }
}
