internal import Tensors

/// Texts and what follows them: `zh_pairs`, `en_pairs`.
extension SyntheticCorpus {
  /// Labels of pairs that belong together, and of those that do not.
  static func pairLabels(in language: TextLanguage) -> [String] {
    switch language {
    case .chinese: ["相连", "无关"]
    case .english: ["follows", "other"]
    }
  }

  /// Whether a document's second text is another's: every other one.
  static func isOther(_ document: Int) -> Bool { document % 2 == 1 }

  /// Cuts each document after half of its sentences: the first text is the first half, the second one
  /// its own second half or, where the label says so, that of an earlier document at random.
  func pairs(
    of whole: TextCorpus, targets: Targets, key: RandomKey, deadline: ContinuousClock.Instant?
  ) throws(DatasetError) -> TextCorpus {
    let others = RandomStream(key: key, purpose: DocumentDraws.otherPurpose, path: name)
    var builder = CorpusBuilder()
    builder.reserve(whole.count)
    for document in 0..<whole.count {
      if document & 63 == 0, deadline.hasPassed { throw .outOfTime }
      var second = document
      if Self.isOther(document) {
        // An earlier one, so that the pair does not depend on how many there are.
        second = Int(
          others.integer(below: UInt32(document), draw: UInt64(document), element: 0))
      }
      guard let text = keep(.first, of: document, whole, &builder),
        let following = keep(.second, of: second, whole, &builder)
      else { preconditionFailure("a document of the grammar has two sentences") }
      builder.append(text, second: following)
    }
    return builder.corpus(targets: targets)
  }

  private enum Half { case first, second }

  private func keep(
    _ half: Half, of document: Int, _ whole: TextCorpus, _ builder: inout CorpusBuilder
  ) -> Range<Int>? {
    let sentences = whole.sentences(of: document)
    // Two quotations may be one sentence to the splitter: then both halves are that.
    let cut = max(1, sentences.count / 2)
    let kept = half == .first ? sentences[..<cut] : sentences[min(cut, sentences.count - 1)...]
    guard let start = kept.first?.lowerBound, let end = kept.last?.upperBound else { return nil }
    return whole.withText(of: document) { builder.keep($0[start..<end]) }
  }
}
