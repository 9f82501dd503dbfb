/// How large a vocabulary may be; files beyond are refused before they are read further.
package struct VocabularyLimits: Sendable, Hashable {
  /// Bytes of the file.
  package var bytes: Int
  package var tokens: Int
  /// UTF-8 bytes of a token.
  package var tokenBytes: Int

  /// Defaults: 32 MiB, 2²⁰ tokens, 64 KiB a token (more than any word that tokenizers spell).
  package init(bytes: Int = 32 << 20, tokens: Int = 1 << 20, tokenBytes: Int = 1 << 16) {
    self.bytes = bytes
    self.tokens = tokens
    self.tokenBytes = tokenBytes
  }
}
