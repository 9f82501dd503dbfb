/// Fills the gaps of sentences with what a document is about.
struct SentenceWriter {
  private let grammar: Grammar
  private let strangers: [TopicLexicon]
  /// Whether things are drawn from the whole topic rather than from the document's few.
  private let isNote: Bool
  private var cast: DocumentCast
  var draws: SequentialDraws
  private(set) var text: [UInt8]
  /// Where Chinese words begin and end in the text.
  private(set) var words: [Range<Int>] = []
  /// Whether the document is about its subject, which then is no other thing.
  private var subjectIsTaken = false
  /// English articles of the sentence that wait for the word after them.
  private var articles: [Int] = []

  init(
    grammar: Grammar, strangers: [TopicLexicon], isNote: Bool, cast: DocumentCast,
    draws: SequentialDraws, text: [UInt8]
  ) {
    self.grammar = grammar
    self.strangers = strangers
    self.isNote = isNote
    self.cast = cast
    self.draws = draws
    self.text = text
  }

  private var common: CommonLexicon { grammar.common }

  /// Puts what stands between two sentences.
  mutating func separate() {
    if grammar.language == .english { text.append(UInt8(ascii: " ")) }
  }

  mutating func write(_ pattern: SentencePattern) {
    let start = text.count
    articles.removeAll(keepingCapacity: true)
    fill(pattern)
    guard grammar.language == .english else { return }
    for place in articles.reversed()
    where place + 2 < text.count && EnglishForms.takesAn(text[(place + 2)...]) {
      text.insert(UInt8(ascii: "n"), at: place + 1)
    }
    let letter = text[start] == UInt8(ascii: "\"") ? start + 1 : start
    if letter < text.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text[letter]) {
      text[letter] &= ~0x20
    }
  }

  private mutating func fill(_ pattern: SentencePattern) {
    for piece in pattern.pieces {
      switch piece {
      case .words(let words): append(words)
      case .choice(let options): fill(draws.pick(options))
      case .slot(.a, _, _):
        articles.append(text.count)
        text.append(UInt8(ascii: "a"))
      case .slot(let slot, let form, let memory?):
        let key = DocumentCast.Memory(slot: slot, number: memory)
        let phrase = cast.remembered[key] ?? filler(slot)
        cast.remembered[key] = phrase
        append(phrase.form(form))
      case .slot(let slot, let form, nil): append(filler(slot).form(form))
      }
    }
  }

  /// Appends words; in Chinese without the spaces between them.
  private mutating func append(_ bytes: [UInt8]) {
    guard grammar.language == .chinese else {
      text.append(contentsOf: bytes)
      return
    }
    var start = text.count
    for byte in bytes {
      if byte != UInt8(ascii: " ") {
        text.append(byte)
      } else if start < text.count {
        words.append(start..<text.count)
        start = text.count
      }
    }
    if start < text.count { words.append(start..<text.count) }
  }

  // MARK: Fillers

  private mutating func filler(_ slot: SentencePattern.Slot) -> Phrase {
    switch slot {
    case .hero: return name(cast.hero, isKnown: \.heroIsKnown)
    case .mate: return name(cast.mate, isKnown: \.mateIsKnown)
    case .he, .him, .his: return cast.heroIsKnown ? pronoun(slot) : heroForPronoun(slot)
    case .org: return joined([cast.org.place, cast.org.house])
    case .rival: return joined([cast.rival.place, cast.rival.house])
    case .city: return cast.city
    case .place: return cast.place
    case .venue: return cast.venue
    case .event: return cast.event
    case .subject:
      subjectIsTaken = true
      return cast.subject
    case .kind: return cast.kind.name
    default: return drawn(slot)
    }
  }

  private mutating func drawn(_ slot: SentencePattern.Slot) -> Phrase {
    switch slot {
    case .thing: return fresh { $0.thing() }
    case .peer: return fresh { $0.draws.pick($0.cast.kind.things) }
    case .foreign: return draws.pick(draws.pick(strangers).things)
    case .neutral: return draws.pick(common.things)
    case .role: return draws.pick(cast.topic.roles)
    case .deed: return deed()
    case .quality: return draws.pick(cast.topic.qualities)
    case .effect: return draws.pick(cast.topic.effects)
    case .measure: return measure()
    case .number: return Phrase([String(2 + draws.integer(below: 96))])
    case .few: return Phrase([String(2 + draws.integer(below: 18))])
    case .percent:
      let tenths = 11 + draws.integer(below: 480)
      let value = "\(tenths / 10).\(tenths % 10)"
      return Phrase([grammar.language == .chinese ? "\(value)%" : "\(value) percent"])
    case .month: return draws.pick(common.months)
    case .weather: return draws.pick(common.weather)
    case .mood: return draws.pick(common.moods)
    case .manner: return draws.pick(common.manners)
    case .person: return stranger()
    default: return moving(slot)
    }
  }

  /// What moves on in time with each mention.
  private mutating func moving(_ slot: SentencePattern.Slot) -> Phrase {
    switch slot {
    case .year:
      cast.year += 1 + draws.integer(below: 6)
      return Phrase([String(cast.year)])
    case .weekday:
      cast.weekday = (cast.weekday + 1) % common.weekdays.count
      return common.weekdays[cast.weekday]
    default:
      // The last time of the day is followed by the first of the next.
      cast.time = (cast.time + 1 + draws.integer(below: 2)) % common.times.count
      return common.times[cast.time]
    }
  }

  /// A thing that the document does not know by another name: in four tries, so that text ends.
  private mutating func fresh(_ draw: (inout SentenceWriter) -> Phrase) -> Phrase {
    var thing = draw(&self)
    for _ in 0..<3 where isTaken(thing) { thing = draw(&self) }
    return thing
  }

  private func isTaken(_ thing: Phrase) -> Bool {
    subjectIsTaken && thing == cast.subject
      || cast.remembered.contains { $0.key.slot == .thing && $0.value == thing }
  }

  private mutating func thing() -> Phrase {
    if isNote { return draws.pick(cast.topic.things) }
    return draws.chance(0.6) ? draws.pick(cast.things) : draws.pick(cast.topic.things)
  }

  private mutating func deed() -> Phrase {
    let deed = draws.pick(cast.topic.deeds)
    let object = draws.pick(deed.objects)
    return Phrase(deed.verb.forms.map { form in Self.text(form + [0x20] + object.form(0)) })
  }

  private mutating func measure() -> Phrase {
    joined([Phrase([String(2 + draws.integer(below: 96))]), draws.pick(cast.topic.units)])
  }

  private mutating func stranger() -> Phrase {
    let given = draws.pick(draws.chance(0.5) ? common.women : common.men)
    return fullName(surname: draws.pick(common.surnames), given: given)
  }

  /// A person's full name when first mentioned; later, in English, the part that the genre uses.
  private mutating func name(
    _ person: DocumentCast.Person, isKnown: WritableKeyPath<DocumentCast, Bool>
  ) -> Phrase {
    defer { cast[keyPath: isKnown] = true }
    if grammar.language == .chinese || !cast[keyPath: isKnown] {
      return fullName(surname: person.surname, given: person.given)
    }
    return person.surname
  }

  private func fullName(surname: Phrase, given: Phrase) -> Phrase {
    grammar.language == .chinese
      ? Phrase([Self.text(surname.form(0) + given.form(0))]) : joined([given, surname])
  }

  private func pronoun(_ slot: SentencePattern.Slot) -> Phrase {
    let forms = common.pronouns[slot == .he ? 0 : slot == .him ? 1 : 2]
    return cast.hero.isWoman ? forms[1] : forms[0]
  }

  /// The hero by name, where a pronoun would stand for nobody mentioned so far.
  private mutating func heroForPronoun(_ slot: SentencePattern.Slot) -> Phrase {
    let name = name(cast.hero, isKnown: \.heroIsKnown)
    guard slot == .his else { return name }
    let ending = grammar.language == .chinese ? " 的" : "'s"
    return Phrase([Self.text(name.form(0) + Array(ending.utf8))])
  }

  private func joined(_ phrases: [Phrase]) -> Phrase {
    Phrase([Self.text(Array(phrases.map { $0.form(0) }.joined(separator: [0x20])))])
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
