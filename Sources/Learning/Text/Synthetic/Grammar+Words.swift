extension Grammar {
  /// Every word of lexicons and sentences, without repetition, in the order of their bytes.
  ///
  /// English: single words of letters; Chinese: words of two characters or more.
  var words: [String] {
    var words: Set<String> = []
    for phrase in phrases {
      for form in phrase.forms { words.formUnion(Self.words(of: form, language)) }
    }
    for plan in plans {
      for patterns in plan.stages + [plan.openings, plan.closings, plan.notes, plan.replies] {
        for pattern in patterns { collect(pattern, &words) }
      }
    }
    return words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func collect(_ pattern: SentencePattern, _ words: inout Set<String>) {
    for piece in pattern.pieces {
      switch piece {
      case .words(let bytes): words.formUnion(Self.words(of: bytes, language))
      case .choice(let options): for option in options { collect(option, &words) }
      case .slot: continue
      }
    }
  }

  private static func words(of bytes: [UInt8], _ language: TextLanguage) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init).filter { word in
      word.unicodeScalars.allSatisfy(\.properties.isAlphabetic)
        && (language == .english || word.unicodeScalars.count > 1)
    }
  }

  /// All phrases of the lexicons but people's names.
  private var phrases: [Phrase] {
    let shared = [
      common.cities, common.times, common.weekdays, common.months, common.weather, common.moods,
      common.manners, common.things,
    ]
    let ofTopics = topics.flatMap { topic in
      [
        topic.things, topic.kinds.map(\.name), topic.deeds.map(\.verb),
        topic.deeds.flatMap(\.objects), topic.roles, topic.houses, topic.venues, topic.events,
        topic.qualities, topic.effects, topic.units,
      ]
    }
    return (shared + ofTopics).flatMap(\.self)
  }
}
