/// Documents that the program writes by seeded grammars.
package struct WrittenDatasetSpec: DatasetCommon, Sendable, Hashable {
  /// A language and a form, by the name that `synthetic:` takes.
  package enum Collection: String, Sendable, Hashable, CaseIterable {
    /// News, encyclopedia articles and fiction, of several sentences each.
    case chineseGenres = "zh_genres"
    case englishGenres = "en_genres"
    /// Short texts, each with its topic.
    case chineseTopics = "zh_topics"
    case englishTopics = "en_topics"
    /// Short texts, each with the topics that it comes to: none, one or several.
    case chineseTags = "zh_tags"
    case englishTags = "en_tags"
    /// Halves of documents that belong together, and such that do not.
    case chinesePairs = "zh_pairs"
    case englishPairs = "en_pairs"

    /// What a document is.
    package enum Form: Sendable, Hashable { case genres, topics, tags, pairs }

    package var isChinese: Bool { rawValue.hasPrefix("zh_") }

    package var form: Form {
      switch self {
      case .chineseGenres, .englishGenres: .genres
      case .chineseTopics, .englishTopics: .topics
      case .chineseTags, .englishTags: .tags
      case .chinesePairs, .englishPairs: .pairs
      }
    }
  }

  /// What a document's label says.
  package enum Labels: String, Sendable, Hashable, CaseIterable { case topic, genre }

  package var collection: Collection
  package var documents = 2000
  /// Weight of each genre; only their ratios count.
  package var genres = GenreSharesSpec()
  /// Fewest and most sentences of a document; of texts with tags, of each of its topics.
  package var minSentences: Int
  package var maxSentences: Int
  /// Fewest and most topics of a text with tags.
  package var minLabels = 0
  package var maxLabels = 3
  package var labels = Labels.topic
  /// Share of the words that are replaced by others at random.
  package var noise = 0.0
  /// Share of the documents that repeat an earlier one.
  package var duplication = 0.0
  /// Share of the documents whose label is another one.
  package var labelNoise = 0.0
  package var stratify = true
  package var split = SplitSpec()

  package init(_ collection: Collection) {
    self.collection = collection
    let isShort = collection.form == .topics || collection.form == .tags
    minSentences = isShort ? 1 : 4
    maxSentences = isShort ? 2 : 9
  }
}

/// How much of a corpus each genre takes.
package struct GenreSharesSpec: Sendable, Hashable {
  package var news = 1.0
  package var encyclopedia = 1.0
  package var fiction = 1.0

  package init() {}
}

/// A text file, or a folder of text files, below the project root.
package struct TextDatasetSpec: DatasetCommon, Sendable, Hashable {
  /// What makes one document of a file.
  package enum Unit: String, Sendable, Hashable, CaseIterable {
    /// Lines up to the next blank one.
    case paragraph
    case line
    case file
  }

  /// Where labels come from.
  package enum Labels: String, Sendable, Hashable, CaseIterable {
    case none
    /// The folder that a file lies in, directly below the path.
    case folder
    /// All folders below the path that a file lies in, as a set of labels.
    case folders
  }

  /// Path relative to the project root, `/` between its parts.
  package var text = ""
  package var document = Unit.paragraph
  package var labels = Labels.none
  package var stratify: Bool?
  package var split = SplitSpec()

  package init() {}
}

/// A file with one JSON object a line, below the project root.
package struct JSONLinesDatasetSpec: DatasetCommon, Sendable, Hashable {
  /// Path relative to the project root, `/` between its parts.
  package var jsonl = ""
  /// Member that holds the text.
  package var textColumn = "text"
  /// Member that holds the second text of a pair.
  package var textPairColumn: String?
  /// Member that holds the class, or a list of labels; at most one of `label` and `target` is set.
  package var label: String?
  /// Member that holds the number to predict.
  package var target: String?
  package var stratify: Bool?
  package var split = SplitSpec()

  package init() {}
}
