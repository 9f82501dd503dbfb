package import Diagnostics
package import Digests

/// Files of other tools that planning asks about: a vocabulary, a tokenizer, a model, a list of words.
package struct ForeignFileRequest: Sendable {
  package enum Kind: Sendable, Hashable {
    /// A `vocab.txt`.
    case vocabulary
    /// A Hugging Face folder, for its tokenizer.
    case tokenizer
    /// A Hugging Face folder, for its configuration and weights.
    case model
    /// A file with a word a line.
    case wordList
  }

  /// The same for every block that speaks of it.
  struct Subject: Hashable {
    let kind: Kind
    let path: String
  }

  package let kind: Kind
  /// Relative to the project root.
  package let path: String
  /// Where the path stands.
  package let place: SourceRange

  var subject: Subject { Subject(kind: kind, path: path) }
}

/// What planning needs to know of such files.
package struct ForeignFileFacts: Sendable, Hashable {
  /// Of all bytes that are read.
  package let digest: SHA256Digest
  /// Tokens of a vocabulary, words of a list.
  package let count: Int
  /// The configuration of a model.
  package let config: BertConfigSpec?
  /// What the model predicts, as far as its configuration says.
  package let head: HeadSpec?

  package init(
    digest: SHA256Digest, count: Int = 0, config: BertConfigSpec? = nil, head: HeadSpec? = nil
  ) {
    self.digest = digest
    self.count = count
    self.config = config
    self.head = head
  }
}

/// Looks at the files; nil facts come with an error.
package typealias ForeignFileProvider = (ForeignFileRequest) -> (
  facts: ForeignFileFacts?, diagnostics: [Diagnostic]
)

/// What planning asks the outside about.
struct PlanSources {
  let datasets: DatasetFactsProvider
  let files: ForeignFileProvider
}
