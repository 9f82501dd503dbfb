import Learning
import Tensors
import Testing

@Suite struct PretrainingExamplesTests {
  private static let lengths = [(1...6, 1...40), (1...30, 1...12), (2...4, 100...300)]

  private func corpora() throws -> [NumberedDocuments] {
    try Self.lengths.enumerated().map { index, ranges in
      try NumberedDocuments(
        random: UInt64(index), documents: 80, sentences: ranges.0, tokens: ranges.1)
    }
  }

  @Test("without next sentences every token stands in one sequence, in order, tightly packed")
  func packing() throws {
    for corpus in try corpora() {
      for length in [3, 16, 64, 128] {
        let examples = try corpus.examples(
          PretrainingObjective(nextSentence: false, maxSequenceLength: length))
        var tokens: [Int32] = []
        var previous: (document: Int?, count: Int) = (nil, 0)
        for index in 0..<examples.count {
          let example = examples.example(index, draw: UInt64(index))
          #expect(example.ids.count <= length && example.isRandomNext == nil)
          #expect(example.ids.first == 2 && example.ids.last == 3)
          #expect(example.types == Array(repeating: 0, count: example.ids.count))
          let inner = example.ids.dropFirst().dropLast()
          let document = try corpus.document(of: #require(inner.first))
          #expect(try corpus.document(of: #require(inner.last)) == document)
          if document == previous.document {
            // The next sentence did not fit: its first sentence and what was there are too long.
            let sentence = corpus.sentences.joined().first { $0.contains(inner[1]) } ?? []
            #expect(previous.count + sentence.count > length - 2)
          }
          previous = (document, inner.count)
          tokens += inner
        }
        #expect(tokens == corpus.sentences.joined().flatMap { $0 })
      }
    }
  }

  @Test("pairs follow each other or come from two documents, half each, and fit")
  func pairs() throws {
    for corpus in try corpora() {
      let objective = PretrainingObjective(maxSequenceLength: 64)
      let examples = try corpus.examples(objective)
      var random = 0
      var all = 0
      for epoch in 0..<40 {
        for index in 0..<examples.count {
          let draw = UInt64(epoch * examples.count + index)
          let example = examples.example(index, draw: draw)
          #expect(example.ids.count <= 64 && example.ids.first == 2 && example.ids.last == 3)
          let middle = try #require(example.ids.firstIndex(of: 3))
          let (a, b) = (example.ids[1..<middle], example.ids[(middle + 1)...].dropLast())
          #expect(example.types.firstIndex(of: 1) == middle + 1)
          #expect(example.types.count { $0 == 1 } == b.count + 1)
          let (first, second) = try (#require(a.first), #require(b.first))
          // Tokens of a segment stand behind each other.
          #expect(Array(a) == Array(first..<first + Int32(a.count)))
          #expect(Array(b) == Array(second..<second + Int32(b.count)))
          let documents = (corpus.document(of: first), corpus.document(of: second))
          let isRandom = try #require(example.isRandomNext as Bool?)
          #expect(isRandom == (documents.0 != documents.1))
          if !isRandom, example.ids.count < 64 {
            #expect(second == a.last.map { $0 + 1 }, "B follows A")
          }
          random += isRandom ? 1 : 0
          all += 1
        }
      }
      let deviation = abs(Double(random) - Double(all) / 2) / (Double(all) / 4).squareRoot()
      #expect(deviation < 4, "\(random) of \(all)")
    }
  }

  @Test("with next sentences every sentence of a document of two or more is in some piece")
  func coverage() throws {
    let corpus = try corpora()[1]
    let examples = try corpus.examples(PretrainingObjective(maxSequenceLength: 512))
    var seen: Set<Int32> = []
    for epoch in 0..<30 {
      for index in 0..<examples.count {
        let example = examples.example(index, draw: UInt64(epoch * examples.count + index))
        if example.isRandomNext == false { seen.formUnion(example.ids) }
      }
    }
    let expected = corpus.sentences.filter { $0.count > 1 }.joined().joined()
    #expect(Set(expected).isSubset(of: seen))
  }

  @Test("an example is a function of its draw; another draw gives another one")
  func keyed() throws {
    let corpus = try corpora()[0]
    let examples = try corpus.examples(PretrainingObjective(maxSequenceLength: 48))
    let again = try corpus.examples(PretrainingObjective(maxSequenceLength: 48))
    var differing = 0
    for index in (0..<examples.count).reversed() {
      let example = examples.example(index, draw: UInt64(index))
      #expect(again.example(index, draw: UInt64(index)) == example)
      if examples.example(index, draw: UInt64(index + examples.count)) != example {
        differing += 1
      }
    }
    #expect(differing * 2 > examples.count)
  }

  @Test("examples from a file are those from memory")
  func spilled() throws {
    for nextSentence in [false, true] {
      let objective = PretrainingObjective(nextSentence: nextSentence, maxSequenceLength: 64)
      func examples(_ policy: SpillPolicy) throws -> PretrainingExamples {
        let corpus = try NumberedDocuments(
          random: 9, documents: 100, sentences: 1...8, tokens: 1...20, spilling: policy)
        return try PretrainingExamples(
          corpus.documents, objective, NumberedDocuments.vocabulary(), key: .test,
          spilling: policy)
      }
      let (memory, file) = try (examples(SpillPolicy()), examples(SpillPolicy(bytesInMemory: 0)))
      #expect(memory.count == file.count && file.documents.isSpilled)
      for index in 0..<memory.count {
        #expect(
          memory.example(index, draw: UInt64(index)) == file.example(index, draw: UInt64(index)))
      }
    }
  }

  @Test("truncation takes a token off the longer segment, off the second of equals, at a time")
  func truncation() {
    for limit in 2...9 {
      for first in 1...12 {
        for second in 1...12 {
          var (a, b) = (first, second)
          while a + b > limit { if a > b { a -= 1 } else { b -= 1 } }
          #expect(PretrainingExamples.truncated(first, second, to: limit) == (a, b))
        }
      }
    }
  }

  @Test("text without tokens, single documents and single sentences are refused")
  func faults() throws {
    func error(_ lengths: [[Int]], _ objective: PretrainingObjective) throws -> PretrainingError? {
      let documents = try NumberedDocuments(lengths).documents
      do {
        _ = try PretrainingExamples(
          documents, objective, NumberedDocuments.vocabulary(), key: .test)
        return nil
      } catch { return error }
    }
    let both = PretrainingObjective()
    var masked = both
    masked.nextSentence = false
    #expect(try error([], masked) == .noText && error([], both) == .noText)
    #expect(try error([[4, 4, 4]], both) == .noSentencePairs(documents: 1))
    #expect(try error([[4], [5], [6]], both) == .noSentencePairs(documents: 3))
    #expect(try error([[4], [5, 5]], both) == nil && error([[4]], masked) == nil)
    var short = both
    short.maxSequenceLength = 4
    guard case .outOfRange("max_seq_length", _) = try error([[4], [5, 5]], short) else {
      Issue.record("sequences of 4")
      return
    }
  }
}
