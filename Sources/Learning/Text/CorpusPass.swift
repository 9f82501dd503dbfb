/// One pass over the documents of a corpus: it looks at the clock, and lets go of the memory that
/// mapped text has taken, both now and then.
package final class CorpusPass {
  private let corpus: TextCorpus
  private let deadline: ContinuousClock.Instant?
  /// Bytes since the last look at the clock, and since pages were let go.
  private var (unwatched, unreleased) = (0, 0)
  /// Documents since then: they may lie anywhere in the text.
  private var unreleasedDocuments = 0
  /// Whether the time was over before the last document.
  package private(set) var isOver = false

  /// Bytes of text between two looks at the clock: a few milliseconds of the slowest work.
  private static let watchInterval = 1 << 16

  /// - Parameter deadline: when the pass is given up.
  package init(_ corpus: TextCorpus, until deadline: ContinuousClock.Instant?) {
    self.corpus = corpus
    self.deadline = deadline
    isOver = deadline.hasPassed
  }

  /// Whether the work on a document may begin; to be asked once for each, in their order.
  package func permits(_ document: Int) -> Bool {
    if isOver { return false }
    let bytes = corpus.byteCount(of: document) + 1
    unwatched += bytes
    unreleased += bytes
    if unwatched >= Self.watchInterval {
      isOver = deadline.hasPassed
      unwatched = 0
    }
    unreleasedDocuments += 1
    if unreleased >= TextCorpus.releaseInterval
      || unreleasedDocuments >= TextCorpus.releaseDocuments
    {
      corpus.releasePages()
      (unreleased, unreleasedDocuments) = (0, 0)
    }
    return !isOver
  }
}
