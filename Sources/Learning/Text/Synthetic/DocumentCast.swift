/// The people, places and things of one document, which its sentences keep to.
struct DocumentCast {
  struct Person {
    let surname: Phrase
    let given: Phrase
    let isWoman: Bool
  }

  /// Names a filler that comes again.
  struct Memory: Hashable {
    let slot: SentencePattern.Slot
    let number: Int
  }

  let topic: TopicLexicon
  let hero: Person
  let mate: Person
  let org: (place: Phrase, house: Phrase)
  let rival: (place: Phrase, house: Phrase)
  let city: Phrase
  let place: Phrase
  let venue: Phrase
  let event: Phrase
  /// What the document is about, and its kind.
  let subject: Phrase
  let kind: TopicLexicon.Kind
  /// Things that come up again and again.
  let things: [Phrase]
  // Where the document has arrived.
  var year: Int
  var weekday: Int
  var time: Int
  var heroIsKnown = false
  var mateIsKnown = false
  /// Fillers that later sentences refer to.
  var remembered: [Memory: Phrase] = [:]

  init(topic: TopicLexicon, common: CommonLexicon, draws: inout SequentialDraws) {
    func person(surname: Int, _ draws: inout SequentialDraws) -> Person {
      let isWoman = draws.chance(0.5)
      return Person(
        surname: common.surnames[surname],
        given: draws.pick(isWoman ? common.women : common.men), isWoman: isWoman)
    }
    self.topic = topic
    let surnames = draws.two(of: common.surnames.count)
    hero = person(surname: surnames.0, &draws)
    mate = person(surname: surnames.1, &draws)
    let cities = draws.two(of: common.cities.count)
    city = common.cities[cities.0]
    place = common.cities[cities.1]
    org = (city, draws.pick(topic.houses))
    rival = (place, draws.pick(topic.houses))
    venue = draws.pick(topic.venues)
    event = draws.pick(topic.events)
    kind = draws.pick(topic.kinds)
    let pair = draws.two(of: kind.things.count)
    subject = kind.things[pair.0]
    things = [
      subject, kind.things[pair.1], draws.pick(topic.things), draws.pick(topic.things),
    ]
    year = 1950 + draws.integer(below: 60)
    weekday = draws.integer(below: common.weekdays.count)
    time = draws.integer(below: 3)
  }
}
