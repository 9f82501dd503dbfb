import Diagnostics

extension DatasetSpec {
  /// The sources by the key that chooses them.
  static let tables = VariantTables<DatasetSpec>(
    name: "dataset",
    alternatives: [
      .init(
        key: "csv", CSVDatasetSpec.table, { .csv($0) },
        { if case .csv(let s) = $0 { s } else { nil } }),
      .init(
        key: "jsonl", JSONLinesDatasetSpec.table, { .jsonl($0) },
        { if case .jsonl(let s) = $0 { s } else { nil } }),
      .init(
        key: "text", TextDatasetSpec.table, { .text($0) },
        { if case .text(let s) = $0 { s } else { nil } }),
      .init(
        key: "synthetic", value: "glyphs", GlyphsDatasetSpec.table, { .glyphs($0) },
        { if case .glyphs(let s) = $0 { s } else { nil } }),
      .init(
        key: "synthetic", value: "friedman1", Friedman1DatasetSpec.table, { .friedman1($0) },
        { if case .friedman1(let s) = $0 { s } else { nil } }),
    ] + WrittenDatasetSpec.alternatives,
    laterKeys: ["idx", "pairs"], laterValues: [])

  /// What a `dataset` block, or a data set in place, holds.
  static let type = tables.type
}

/// Fields of every data set of numbers.
private func commonFields<Spec: TableDatasetCommon>(_: Spec.Type) -> [Field<Spec>] {
  [
    Field(
      "standardize", \.standardize, .flag,
      "scale features to mean 0 and variance 1, both measured on the training part",
      aliases: ["normalize", "standardise", "scale"]),
    splitField(),
  ]
}

extension SplitSpec {
  static let table = FieldTable(
    "split",
    "shares of the rows, which add up to 1; a part that is left out when others are "
      + "given is empty",
    defaults: SplitSpec(),
    fields: [
      Field("train", \.train, .number(.share), "share to learn from", aliases: ["training"]),
      Field(
        "validation", \.validation, .number(.share), "share to choose by",
        aliases: ["valid", "val", "dev"]),
      Field("test", \.test, .number(.share), "share to judge by"),
    ])

  /// A split as written: parts that are not named are empty.
  static let type = ValueType<SplitSpec>(
    shape: .group(table.description),
    decode: { node, place, diagnostics in
      let before = diagnostics.count
      guard var split = table.decode(node, owner: place.keyRange, &diagnostics) else { return nil }
      guard !diagnostics[before...].contains(where: \.isError) else { return nil }
      if node["train"] == nil { split.train = 0 }
      if node["validation"] == nil { split.validation = 0 }
      if node["test"] == nil { split.test = 0 }
      let sum = split.train + split.validation + split.test
      guard (sum - 1).magnitude <= 1e-9 else {
        diagnostics.append(
          Diagnostic(
            "experiment.out-of-range",
            "The parts of a `split` add up to 1; here to \(sum.roundedForMessage)",
            at: node.range))
        return nil
      }
      guard split.train > 0 else {
        diagnostics.append(
          Diagnostic(
            "experiment.out-of-range", "The `train` part of a `split` must not be empty",
            at: node["train"]?.range ?? node.range))
        return nil
      }
      return split
    },
    encode: { split in
      let parts = [("train", split.train), ("validation", split.validation), ("test", split.test)]
      return .group(
        table: table.name, version: table.version,
        parts.filter { $0.1 != 0 }.map { FieldValue.Entry($0.0, .number($0.1)) })
    })
}

extension Double {
  /// At most six decimals, for a message.
  fileprivate var roundedForMessage: String {
    ((self * 1e6).rounded() / 1e6).plainDescription
  }
}

extension CSVDatasetSpec {
  static let table = FieldTable(
    "csv", "a table in a CSV file with a header", defaults: CSVDatasetSpec(),
    exclusive: [["label", "label_columns", "target"]],
    fields: [
      Field(
        "csv", \.csv, .filePath, "the file, relative to the project root", aliases: ["path"],
        required: true),
      Field(
        "features", \.features,
        .optional(
          .list(of: .text("a column name"), counts: 1...1_000_000, unique: true), none: false),
        "columns to learn from", aliases: ["columns", "feature_columns", "inputs"],
        default: "all columns but the label, labels or target"),
      Field(
        "text_column", \.textColumn, .optional(.text("a column name"), none: false),
        "column that holds the text, for a data set of texts", aliases: ["text_column_name"],
        default: "none: the features are numbers"),
      Field(
        "text_pair_column", \.textPairColumn, .optional(.text("a column name"), none: false),
        "column that holds the second text of a pair", aliases: ["text_pair"], default: "none"),
      Field(
        "label", \.label, .optional(.text("a column name"), none: false),
        "column that holds the class", aliases: ["labels", "class", "y"], default: "none"),
      Field(
        "label_separator", \.labelSeparator,
        .optional(.text("a text such as |", check: checkSeparator), none: false),
        "what stands between the labels of a cell: a row then has any number of them",
        aliases: ["separator", "sep", "delimiter"], default: "none: a cell is one class"),
      Field(
        "label_columns", \.labelColumns,
        .optional(
          .list(of: .text("a column name"), counts: 1...10_000, unique: true), none: false),
        "columns of 0 and 1, one for each label: a row then has any number of them",
        default: "none"),
      Field(
        "target", \.target, .optional(.text("a column name"), none: false),
        "column that holds the number to predict", aliases: ["targets"], default: "none"),
      Field(
        "stratify", \.stratify, .optional(.flag), "give every part each class in the same share",
        default: "true for a label, false for a target"),
    ] + commonFields(CSVDatasetSpec.self),
    check: { spec, node, owner, diagnostics in
      checkTexts(spec, node, owner, &diagnostics)
      checkTargets(spec, node, owner, &diagnostics)
    })

