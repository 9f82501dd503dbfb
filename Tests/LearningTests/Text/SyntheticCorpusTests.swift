import Digests
import Learning
import Tensors
import Testing

@Suite struct SyntheticCorpusTests {
  private static let all = [SyntheticCorpus.Collection.genres, .topics].flatMap { collection in
    TextLanguage.allCases.map { SyntheticCorpus(collection, $0) }
  }

  private func small(_ settings: SyntheticCorpus, _ documents: Int = 300) -> SyntheticCorpus {
    var settings = settings
    settings.documents = documents
    return settings
  }

  private func texts(_ corpus: TextCorpus) -> [String] { (0..<corpus.count).map(corpus.text) }

  private func codes(_ corpus: TextCorpus) -> [Int32] {
    if case .classes(let codes, _)? = corpus.targets { codes } else { [] }
  }

  /// Labels and texts, a line for each document.
  private func digest(_ corpus: TextCorpus) -> String {
    let lines = zip(codes(corpus), texts(corpus)).map { "\($0)\t\($1)\n" }
    return SHA256Digest(of: lines.joined()).prefix(16)
  }

  @Test("each collection is the same text for ever")
  func goldens() throws {
    let expected = [
      "zh_genres": "7dc26ff4dcccc72e", "en_genres": "3e785fc945dd5953",
      "zh_topics": "a88198cd402ca54a", "en_topics": "77c99218684818ed",
    ]
    for settings in Self.all {
      let found = digest(try small(settings).corpus(key: .test))
      #expect(found == expected[settings.name], "\(settings.name)")
    }
  }

  @Test("a document does not depend on how many there are; another seed gives others")
  func stability() throws {
    for var settings in Self.all {
      settings.duplication = 0.2
      settings.noise = 0.1
      settings.labelNoise = 0.1
      let few = try small(settings, 60).corpus(key: .test)
      let many = try small(settings, 100).corpus(key: .test)
      #expect(texts(few) == Array(texts(many).prefix(60)), "\(settings.name)")
      #expect(codes(few) == Array(codes(many).prefix(60)), "\(settings.name)")
      let other = try small(settings, 60).corpus(key: RandomKey(seed: 12, repeatIndex: 0))
      #expect(texts(other) != texts(few), "\(settings.name)")
    }
  }

  @Test("documents have the sentences asked for, and the splitter finds them")
  func sentences() throws {
    for settings in Self.all {
      let corpus = try small(settings).corpus(key: .test)
      let counts = (0..<corpus.count).map { corpus.sentences(of: $0).count }
      let asked = settings.minSentences...settings.maxSentences
      #expect(counts.allSatisfy(asked.contains), "\(settings.name)")
      #expect(Set(counts) == Set(asked), "\(settings.name)")
      let text = texts(corpus).joined()
      let isPlain = !text.contains { "{}[]|#".contains($0) } && !text.contains("  ")
      #expect(isPlain, "\(settings.name)")
      #expect(!(settings.language == .chinese && text.contains(" ")), "\(settings.name)")
    }
  }

