extension Grammar {
  static let chinese = Grammar(
    language: .chinese, common: .chinese,
    topics: [
      .chineseSports, .chineseFinance, .chineseTechnology, .chineseHealth, .chineseTravel,
      .chineseCulture,
    ],
    plans: [.chineseNews, .chineseEncyclopedia, .chineseFiction])
}
