package import Tensors

/// Bytes of text that stay where they are: in an array, or in a file that is mapped, not read.
///
/// A mapped file costs no memory of the process's own: the operating system brings pages in and
/// drops them as they are used.
package final class TextBytes: Sendable {
  private enum Owner: Sendable {
    case array([UInt8])
    case file(MappedFile)
  }

  private let owner: Owner
  package let count: Int

  package init(_ bytes: [UInt8]) {
    owner = .array(bytes)
    count = bytes.count
  }

  package init(_ file: MappedFile) {
    owner = .file(file)
    count = file.bytes.count
  }

  /// Whether nobody has changed the file since it was mapped; to be asked after the last look.
  package var isUnchanged: Bool {
    switch owner {
    case .array: true
    case .file(let file): file.isUnchanged
    }
  }

  /// Bytes that take memory of the process's own.
  var residentCount: Int {
    switch owner {
    case .array: count
    case .file: 0
    }
  }

  /// Lets go of the memory that a mapped file's bytes have taken since they were looked at.
  package func releasePages() {
    if case .file(let file) = owner { file.releasePages() }
  }

  /// Runs `body` on a range of the bytes.
  package func withBytes<Value>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
  ) rethrows -> Value {
    switch owner {
    case .array(let bytes):
      return try bytes.withUnsafeBufferPointer {
        try body(UnsafeBufferPointer(rebasing: $0[range]))
      }
    case .file(let file):
      return try withExtendedLifetime(file) {
        try body(
          UnsafeBufferPointer(rebasing: file.bytes.assumingMemoryBound(to: UInt8.self)[range]))
      }
    }
  }

  /// Runs `body` on all the bytes.
  package func withBytes<Value>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
  ) rethrows -> Value {
    try withBytes(0..<count, body)
  }
}