  @Test("genres come by their weights and topics in turn")
  func labels() throws {
    var settings = small(SyntheticCorpus(.genres, .english), 3000)
    #expect(codes(try small(settings, 12).corpus(key: .test)).count == 12)
    guard case .classes(let topics, let names) = try settings.targets(key: .test) else { return }
    #expect(names == ["culture", "finance", "health", "sports", "technology", "travel"])
    #expect(topics.prefix(6).map { names[Int($0)] }.first == "sports")
    for code in names.indices { #expect(topics.count { Int($0) == code } == 500) }
    settings.labels = .genre
    settings.genres = SyntheticCorpus.GenreWeights(news: 6, encyclopedia: 0, fiction: 2)
    guard case .classes(let genres, let kinds) = try settings.targets(key: .test) else { return }
    #expect(kinds == ["fiction", "news"])
    let share = Double(genres.count { $0 == 1 }) / 3000
    #expect(abs(share - 0.75) < 0.03, "\(share)")
    let chinese = SyntheticCorpus(.topics, .chinese)
    #expect(chinese.classNames == ["体育", "科技", "财经"])
  }

  @Test("noise, duplication and label noise touch their share and nothing else")
  func settings() throws {
    for settings in Self.all {
      let plain = try small(settings, 1000).corpus(key: .test)
      var changed = small(settings, 1000)
      changed.labelNoise = 0.2
      let mislabelled = try changed.corpus(key: .test)
      #expect(texts(mislabelled) == texts(plain))
      let wrong = zip(codes(plain), codes(mislabelled)).count { $0 != $1 }
      #expect((150...250).contains(wrong), "\(settings.name): \(wrong)")

      changed = small(settings, 1000)
      changed.duplication = 0.3
      let repeated = try changed.corpus(key: .test)
      let same = zip(texts(plain), texts(repeated)).count { $0 == $1 }
      #expect((640...760).contains(same), "\(settings.name): \(same)")
      let fresh = Set(texts(repeated))
      #expect(fresh.isSubset(of: Set(texts(plain))), "\(settings.name)")

      changed = small(settings, 1000)
      changed.noise = 0.25
      let noisy = try changed.corpus(key: .test)
      #expect(codes(noisy) == codes(plain))
      if settings.language == .english {
        var (total, replaced) = (0, 0)
        for (a, b) in zip(texts(plain), texts(noisy)) {
          let pairs = zip(a.split(separator: " "), b.split(separator: " "))
          total += a.split(separator: " ").count
          replaced += pairs.count { $0 != $1 }
          #expect(a.split(separator: " ").count == b.split(separator: " ").count)
        }
        let share = Double(replaced) / Double(total)
        #expect(abs(share - 0.25) < 0.02, "\(settings.name): \(share)")
      } else {
        #expect(zip(texts(plain), texts(noisy)).count { $0 != $1 } > 900)
      }
    }
  }

  @Test("the vocabulary is rich, and its words are those of the text")
  func vocabulary() throws {
    for language in TextLanguage.allCases {
      let words = SyntheticCorpus.words(of: language)
      #expect(words.count > 1500, "\(language)")
      #expect(words == words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      let corpus = try small(SyntheticCorpus(.genres, language), 4000).corpus(key: .test)
      let text = texts(corpus).joined(separator: "\n").lowercased()
      let seen = words.count { text.contains($0.lowercased()) }
      #expect(Double(seen) > 0.95 * Double(words.count), "\(language): \(seen) of \(words.count)")
    }
  }

  @Test("values that make no corpus are refused by their name")
  func ranges() {
    let faults: [(String, (inout SyntheticCorpus) -> Void)] = [
      ("documents", { $0.documents = 2 }), ("documents", { $0.documents = .max }),
      ("topics", { $0.topics = 1 }), ("topics", { $0.topics = 7 }),
      ("min_sentences", { $0.minSentences = 0 }), ("max_sentences", { $0.maxSentences = 0 }),
      ("max_sentences", { $0.maxSentences = .max }), ("noise", { $0.noise = .nan }),
      ("duplication", { $0.duplication = 1.5 }), ("label_noise", { $0.labelNoise = -0.1 }),
      ("genres.news", { $0.genres.news = -1 }), ("genres.fiction", { $0.genres.fiction = .nan }),
      ("genres", { $0.genres = .init(news: 0, encyclopedia: 0, fiction: 0) }),
      (
        "labels",
        {
          $0.labels = .genre
          $0.genres = .init(news: 1, encyclopedia: 0, fiction: 0)
        }
      ),
    ]
    for (parameter, spoil) in faults {
      var settings = SyntheticCorpus(.topics, .chinese)
      spoil(&settings)
      do {
        _ = try settings.corpus(key: .test)
        Issue.record("\(parameter) was taken")
      } catch {
        guard case .outOfRange(let found, _) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(found == parameter)
      }
    }
  }

  @Test("extreme shares are taken: all words replaced, all documents alike")
  func extremes() throws {
    for var settings in Self.all {
      settings.noise = 1
      settings.duplication = 1
      settings.labelNoise = 1
      let corpus = try small(settings, 20).corpus(key: .test)
      #expect(Set(texts(corpus)).count == 1, "\(settings.name)")
    }
  }
}
