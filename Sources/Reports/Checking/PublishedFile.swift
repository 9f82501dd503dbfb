package import Digests
package import Experiments

/// A document as it lies on disk.
package struct PublishedFile: Sendable {
  /// File name without folders, as ledgers have it.
  package let name: String
  /// The path that people are shown.
  package let path: String
  /// Nil when it is not there or cannot be read.
  package let bytes: [UInt8]?
  /// Why something that is there cannot be read, as the end of a sentence about it.
  package let obstacle: String?

  package init(name: String, path: String, bytes: [UInt8]?, obstacle: String? = nil) {
    self.name = name
    self.path = path
    self.bytes = bytes
    self.obstacle = obstacle
  }

  /// Digest of the bytes; nil for no file.
  var digest: SHA256Hex? { bytes.map { SHA256Hex(SHA256Digest(of: $0)) } }
}
