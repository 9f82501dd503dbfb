package import Tensors

/// The languages that synthetic text is made in.
package enum TextLanguage: String, Sendable, Hashable, CaseIterable {
  case chinese = "zh"
  case english = "en"
}

/// What kind of writing a synthetic document is.
package enum TextGenre: String, Sendable, Hashable, CaseIterable {
  case news, encyclopedia, fiction

  /// The class label.
  package func name(in language: TextLanguage) -> String {
    switch (language, self) {
    case (.english, _): rawValue
    case (.chinese, .news): "新闻"
    case (.chinese, .encyclopedia): "百科"
    case (.chinese, .fiction): "小说"
    }
  }
}

/// Text made by a seeded grammar: `zh_genres`, `en_genres`, `zh_topics`, `en_topics`, `zh_tags`,
/// `en_tags`, `zh_pairs`, `en_pairs`.
///
/// The genres are documents of several sentences about the same people and things, to pre-train on.
/// The topics are short labelled texts of the same words, in which little tells the topic: one word
/// a sentence, among words of everyday and of topics that are no label. The tags are such texts one
/// after the other, of no, one or several topics, with the set of them as labels. The pairs are
/// documents of genres cut in two (``pairs(of:targets:key:)``). Document `i` is of topic
/// `i mod topics`, but for tags; every random number of it is keyed by its purpose and `i` (rule 6),
/// so it is the same however many documents there are.
package struct SyntheticCorpus: Sendable, Hashable {
  package enum Collection: String, Sendable, Hashable, CaseIterable {
    case genres, topics, pairs, tags
  }

  /// What documents are labelled with.
  package enum Labels: String, Sendable, Hashable, CaseIterable {
    case topic, genre
  }

  /// How often each genre is drawn; shares of their sum.
  package struct GenreWeights: Sendable, Hashable {
    package var news: Double
    package var encyclopedia: Double
    package var fiction: Double

    package init(news: Double = 1, encyclopedia: Double = 1, fiction: Double = 1) {
      self.news = news
      self.encyclopedia = encyclopedia
      self.fiction = fiction
    }

    var all: [Double] { [news, encyclopedia, fiction] }
  }

  package let collection: Collection
  package let language: TextLanguage
  /// How many documents; default 2000.
  package var documents = 2000
  package var genres = GenreWeights()
  /// Fewest sentences of a document, for tags of each of its topics; default 4 for genres and pairs,
  /// 1 for topics and tags.
  package var minSentences: Int
  /// Most sentences of a document, for tags of each of its topics; default 9 for genres and pairs, 2
  /// for topics and tags.
  package var maxSentences: Int
  package var labels = Labels.topic
  /// How many topics; default 6 for genres and pairs, 3 for topics, 4 for tags.
  package var topics: Int
  /// Fewest topics of a document of tags; default 0.
  package var minLabels = 0
  /// Most topics of a document of tags; default 3.
  package var maxLabels = 3
  /// Share of words that are replaced by random ones; default 0.
  package var noise = 0.0
  /// Share of documents that repeat an earlier one; default 0.
  package var duplication = 0.0
  /// Share of labels that are replaced by another class; default 0.
  package var labelNoise = 0.0

  package init(_ collection: Collection, _ language: TextLanguage) {
    self.collection = collection
    self.language = language
    switch collection {
    case .genres, .pairs: (minSentences, maxSentences, topics) = (4, 9, 6)
    case .topics: (minSentences, maxSentences, topics) = (1, 2, 3)
    case .tags: (minSentences, maxSentences, topics) = (1, 2, 4)
    }
  }

  /// Such as `zh_genres`.
  package var name: String { "\(language.rawValue)_\(collection.rawValue)" }

  /// Most topics that there are words for.
  package static let topicLimit = 6

  /// Class names in the order of their indices.
  package var classNames: [String] { Targets.ordered(namesAsDrawn) }

  /// Labels of all documents, without making their text.
  ///
  /// - Parameter deadline: when that is given up.
  /// - Throws: `DatasetError.outOfRange`, `DatasetError.outOfTime`.
  package func targets(
    key: RandomKey, deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) -> Targets {
    try check()
    let draws = DocumentDraws(self, key: key)
    let names = namesAsDrawn
    let ordered = Targets.ordered(names)
    let codes = names.map { name in Int32(ordered.firstIndex(of: name) ?? 0) }
    if collection == .tags {
      var sets = LabelSets()
      for document in 0..<documents {
        if DeadlineInterval.includes(document), deadline.hasPassed { throw .outOfTime }
        let tags = draws.tags(of: draws.source(of: document))
        sets.append(draws.spoiled(tags, in: document).map { codes[$0] })
      }
      return .labels(sets, names: ordered)
    }
    // Genres without weight are no classes.
    let ranks = genres.all.indices.map { genre in genres.all[..<genre].count { $0 > 0 } }
    var drawn: [Int32] = []
    drawn.reserveCapacity(documents)
    for document in 0..<documents {
      if DeadlineInterval.includes(document), deadline.hasPassed { throw .outOfTime }
      let source = draws.source(of: document)
      let label =
        switch (collection, labels) {
        case (.pairs, _): Self.isOther(document) ? 1 : 0
        case (_, .topic): topic(of: source)
        case (_, .genre): ranks[draws.genre(of: source)]
        }
      drawn.append(codes[draws.spoiled(label, of: names.count, in: document)])
    }
    return .classes(drawn, names: ordered)
  }

  /// Writes all documents.
  ///
  /// - Parameter deadline: when writing is given up.
  /// - Throws: `DatasetError.outOfRange` for fewer documents than topics, and settings that are no
  ///   counts or shares; `DatasetError.outOfTime`.
  package func corpus(
    key: RandomKey, deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) -> TextCorpus {
    let targets = try targets(key: key, deadline: deadline)
    let draws = DocumentDraws(self, key: key)
    var author = Author(self, key: key)
    var builder = CorpusBuilder()
    builder.reserve(documents)
    for document in 0..<documents {
      // A document takes microseconds a sentence.
      if document & 63 == 0, deadline.hasPassed { throw .outOfTime }
      let source = draws.source(of: document)
      if source < document {
        builder.repeatText(of: source)
        continue
      }
      builder.appendText { text in
        for (part, topic) in topics(of: document, draws).enumerated() {
          author.write(
            document, part: part, topic: topic, genre: draws.genre(of: document),
            sentences: draws.length(of: document), to: &text)
        }
      }
    }
    if collection == .pairs {
      return try pairs(
        of: builder.corpus(targets: nil), targets: targets, key: key, deadline: deadline)
    }
    return builder.corpus(targets: targets)
  }

  /// Every word of the language's lexicons and sentences, in the order of their bytes; Chinese ones
  /// of two characters or more.
  package static func words(of language: TextLanguage) -> [String] {
    Grammar.of(language).words
  }

  /// Every random site of making corpora, for the check against collisions.
  package static var randomSites: [RandomSite] {
    Collection.allCases.flatMap { collection in
      TextLanguage.allCases.flatMap { language in
        DocumentDraws.purposes.map {
          RandomSite(purpose: $0, path: SyntheticCorpus(collection, language).name)
        }
      }
    }
  }

  private func topic(of document: Int) -> Int { document % topics }

  /// What the text of a document is about, part by part; without a label, a topic that is none.
  private func topics(of document: Int, _ draws: DocumentDraws) -> [Int] {
    guard collection == .tags else { return [topic(of: document)] }
    let tags = draws.tags(of: document)
    return tags.isEmpty ? [topics + document % (Self.topicLimit - topics)] : tags
  }

  /// Class names by the numbers that topics and genres are drawn as.
  private var namesAsDrawn: [String] {
    switch (collection, labels) {
    case (.pairs, _): Self.pairLabels(in: language)
    case (_, .topic): Grammar.of(language).topics.prefix(topics).map(\.name)
    case (_, .genre):
      zip(TextGenre.allCases, genres.all).filter { $0.1 > 0 }.map { $0.0.name(in: language) }
    }
  }

  private func check() throws(DatasetError) {
    func require(_ holds: Bool, _ parameter: String, _ allowed: String) throws(DatasetError) {
      if !holds { throw .outOfRange(parameter: parameter, allowed: allowed) }
    }
    // Of tags, a topic is left for texts without a label.
    let most = collection == .tags ? Self.topicLimit - 1 : Self.topicLimit
    try require((2...most).contains(topics), "topics", "2 to \(most)")
    if collection == .tags {
      try require((1...topics).contains(maxLabels), "max_labels", "1 to \(topics)")
      try require((0...maxLabels).contains(minLabels), "min_labels", "0 to max_labels")
    }
    try require(
      (topics...10_000_000).contains(documents), "documents", "\(topics) to 10000000")
    let fewest = collection == .pairs ? 2 : 1
    try require(
      (fewest...1000).contains(minSentences), "min_sentences", "\(fewest) to 1000")
    try require(
      (minSentences...1000).contains(maxSentences), "max_sentences", "min_sentences to 1000")
    for (name, weight) in zip(TextGenre.allCases, genres.all) {
      try require(weight >= 0 && weight <= 1e6, "genres.\(name.rawValue)", "0 to 1e6")
    }
    try require(genres.all.contains { $0 > 0 }, "genres", "weights of which one is positive")
    try require(
      labels == .topic || genres.all.count { $0 > 0 } > 1, "labels",
      "`genre` only where two genres have a weight")
    for (name, share) in [
      ("noise", noise), ("duplication", duplication), ("label_noise", labelNoise),
    ] {
      try require(share >= 0 && share <= 1, name, "0 to 1")
    }
  }
}
