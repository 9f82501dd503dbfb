internal import Tensors

/// Writes synthetic documents, one after the other.
struct Author {
  private let grammar: Grammar
  /// Whether documents are short labelled notes.
  private let writesNotes: Bool
  private let topics: Int
  private let noise: WordNoise?
  private var draws: SequentialDraws
  /// Lexicons that lend words to documents of other topics.
  private let strangers: [[TopicLexicon]]

  init(_ settings: SyntheticCorpus, key: RandomKey) {
    let grammar = Grammar.of(settings.language)
    self.grammar = grammar
    writesNotes = settings.collection == .topics || settings.collection == .tags
    topics = settings.topics
    draws = SequentialDraws(DocumentDraws.text(settings, key: key))
    noise = settings.noise > 0 ? WordNoise(settings, key: key) : nil
    let (topics, writesNotes) = (settings.topics, writesNotes)
    strangers = grammar.topics.indices.map { topic in
      // In labelled notes strange words are of topics that are no label, where there are such.
      let isOutside = writesNotes && topics < grammar.topics.count
      return grammar.topics.indices.filter { isOutside ? $0 >= topics : $0 != topic }
        .map { grammar.topics[$0] }
    }
  }

  /// Draws that a sentence has for itself.
  private static let drawsPerSentence = 1 << 10
  /// Draws that a part of a document has for itself: more than its sentences can take.
  private static let drawsPerPart = 1 << 21
  /// Words that a part of a document has less than.
  private static let wordsPerPart = 1 << 16

  /// Appends the text of a document, or of one of its parts, which have people and things of their
  /// own.
  mutating func write(
    _ document: Int, part: Int = 0, topic: Int, genre: Int, sentences: Int,
    to text: inout [UInt8]
  ) {
    let base = part * Self.drawsPerPart
    draws.move(to: document, element: base)
    let cast = DocumentCast(
      topic: grammar.topics[topic], common: grammar.common, draws: &draws)
    var writer = SentenceWriter(
      grammar: grammar, strangers: strangers[topic], isNote: writesNotes, cast: cast,
      draws: draws, text: text)
    text = []
    let plan = grammar.plans[genre]
    if part > 0 { writer.separate() }
    let start = writer.text.count
    var used: Set<Int> = []
    for sentence in 0..<sentences {
      writer.draws.move(
        to: document, element: base + (sentence + 1) * Self.drawsPerSentence)
      let (patterns, list) = patterns(of: plan, sentence: sentence, of: sentences)
      var index = writer.draws.integer(below: patterns.count)
      for _ in patterns.indices where used.contains(list << 16 | index) {
        index = (index + 1) % patterns.count
      }
      used.insert(list << 16 | index)
      if sentence > 0 { writer.separate() }
      writer.write(patterns[index])
    }
    draws = writer.draws
    text = writer.text
    noise?.spoil(
      &text, from: start, words: writer.words, document: document,
      first: part * Self.wordsPerPart)
  }

  /// What a sentence may be, by its place; and a number that names the list.
  private func patterns(
    of plan: GenrePlan, sentence: Int, of sentences: Int
  ) -> ([SentencePattern], Int) {
    if writesNotes { return sentence == 0 ? (plan.notes, 0) : (plan.replies, 1) }
    if sentence == 0 { return (plan.openings, 0) }
    if sentences > 2, sentence == sentences - 1 { return (plan.closings, 1) }
    let stage = (sentence - 1) * plan.stages.count / max(1, sentences - 2)
    let index = min(stage, plan.stages.count - 1)
    return (plan.stages[index], 2 + index)
  }
}
