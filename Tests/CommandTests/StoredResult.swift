import Digests
import Foundation
import TestSupport

extension TestProject {
  struct NoSuchResult: Error {}

  /// Puts another number into the stored result that holds one, with every digest as it must be: what a
  /// machine leaves that computes something else, or a component that changed without a version.
  func replaceStored(_ old: String, with new: String) throws {
    let results = try outputs(in: ".assay/store/v1").filter {
      $0.key.hasSuffix("/result.json") && String(decoding: $0.value, as: UTF8.self).contains(old)
    }
    guard let (path, bytes) = results.first, results.count == 1 else { throw NoSuchResult() }
    let changed = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: old, with: new)
    let place = ".assay/store/v1/" + path
    try folder.write(changed, to: place)
    let manifest = String(place.dropLast("result.json".count)) + "entry.json"
    let entry = try folder.text(manifest)
      .replacingOccurrences(
        of: SHA256Digest(of: String(decoding: bytes, as: UTF8.self)).hexadecimal,
        with: SHA256Digest(of: changed).hexadecimal
      )
      .replacing(/("result.json": \{\s*"bytes": )\d+/) { "\($0.1)\(changed.utf8.count)" }
    // The last line is the digest of everything before it.
    let head = entry.dropLast(64 + "\"\n}\n".utf8.count)
    try folder.write(
      head + SHA256Digest(of: String(head)).hexadecimal + "\"\n}\n", to: manifest)
  }
}
