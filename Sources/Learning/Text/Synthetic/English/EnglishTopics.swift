extension Grammar {
  static let english = Grammar(
    language: .english, common: .english,
    topics: [
      .englishSports, .englishFinance, .englishTechnology, .englishHealth, .englishTravel,
      .englishCulture,
    ],
    plans: [.englishNews, .englishEncyclopedia, .englishFiction])
}