  private static func checkTargets(
    _ spec: CSVDatasetSpec, _ node: YAMLNode, _ owner: SourceRange,
    _ diagnostics: inout [Diagnostic]
  ) {
    func report(_ message: String, at range: SourceRange) {
      diagnostics.append(Diagnostic("experiment.conflict", message, at: range))
    }
    if spec.target != nil, spec.stratify == true {
      report(
        "`stratify` needs a `label`; a `target` has no classes",
        at: node["stratify"]?.range ?? owner)
    }
    if spec.label == nil, let pair = node.pair("label_separator") {
      report("`label_separator` stands beside `label`, whose cells it divides", at: pair.keyRange)
    }
    let taken = spec.labelColumns ?? [spec.label ?? spec.target].compactMap(\.self)
    let role = spec.target == nil ? "label" : "target"
    for item in node["features"]?.items ?? [] where taken.contains(item.text ?? "") {
      report("A column is a feature or the \(role), not both", at: item.range)
    }
  }

  /// Space around labels is no part of them, so nothing but space divides none.
  @Sendable private static func checkSeparator(
    _ text: String, _ node: YAMLNode, _ place: FieldPlace, _ diagnostics: inout [Diagnostic]
  ) -> Bool {
    let isBlank = text.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
    guard isBlank || text.utf8.count > 16 else { return true }
    diagnostics.append(
      .outOfRange(node, place, must: "1 to 16 bytes that are not only spaces"))
    return false
  }

  /// A table of numbers has something to predict; a table of texts has no numbers for features.
  private static func checkTexts(
    _ spec: CSVDatasetSpec, _ node: YAMLNode, _ owner: SourceRange,
    _ diagnostics: inout [Diagnostic]
  ) {
    guard spec.textColumn != nil else {
      if let pair = node.pair("text_pair_column") {
        diagnostics.append(
          Diagnostic(
            "experiment.conflict", "`text_pair_column` stands beside `text_column`",
            at: pair.keyRange))
      } else if spec.label == nil, spec.target == nil, spec.labelColumns == nil {
        diagnostics.append(
          .missingOneOf(["label", "label_columns", "target"], of: "csv", at: owner))
      }
      return
    }
    for key in ["features", "standardize"] {
      guard let pair = node.pair(key) else { continue }
      diagnostics.append(
        Diagnostic(
          "experiment.conflict",
          "Rows are texts or numbers: `\(key)` and `text_column` exclude each other",
          at: pair.keyRange))
    }
  }
}

extension GlyphsDatasetSpec {
  static let table = FieldTable(
    "glyphs", "28×28 drawings of the ten digits, 784 features in 0…1",
    defaults: GlyphsDatasetSpec(),
    fields: [
      Field(
        "samples", \.samples, .integer(10...ValueLimits.count), "number of drawings",
        aliases: ["n_samples", "size"]),
      Field(
        "noise", \.noise, .number(NumberRange(from: 0, 10)),
        "standard deviation of the noise on each pixel"),
      Field(
        "distortion", \.distortion, .number(NumberRange(from: 0, 10)),
        "strength of shift, rotation, shear and stroke width"),
      Field(
        "stratify", \.stratify, .flag, "give every part each class in the same share"),
    ] + commonFields(GlyphsDatasetSpec.self))
}

extension Friedman1DatasetSpec {
  static let table = FieldTable(
    "friedman1", "y = 10·sin(π·x₁·x₂) + 20·(x₃ − ½)² + 10·x₄ + 5·x₅ + noise; Friedman 1991",
    defaults: Friedman1DatasetSpec(),
    fields: [
      Field(
        "samples", \.samples, .integer(10...ValueLimits.count), "number of rows",
        aliases: ["n_samples", "size"]),
      Field(
        "features", \.features, .integer(5...10_000), "number of features, five of which matter",
        aliases: ["n_features"]),
      Field(
        "noise", \.noise, .number(NumberRange(from: 0, 1e6)), "standard deviation of the noise"),
      Field(
        "outliers", \.outliers, .number(.share),
        "share of the training rows whose target is thrown off"),
      Field(
        "outlier_scale", \.outlierScale, .number(NumberRange(from: 0, 1e6)),
        "standard deviation of what is added to those targets"),
    ] + commonFields(Friedman1DatasetSpec.self))
}

extension ValueType where Value == String {
  /// A file below the project root; what is there is looked at when it is read.
  static var filePath: ValueType {
    .text("a file below the project root") { text, node, _, diagnostics in
      guard let fault = pathFault(text) else { return true }
      diagnostics.append(
        Diagnostic(
          "experiment.path", "A path \(fault)", at: node.range,
          notes: [Note("paths are relative to the project root, such as `data/iris.csv`")]))
      return false
    }
  }
}

private typealias Note = Diagnostic.Note

/// What is wrong with a path by its text alone, as the end of a sentence that begins "A path".
func pathFault(_ path: String) -> String? {
  if path.isEmpty { return "must not be empty" }
  if path.utf8.count > 4096 { return "is at most 4096 bytes long" }
  if path.hasPrefix("/") {
    return "is relative to the project root, so it must not begin with `/`"
  }
  if path.contains("\\") { return "has `/` between its parts, not `\\`" }
  if path.unicodeScalars.contains(where: \.isDeceptive) {
    return "must not hold control characters"
  }
  for part in path.split(separator: "/", omittingEmptySubsequences: false) {
    if part.isEmpty { return "must not have empty parts" }
    if part == ".." { return "must not leave the project root through `..`" }
    if part == "." { return "needs no `.` parts" }
    if part.hasPrefix(".") { return "must not go through hidden files or folders" }
  }
  return nil
}
