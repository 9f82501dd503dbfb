internal import Digests
package import Experiments
package import JSON

/// JSON whose last member is the digest of all bytes before it, so that the text proves itself.
package enum SealedJSON {
  /// Sorted last: every other key of a sealed object begins with an earlier letter.
  private static let key = "whole"
  /// What follows the digest's 64 digits.
  private static let ending = Array("\"\n}\n".utf8)
  private static let digestCount = 64

  /// The sealed text of an object.
  package static func bytes(_ members: [String: CanonicalJSON]) -> [UInt8] {
    var members = members
    members[key] = .string(String(repeating: "0", count: digestCount))
    var bytes = CanonicalJSON.object(members).bytes
    bytes.removeLast(digestCount + ending.count)
    let digest = SHA256Digest(of: bytes).hexadecimal
    return bytes + Array(digest.utf8) + ending
  }

  /// The object of a sealed text; nil when a byte of it is not as it was written.
  package static func object(_ bytes: [UInt8], path: String) -> JSONNode? {
    let count = bytes.count - digestCount - ending.count
    guard count > 0, bytes.suffix(ending.count).elementsEqual(ending) else { return nil }
    let digest = SHA256Digest(of: Array(bytes[..<count])).hexadecimal
    guard bytes[count..<(count + digestCount)].elementsEqual(digest.utf8) else { return nil }
    return try? JSONParser.parse(bytes, path: path)
  }
}
