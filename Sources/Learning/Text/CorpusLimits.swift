/// How much text a reader takes before it refuses.
package struct CorpusLimits: Sendable, Hashable {
  /// Bytes of a file, or of all files of a folder; default 16 GiB.
  package var bytes: Int
  /// Documents; default 10⁷.
  package var documents: Int
  /// Bytes of one document; default 1 GiB, at most 2³² − 1.
  package var documentBytes: Int
  /// When reading is given up; default never.
  package var deadline: ContinuousClock.Instant?

  /// Whether the deadline has passed.
  package var isOver: Bool { deadline.hasPassed }

  package init(
    bytes: Int = 1 << 34, documents: Int = 10_000_000, documentBytes: Int = 1 << 30,
    deadline: ContinuousClock.Instant? = nil
  ) {
    self.bytes = bytes
    self.documents = documents
    self.documentBytes = min(documentBytes, Int(UInt32.max))
    self.deadline = deadline
  }
}
