import Learning
import Tensors

/// Documents whose every token tells where it stands, so that a sequence shows where it is from.
struct NumberedDocuments {
  /// By document, by sentence; ids from 10 on, none twice.
  let sentences: [[[Int32]]]
  let documents: TokenizedDocuments

  init(
    _ lengths: [[Int]], spilling policy: SpillPolicy = SpillPolicy()
  ) throws {
    var next: Int32 = 10
    sentences = lengths.map { document in
      document.map { length in
        defer { next += Int32(length) }
        return Array(next..<next + Int32(length))
      }
    }
    var builder = TokenizedDocumentsBuilder(policy)
    for document in sentences { try builder.append(document: document) }
    documents = try builder.finish()
  }

  /// Documents of random numbers of sentences of random lengths.
  init(
    random seed: UInt64, documents: Int, sentences: ClosedRange<Int>, tokens: ClosedRange<Int>,
    spilling policy: SpillPolicy = SpillPolicy()
  ) throws {
    var random = SplitMix(state: seed)
    let lengths = (0..<documents).map { _ in
      (0..<Int.random(in: sentences, using: &random)).map { _ in
        Int.random(in: tokens, using: &random)
      }
    }
    try self.init(lengths, spilling: policy)
  }

  static func vocabulary(size: Int = 1 << 20) -> PretrainingVocabulary {
    PretrainingVocabulary(
      size: size, classification: 2, separator: 3, mask: 4, special: [0, 1, 2, 3, 4])
  }

  func examples(_ objective: PretrainingObjective) throws -> PretrainingExamples {
    try PretrainingExamples(documents, objective, Self.vocabulary(), key: .test)
  }

  /// The document of a token.
  func document(of token: Int32) -> Int? {
    sentences.firstIndex { document in
      guard let first = document.first?.first, let last = document.last?.last else { return false }
      return (first...last).contains(token)
    }
  }
}
