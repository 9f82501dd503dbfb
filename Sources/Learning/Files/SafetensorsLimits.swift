/// How much of a safetensors file the reader takes before it refuses.
package struct SafetensorsLimits: Sendable, Hashable {
  /// Bytes of the whole file; default 16 GiB.
  package var bytes: Int
  /// Bytes of the header; default 16 MiB (the format allows 100 MB; the largest models' take 1 MB).
  package var headerBytes: Int

  package init(bytes: Int = 1 << 34, headerBytes: Int = 1 << 24) {
    self.bytes = min(bytes, 1 << 40)
    self.headerBytes = headerBytes
  }
}
