/// What people talk about when they talk about one topic, in one language.
struct TopicLexicon: Sendable {
  /// Things of one kind, and what that kind is called.
  struct Kind: Sendable {
    let name: Phrase
    let things: [Phrase]
  }

  /// What somebody does to which things; objects belong to their verb.
  struct Deed: Sendable {
    let verb: Phrase
    let objects: [Phrase]
  }

  /// The class label.
  let name: String
  let kinds: [Kind]
  let deeds: [Deed]
  /// What people of the topic are by profession.
  let roles: [Phrase]
  /// What organisations are called after the name of a place.
  let houses: [Phrase]
  let venues: [Phrase]
  let events: [Phrase]
  let qualities: [Phrase]
  /// Whole clauses that tell what came of something.
  let effects: [Phrase]
  /// Units of the topic's numbers.
  let units: [Phrase]

  /// All things, kind after kind.
  let things: [Phrase]

  /// Reads word lists.
  ///
  /// - Parameters:
  ///   - kinds: a line for each, `name: thing, thing, …`.
  ///   - deeds: a line for each, `verb: object, object, …`; irregular English verbs as
  ///     `base/past/-ing`.
  init(
    _ name: String, _ language: TextLanguage, kinds: String, deeds: String, roles: String,
    houses: String, venues: String, events: String, qualities: String, effects: String,
    units: String
  ) {
    self.name = name
    self.kinds = Self.lines(kinds).map { head, tail in
      Kind(name: Phrase.nouns(head, language)[0], things: Phrase.nouns(tail, language))
    }
    self.deeds = Self.lines(deeds).map { head, tail in
      Deed(verb: Self.verb(head, language), objects: Phrase.list(tail))
    }
    self.roles = Phrase.nouns(roles, language)
    self.houses = Phrase.list(houses)
    self.venues = Phrase.list(venues)
    self.events = Phrase.list(events)
    self.qualities = Phrase.list(qualities)
    self.effects = Phrase.list(effects)
    self.units = Phrase.list(units)
    things = self.kinds.flatMap(\.things)
  }

  private static func lines(_ text: String) -> [(String, String)] {
    Phrase.entries(text, separator: "\n").map { line in
      let parts = Phrase.entries(line, separator: ":")
      precondition(parts.count == 2, "a line of a lexicon is `name: words`, not `\(line)`")
      return (parts[0], parts[1])
    }
  }

  private static func verb(_ text: String, _ language: TextLanguage) -> Phrase {
    let forms = Phrase.entries(text, separator: "/")
    if language == .chinese || forms.count > 1 { return Phrase(forms) }
    return Phrase([text, EnglishForms.past(text), EnglishForms.continuous(text)])
  }
}

/// Words that serve all topics.
struct CommonLexicon: Sendable {
  let surnames: [Phrase]
  let women: [Phrase]
  let men: [Phrase]
  let cities: [Phrase]
  /// In order of time; a document moves on through them.
  let times: [Phrase]
  /// From the first day of the week on.
  let weekdays: [Phrase]
  let months: [Phrase]
  let weather: [Phrase]
  let moods: [Phrase]
  let manners: [Phrase]
  /// Things of every day, of no topic.
  let things: [Phrase]
  /// He and she, him and her, his and her.
  let pronouns: [[Phrase]]

  init(
    _ language: TextLanguage, surnames: String, women: String, men: String, cities: String,
    times: String, weekdays: String, months: String, weather: String, moods: String,
    manners: String, things: String, pronouns: [String]
  ) {
    self.surnames = Phrase.list(surnames)
    self.women = Phrase.list(women)
    self.men = Phrase.list(men)
    self.cities = Phrase.list(cities)
    self.times = Phrase.list(times)
    self.weekdays = Phrase.list(weekdays)
    self.months = Phrase.list(months)
    self.weather = Phrase.list(weather)
    self.moods = Phrase.list(moods)
    self.manners = Phrase.list(manners)
    self.things = Phrase.nouns(things, language)
    self.pronouns = pronouns.map(Phrase.list)
  }
}
