/// A sentence with gaps, as the grammars write it: words, `{slot}`, and `[one|or|other]`.
///
/// A slot may name a form, `{deed:1}`, and remember its filler for the rest of the document,
/// `{thing#1}`. In Chinese, words stand between spaces that are not printed.
struct SentencePattern: Sendable {
  /// What fills a gap.
  enum Slot: String, Sendable {
    // Chosen once for the document.
    case hero, mate, he, him, his, org, rival, city, place, venue, event, subject, kind
    // Drawn each time.
    case thing, peer, foreign, neutral, role, deed, quality, effect, measure, number, few, percent
    case month, weather, mood, manner, person
    // Moving on with each mention.
    case year, weekday, when
    /// The English article that goes with the next word.
    case a
  }

  indirect enum Piece: Sendable {
    case words([UInt8])
    case slot(Slot, form: Int, memory: Int?)
    case choice([SentencePattern])
  }

  let pieces: [Piece]

  /// Patterns, a line for each.
  static func list(_ text: String) -> [SentencePattern] {
    Phrase.entries(text, separator: "\n").map(SentencePattern.init)
  }

  init(_ text: String) {
    var rest = Array(text.utf8)[...]
    pieces = Self.pieces(&rest)
    precondition(rest.isEmpty, "brackets of `\(text)` do not match")
  }

  private init(pieces: [Piece]) {
    self.pieces = pieces
  }

  /// Reads up to the end, or to a `|` or `]` that belongs to an outer choice.
  private static func pieces(_ rest: inout ArraySlice<UInt8>) -> [Piece] {
    var pieces: [Piece] = []
    while let first = rest.first {
      switch first {
      case UInt8(ascii: "{"):
        let end = rest.firstIndex(of: UInt8(ascii: "}")) ?? rest.endIndex
        pieces.append(slot(String(decoding: rest[rest.startIndex + 1..<end], as: UTF8.self)))
        rest = rest[min(end + 1, rest.endIndex)...]
      case UInt8(ascii: "["):
        var options: [SentencePattern] = []
        repeat {
          rest.removeFirst()
          options.append(SentencePattern(pieces: Self.pieces(&rest)))
        } while rest.first == UInt8(ascii: "|")
        precondition(rest.first == UInt8(ascii: "]"), "a choice must be closed")
        rest.removeFirst()
        pieces.append(.choice(options))
      case UInt8(ascii: "|"), UInt8(ascii: "]"): return pieces
      default:
        let end = rest.firstIndex { "{[|]".utf8.contains($0) } ?? rest.endIndex
        pieces.append(.words(Array(rest[..<end])))
        rest = rest[end...]
      }
    }
    return pieces
  }

  private static func slot(_ text: String) -> Piece {
    let byForm = text.split(separator: ":")
    let byMemory = byForm[0].split(separator: "#")
    guard let slot = Slot(rawValue: String(byMemory[0])) else {
      preconditionFailure("no slot is called `\(text)`")
    }
    return .slot(
      slot, form: byForm.count > 1 ? Int(byForm[1]) ?? 0 : 0,
      memory: byMemory.count > 1 ? Int(byMemory[1]) : nil)
  }
}

/// How documents of a genre go on: how they begin, stages in order, how they end.
struct GenrePlan: Sendable {
  let openings: [SentencePattern]
  let stages: [[SentencePattern]]
  let closings: [SentencePattern]
  /// Short labelled texts: first sentences, and second ones.
  let notes: [SentencePattern]
  let replies: [SentencePattern]

  init(
    openings: String, stages: [String], closings: String, notes: String, replies: String
  ) {
    self.openings = SentencePattern.list(openings)
    self.stages = stages.map(SentencePattern.list)
    self.closings = SentencePattern.list(closings)
    self.notes = SentencePattern.list(notes)
    self.replies = SentencePattern.list(replies)
  }
}

/// A language's lexicons and sentences.
struct Grammar: Sendable {
  let language: TextLanguage
  let common: CommonLexicon
  let topics: [TopicLexicon]
  /// In the order of `TextGenre.allCases`.
  let plans: [GenrePlan]

  static func of(_ language: TextLanguage) -> Grammar {
    language == .chinese ? .chinese : .english
  }
}
