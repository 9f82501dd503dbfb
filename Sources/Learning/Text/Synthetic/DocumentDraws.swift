internal import Tensors

/// What is drawn for each document before its text: genre, length, whether it repeats another.
struct DocumentDraws {
  private enum Purpose: String, CaseIterable {
    case genre, length, duplicate, label, text, noise, other, tags

    var name: String { "corpus.\(rawValue)" }
  }

  static var purposes: [String] { Purpose.allCases.map(\.name) }

  /// Of the document that the second text of a pair is from.
  static var otherPurpose: String { Purpose.other.name }

  private let settings: SyntheticCorpus
  private let lengths: RandomStream
  private let genres: RandomStream
  private let duplicates: RandomStream
  private let labels: RandomStream
  private let tags: RandomStream
  private let genreLimits: [Double]

  init(_ settings: SyntheticCorpus, key: RandomKey) {
    self.settings = settings
    lengths = Self.stream(.length, settings, key)
    genres = Self.stream(.genre, settings, key)
    duplicates = Self.stream(.duplicate, settings, key)
    labels = Self.stream(.label, settings, key)
    tags = Self.stream(.tags, settings, key)
    let total = settings.genres.all.reduce(0, +)
    var sum = 0.0
    genreLimits = settings.genres.all.map { weight in
      sum += weight
      return sum / total
    }
  }

  private static func stream(
    _ purpose: Purpose, _ settings: SyntheticCorpus, _ key: RandomKey
  ) -> RandomStream {
    RandomStream(key: key, purpose: purpose.name, path: settings.name)
  }

  /// The stream of a document's words.
  static func text(_ settings: SyntheticCorpus, key: RandomKey) -> RandomStream {
    stream(.text, settings, key)
  }

  /// The stream of words put in place of others.
  static func noise(_ settings: SyntheticCorpus, key: RandomKey) -> RandomStream {
    stream(.noise, settings, key)
  }

  /// The document whose text a document has: itself, or an earlier one.
  func source(of document: Int) -> Int {
    var source = document
    while settings.duplication > 0, source > 0,
      duplicates.uniformDouble(draw: UInt64(source), element: 0) < settings.duplication
    {
      source = Int(
        duplicates.integer(below: UInt32(source), draw: UInt64(source), element: 2))
    }
    return source
  }

  /// The number of a document's genre.
  func genre(of document: Int) -> Int {
    let share = genres.uniformDouble(draw: UInt64(document), element: 0)
    // The last genre of positive weight also takes what rounding leaves above its limit.
    return genreLimits.firstIndex { share < $0 }
      ?? settings.genres.all.lastIndex { $0 > 0 } ?? 0
  }

  /// How many sentences a document has.
  func length(of document: Int) -> Int {
    let span = settings.maxSentences - settings.minSentences + 1
    return settings.minSentences
      + Int(lengths.integer(below: UInt32(span), draw: UInt64(document), element: 0))
  }

  /// The topics that a document of `tags` comes to, in order; all sets of one size are equally
  /// likely.
  func tags(of document: Int) -> [Int] {
    let draw = UInt64(document)
    let span = UInt32(settings.maxLabels - settings.minLabels + 1)
    let count = settings.minLabels + Int(tags.integer(below: span, draw: draw, element: 0))
    var topics = Array(0..<settings.topics)
    for place in 0..<min(count, topics.count) {
      let other = tags.integer(
        below: UInt32(topics.count - place), draw: draw, element: place + 1)
      topics.swapAt(place, place + Int(other))
    }
    return Array(topics.prefix(count))
  }

  /// Labels of a document, or with label noise all but one that holds, or one more.
  func spoiled(_ topics: [Int], in document: Int) -> [Int] {
    guard settings.labelNoise > 0,
      labels.uniformDouble(draw: UInt64(document), element: 0) < settings.labelNoise
    else { return topics }
    let topic = Int(
      labels.integer(below: UInt32(settings.topics), draw: UInt64(document), element: 2))
    return topics.contains(topic) ? topics.filter { $0 != topic } : topics + [topic]
  }

  /// A label, or with label noise another of the classes.
  func spoiled(_ label: Int, of classes: Int, in document: Int) -> Int {
    guard settings.labelNoise > 0,
      labels.uniformDouble(draw: UInt64(document), element: 0) < settings.labelNoise
    else { return label }
    let other = labels.integer(below: UInt32(classes - 1), draw: UInt64(document), element: 2)
    return (label + 1 + Int(other)) % classes
  }
}
