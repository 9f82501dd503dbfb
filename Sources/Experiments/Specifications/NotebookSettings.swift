/// What the front matter says, with defaults and overrides.
package struct NotebookSettings: Sendable, Hashable {
  package enum Language: String, Sendable, Hashable, CaseIterable { case zh, en }
  package enum Charset: String, Sendable, Hashable, CaseIterable { case ascii, unicode }

  package var title: String?
  /// Language of generated labels.
  package var lang = Language.en
  /// Seed of every block that has none.
  package var seed = 0
  /// Rendered only when this profile is asked for.
  package var profile: String?
  /// Characters of plots and tables.
  package var charset = Charset.ascii
  /// Values of `$name`, overrides applied, in the order of the front matter.
  package var params: [Parameter] = []
  /// Notebooks whose blocks may be used, in the order of the front matter.
  package var use: [UsedNotebook] = []

  package init() {}

  /// A named value that blocks can stand on.
  package struct Parameter: Sendable, Hashable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// A notebook under the alias that its blocks get as prefix.
  package struct UsedNotebook: Sendable, Hashable {
    package var alias: String
    /// Relative to the project root.
    package var path: String

    package init(alias: String, path: String) {
      self.alias = alias
      self.path = path
    }
  }
}
