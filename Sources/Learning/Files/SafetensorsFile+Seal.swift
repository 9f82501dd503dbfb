internal import Digests

extension SafetensorsFile {
  /// Name of the tensor that seals a file: its last 32 bytes, the SHA-256 of all before them.
  package static let sealName = "sha256"
  private static let sealCount = 32

  /// The file that holds some tensors and metadata, sealed against damage.
  ///
  /// - Parameter arrays: as for ``encoded(_:metadata:)``, but none of bytes: the seal must be last.
  package static func sealed(
    _ arrays: [SafetensorsArray], metadata: [String: String] = [:]
  ) -> [UInt8] {
    precondition(arrays.allSatisfy { $0.type.byteCount > 1 }, "bytes would follow the seal")
    let seal = SafetensorsArray(sealName, .uint8([UInt8](repeating: 0, count: sealCount)))
    var bytes = encoded(arrays + [seal], metadata: metadata)
    bytes.removeLast(sealCount)
    bytes += SHA256Digest(of: bytes).bytes
    return bytes
  }

  /// Reads the header of a sealed file in memory, after comparing all bytes with the seal.
  package init(
    sealed bytes: [UInt8], limits: SafetensorsLimits = SafetensorsLimits()
  ) throws(SafetensorsError) {
    if bytes.count > limits.bytes { throw .tooManyBytes(limit: limits.bytes) }
    guard bytes.count > Self.sealCount,
      SHA256Digest(of: bytes.dropLast(Self.sealCount)).bytes.elementsEqual(
        bytes.suffix(Self.sealCount))
    else { throw .brokenSeal }
    try self.init(bytes, limits: limits)
    guard let seal = self[Self.sealName], seal.type == .uint8,
      seal.bytes == (entries.map(\.bytes.upperBound).max() ?? 0)
        - Self.sealCount..<(entries.map(\.bytes.upperBound).max() ?? 0)
    else { throw .brokenSeal }
  }
}
