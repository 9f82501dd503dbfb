/// A word or group of words of a synthetic language, in the forms it takes.
///
/// Chinese phrases keep spaces between their words; they are left out when text is made.
struct Phrase: Sendable, Equatable {
  /// For English nouns singular and plural; for deeds base, past and -ing; else one form.
  let forms: [[UInt8]]

  init(_ forms: [String]) {
    self.forms = forms.map { Array($0.utf8) }
  }

  /// A form; the last one for phrases of fewer.
  func form(_ index: Int) -> [UInt8] { forms[min(index, forms.count - 1)] }

  /// Phrases of one form, from text between commas.
  static func list(_ text: String) -> [Phrase] {
    entries(text, separator: ",").map { Phrase([$0]) }
  }

  /// Nouns from text between commas; an irregular plural follows after a slash.
  static func nouns(_ text: String, _ language: TextLanguage) -> [Phrase] {
    entries(text, separator: ",").map { entry in
      let forms = entries(entry, separator: "/")
      if language == .chinese || forms.count > 1 { return Phrase(forms) }
      return Phrase([entry, EnglishForms.plural(entry)])
    }
  }

  /// Entries of a text without the space around them; empty ones are left out.
  static func entries(_ text: String, separator: Character) -> [String] {
    text.split(separator: separator).map { part in
      String(
        decoding: part.utf8.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed(),
        as: UTF8.self)
    }.filter { !$0.isEmpty }
  }
}

/// Regular inflection of English words.
enum EnglishForms {
  static func plural(_ noun: String) -> String {
    if let stem = withoutFinalY(noun) { return stem + "ies" }
    let isSibilant = ["s", "x", "z", "ch", "sh"].contains { noun.hasSuffix($0) }
    return noun + (isSibilant ? "es" : "s")
  }

  /// Past tense of the first word; the rest follows unchanged.
  static func past(_ verb: String) -> String {
    inflected(verb) { word in
      if let stem = withoutFinalY(word) { return stem + "ied" }
      return word + (word.hasSuffix("e") ? "d" : "ed")
    }
  }

  static func continuous(_ verb: String) -> String {
    inflected(verb) { word in
      let dropsE = word.hasSuffix("e") && !["ee", "oe", "ye"].contains { word.hasSuffix($0) }
      return (dropsE ? String(word.dropLast()) : word) + "ing"
    }
  }

  private static func inflected(_ verb: String, _ change: (String) -> String) -> String {
    let parts = verb.split(separator: " ", maxSplits: 1).map(String.init)
    return ([change(parts[0])] + parts.dropFirst()).joined(separator: " ")
  }

  private static func withoutFinalY(_ word: String) -> String? {
    guard word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before)
    else { return nil }
    return String(word.dropLast())
  }

  /// Whether `an` stands before a word rather than `a`.
  static func takesAn(_ word: some Collection<UInt8>) -> Bool {
    guard let first = word.first else { return false }
    let start = String(decoding: word.prefix(4), as: UTF8.self).lowercased()
    if ["hour", "hone", "heir"].contains(start) { return true }
    if ["uni", "use", "usu", "eu", "one", "uti", "ura"].contains(where: start.hasPrefix) {
      return false
    }
    return "aeiou".utf8.contains(first | 0x20)
  }
}
