import Diagnostics

extension WrittenDatasetSpec {
  /// A table for each collection; those of short texts have no genres.
  static let alternatives = Collection.allCases.map { collection in
    VariantTables<DatasetSpec>.Alternative(
      key: "synthetic", value: collection.rawValue, table(of: collection), { .written($0) },
      { value in
        guard case .written(let spec) = value, spec.collection == collection else { return nil }
        return spec
      })
  }

  private static func table(of collection: Collection) -> FieldTable<WrittenDatasetSpec> {
    FieldTable(
      collection.rawValue, help(of: collection), defaults: WrittenDatasetSpec(collection),
      fields: sizes(collection) + tags(collection) + genres(collection) + faults
        + [stratifyField(\.stratify), splitField()],
      check: checkSentences)
  }

  private static func help(of collection: Collection) -> String {
    let language = collection.isChinese ? "Chinese" : "English"
    return switch collection.form {
    case .genres: "\(language) news, encyclopedia articles and fiction, written by seeded grammars"
    case .topics: "short \(language) texts with a topic each, written by seeded grammars"
    case .tags:
      "short \(language) texts with any of four topics as labels, written by seeded grammars"
    case .pairs: "halves of such \(language) documents, of which every other pair belongs together"
    }
  }

  private static func sizes(_ collection: Collection) -> [Field<WrittenDatasetSpec>] {
    [
      Field(
        "documents", \.documents, .integer(2...ValueLimits.count), "number of documents",
        aliases: ["samples", "n_samples", "size"]),
      Field(
        "min_sentences", \.minSentences, .integer(1...1000),
        "fewest sentences of a document\(collection.form == .tags ? " on each of its topics" : "")"),
      Field(
        "max_sentences", \.maxSentences, .integer(1...1000),
        "most sentences of a document\(collection.form == .tags ? " on each of its topics" : "")"),
    ]
  }

  /// How many topics a text comes to, where it may be several.
  private static func tags(_ collection: Collection) -> [Field<WrittenDatasetSpec>] {
    guard collection.form == .tags else { return [] }
    return [
      Field("min_labels", \.minLabels, .integer(0...4), "fewest topics of a document"),
      Field("max_labels", \.maxLabels, .integer(1...4), "most topics of a document"),
    ]
  }

  /// Short texts have no genre, and the label of a pair is whether it belongs together.
  private static func genres(_ collection: Collection) -> [Field<WrittenDatasetSpec>] {
    let genres = Field<WrittenDatasetSpec>(
      "genres", \.genres, .group(GenreSharesSpec.table),
      "weight of each genre; only their ratios count")
    let labels = Field<WrittenDatasetSpec>(
      "labels", \.labels, .choice, "what the label of a document says", aliases: ["label"])
    return switch collection.form {
    case .genres: [genres, labels]
    case .topics, .tags: []
    case .pairs: [genres]
    }
  }

  private static let faults: [Field<WrittenDatasetSpec>] = [
    Field("noise", \.noise, .number(.share), "share of the words replaced by others at random"),
    Field(
      "duplication", \.duplication, .number(.share),
      "share of the documents that repeat an earlier one"),
    Field(
      "label_noise", \.labelNoise, .number(.share),
      "share of the documents whose label is another one"),
  ]

  private static func checkSentences(
    _ spec: WrittenDatasetSpec, _ node: YAMLNode, _ owner: SourceRange,
    _ diagnostics: inout [Diagnostic]
  ) {
    if spec.minSentences > spec.maxSentences {
      diagnostics.append(
        Diagnostic(
          "experiment.conflict",
          "`min_sentences` is at most `max_sentences`: \(spec.maxSentences), not "
            + "\(spec.minSentences)",
          at: node["min_sentences"]?.range ?? node["max_sentences"]?.range ?? owner))
    }
    if spec.minLabels > spec.maxLabels {
      diagnostics.append(
        Diagnostic(
          "experiment.conflict",
          "`min_labels` is at most `max_labels`: \(spec.maxLabels), not \(spec.minLabels)",
          at: node["min_labels"]?.range ?? node["max_labels"]?.range ?? owner))
    }
    if spec.collection.form == .pairs, spec.minSentences < 2 {
      diagnostics.append(
        Diagnostic(
          "experiment.out-of-range", "A document that is cut into a pair has two sentences or more",
          at: node["min_sentences"]?.range ?? owner))
    }
    let shares = spec.genres
    if shares.news + shares.encyclopedia + shares.fiction == 0 {
      diagnostics.append(
        Diagnostic(
          "experiment.out-of-range", "A genre has a weight above 0",
          at: node["genres"]?.range ?? owner))
    }
  }
}

extension GenreSharesSpec {
  static let table = FieldTable(
    "genres", "weight of each genre of a corpus", defaults: GenreSharesSpec(),
    fields: [
      Field("news", \.news, .number(NumberRange(from: 0, 1e6)), "reports of what happened"),
      Field(
        "encyclopedia", \.encyclopedia, .number(NumberRange(from: 0, 1e6)),
        "articles that explain a thing"),
      Field("fiction", \.fiction, .number(NumberRange(from: 0, 1e6)), "stories"),
    ])
}

extension TextDatasetSpec {
  static let table = FieldTable(
    "text", "documents in a text file, or in a folder of text files", defaults: TextDatasetSpec(),
    fields: [
      Field(
        "text", \.text, .filePath, "the file or folder, relative to the project root",
        required: true),
      Field(
        "document", \.document, .choice,
        "what makes one document: lines up to a blank one, a line, or a file"),
      Field(
        "labels", \.labels, .choice,
        "where labels come from: nowhere, the name of the folder that a file lies in, or the names "
          + "of all folders that it lies in as a set of labels",
        aliases: ["label"]),
      stratifyField(\.stratify), splitField(),
    ])
}

extension JSONLinesDatasetSpec {
  static let table = FieldTable(
    "jsonl", "texts in a file with one JSON object a line", defaults: JSONLinesDatasetSpec(),
    exclusive: [["label", "target"]],
    fields: [
      Field(
        "jsonl", \.jsonl, .filePath, "the file, relative to the project root", required: true),
      Field(
        "text_column", \.textColumn, .text("a member's name"), "member that holds the text",
        aliases: ["text_column_name", "text", "sentence1_key"]),
      Field(
        "text_pair_column", \.textPairColumn, .optional(.text("a member's name"), none: false),
        "member that holds the second text of a pair", aliases: ["text_pair", "sentence2_key"],
        default: "none"),
      Field(
        "label", \.label, .optional(.text("a member's name"), none: false),
        "member that holds the class, or a list of labels", aliases: ["labels", "class"],
        default: "none"),
      Field(
        "target", \.target, .optional(.text("a member's name"), none: false),
        "member that holds the number to predict", aliases: ["targets"], default: "none"),
      stratifyField(\.stratify), splitField(),
    ])
}

/// Shares of the parts, a field of every data set.
func splitField<Spec: DatasetCommon>() -> Field<Spec> {
  Field("split", \.split, SplitSpec.type, "shares of the rows per part")
}

private func stratifyField<Spec>(
  _ path: any WritableKeyPath<Spec, Bool> & Sendable
) -> Field<Spec> {
  Field("stratify", path, .flag, "give every part each class in the same share")
}

private func stratifyField<Spec>(
  _ path: any WritableKeyPath<Spec, Bool?> & Sendable
) -> Field<Spec> {
  Field(
    "stratify", path, .optional(.flag), "give every part each class in the same share",
    default: "true where there are labels")
}
