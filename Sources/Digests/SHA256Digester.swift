internal import Crypto

/// Takes bytes one piece after another and gives the digest of all of them.
package struct SHA256Digester {
  private var hash = SHA256()

  package init() {}

  package mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
  }

  /// The digest of what came; call it once, as the last.
  package func finish() -> SHA256Digest { SHA256Digest(bytes: Array(hash.finalize())) }
}
