import Digests
import Learning
import Tensors
import Testing

@Suite struct SyntheticPairsTests {
  private func corpus(
    _ language: TextLanguage, _ documents: Int, seed: UInt64 = 5
  ) throws -> TextCorpus {
    var settings = SyntheticCorpus(.pairs, language)
    settings.documents = documents
    return try settings.corpus(key: RandomKey(seed: seed, repeatIndex: 0))
  }

  private func lines(_ corpus: TextCorpus) -> [String] {
    guard case .classes(let codes, let names)? = corpus.targets else { return [] }
    return (0..<corpus.count).map {
      "\(names[Int(codes[$0])])\t\(corpus.text(of: $0))\t\(corpus.secondText(of: $0) ?? "")\n"
    }
  }

  @Test(
    "each collection is the same pairs for ever",
    arguments: [(TextLanguage.chinese, "a80049cd1632267f"), (.english, "f5e78e7f198fcad7")])
  func goldens(_ language: TextLanguage, _ expected: String) throws {
    let text = lines(try corpus(language, 300)).joined()
    #expect(SHA256Digest(of: text).prefix(16) == expected)
  }

  @Test("a pair does not depend on how many there are; another seed gives others")
  func stability() throws {
    for language in TextLanguage.allCases {
      let few = lines(try corpus(language, 60))
      #expect(few == Array(lines(try corpus(language, 100)).prefix(60)))
      #expect(few != lines(try corpus(language, 60, seed: 6)))
    }
  }

  @Test("half of the pairs belong together, and the others' second texts are of other documents")
  func halves() throws {
    for language in TextLanguage.allCases {
      let pairs = try corpus(language, 200)
      #expect(pairs.isPair)
      guard case .classes(let codes, _)? = pairs.targets else {
        Issue.record("pairs have labels")
        return
      }
      #expect(codes.count { $0 == codes[0] } == 100)
      // A document's own second half is that of the pair which belongs together.
      let own = Set((0..<200).filter { codes[$0] == codes[0] }.map { pairs.secondText(of: $0) })
      for document in 0..<200 where codes[document] != codes[0] {
        #expect(pairs.secondText(of: document)?.isEmpty == false)
        #expect(pairs.text(of: document) != pairs.secondText(of: document))
      }
      #expect(own.count == 100)
    }
  }

  @Test("documents of one sentence cannot be cut")
  func oneSentence() throws {
    var settings = SyntheticCorpus(.pairs, .english)
    settings.minSentences = 1
    #expect(throws: DatasetError.self) {
      try settings.corpus(key: RandomKey(seed: 1, repeatIndex: 0))
    }
  }
}
