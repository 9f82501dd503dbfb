/// English words that keep the full stop behind them, and words that begin sentences.
enum Abbreviations {
  /// Never the end of a sentence that goes on: titles, and what introduces something.
  static func isAlways(_ word: UInt64) -> Bool { always.contains(word) }

  /// Abbreviations only before a number: `No. 5`, `Fig. 2`, `Jan. 3`.
  static func isBeforeNumber(_ word: UInt64) -> Bool { beforeNumber.contains(word) }

  /// May end a sentence; it goes on unless a usual first word follows: `Acme Inc. of Leeds`.
  static func isBeforeName(_ word: UInt64) -> Bool { beforeName.contains(word) }

  /// Words that hardly follow an abbreviation with a capital, unless a sentence begins.
  static func isStarter(_ word: UInt64) -> Bool { starters.contains(word) }

  private static let always = packed(
    "mr mrs ms dr prof rev hon gen col lt capt sgt cmdr maj adm sen rep gov pres st ste mt messrs "
      + "mme mlle eg ie cf viz vs ca approx resp incl")
  private static let beforeNumber = packed(
    "no nos nr fig figs eq eqs vol vols pp pg ch sec art para tab jan feb mar apr jun jul aug sep "
      + "sept oct nov dec")
  private static let beforeName = packed(
    "inc ltd co corp bros etc al jr sr dept univ assn est ave blvd rd phd am pm")
  private static let starters = packed(
    "the a an this that these those he she it we they you i his her its our their my your there "
      + "here in on at by for from with after before when while if as but and or so yet however "
      + "then now what who why how where which no not one some many most all both each since "
      + "until although because once later today")

  /// Words as their bytes in one integer; none has more than eight letters.
  private static func packed(_ words: String) -> Set<UInt64> {
    Set(words.split(separator: " ").map { $0.utf8.reduce(0) { $0 << 8 | UInt64($1) } })
  }
}
