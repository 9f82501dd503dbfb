import Learning
import Tensors
import Testing

/// From a corpus and a tokenizer to what trains a BERT.
@Suite struct CorpusSequencesTests {
  private func tokenizer() throws -> WordPieceTokenizer {
    let tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "one", "two", "three", "."]
    return try WordPieceTokenizer(
      vocabulary: Vocabulary(text: Array((tokens.joined(separator: "\n") + "\n").utf8)))
  }

  @Test("documents become sentences of ids; second texts follow first ones")
  func documents() throws {
    let text = "One two. Three.\n\nTwo two.\n"
    let corpus = try TextCorpus(textFile: TextBytes(Array(text.utf8)), unit: .paragraph)
    for limit in [0, 1 << 20] {
      let documents = try TokenizedDocuments(
        corpus, tokenizer(), spilling: SpillPolicy(bytesInMemory: limit))
      #expect(documents.documentCount == 2 && documents.sentenceCount == 3)
      let ids = documents.withTokens(0..<documents.tokenCount) { Array($0) }
      #expect(ids == [5, 6, 8, 7, 8, 6, 6, 8])
      #expect(documents.tokens(of: 1..<2) == 3..<5 && documents.sentences(of: 1) == 2..<3)
      #expect(documents.idBounds == 5...8)
    }
    let table = try Table(csv: Array("a,b\none.,two two.\nthree.,one.\n".utf8))
    let pairs = try TextCorpus(table: table, fields: TextFields(text: "a", textPair: "b"))
    let documents = try TokenizedDocuments(pairs, tokenizer())
    #expect(documents.documentCount == 2 && documents.sentences(of: 0).count == 2)
  }

  @Test("labelled pairs become sequences with their targets, part by part")
  func labelled() throws {
    let rows = (0..<10).map { "one two,three,\($0 % 2 == 0 ? "x" : "y")" }
    let table = try Table(csv: Array(("a,b,label\n" + rows.joined(separator: "\n")).utf8))
    let corpus = try TextCorpus(
      table: table, fields: TextFields(text: "a", textPair: "b", target: .label("label")))
    let split = try SplitCorpus(
      corpus, shares: Partition.Shares(train: 0.6, validation: 0.4), key: .test)
    let data = try #require(
      try PreparedSequences(split, tokenizer(), maxLength: 5) as PreparedSequences?)
    #expect(data.train.count == 6 && data.validation?.count == 4 && data.test == nil)
    #expect(data.classNames == ["x", "y"])
    // One token of the longer text is cut.
    #expect(data.train.sequences.ids.prefix(5) == [2, 5, 3, 7, 3])
    #expect(data.train.sequences.types.prefix(5) == [0, 0, 0, 1, 1])
    guard case .classes(let codes) = data.train.targets, case .classes(let all, _)? = corpus.targets
    else {
      Issue.record("no classes")
      return
    }
    #expect(codes == split.partition.train.map { all[$0] })
    let unlabelled = try TextCorpus(table: table, fields: TextFields(text: "a"))
    let plain = try SplitCorpus(unlabelled, shares: Partition.Shares(train: 1), key: .test)
    let none = try PreparedSequences(plain, tokenizer(), maxLength: 5)
    #expect(none == nil)
  }
}
