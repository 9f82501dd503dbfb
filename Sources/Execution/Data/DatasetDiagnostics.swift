internal import Diagnostics
internal import Experiments
internal import Learning

// What is wrong with a data file, said where it is wrong: in the file when a cell is at fault, in the
// notebook when the file as a whole or the block's own words are.

extension Diagnostic {
  static func refused(
    _ path: String, _ refusal: FileRefusal, _ request: DatasetRequest
  ) -> Diagnostic {
    let id =
      switch refusal {
      case .missing: "data.missing-file"
      case .larger, .tooManyFiles, .tooDeep: "limit.data-file"
      case .outsideRoot, .hidden, .symbolicLink: "data.outside-root"
      case .notRegular, .system: "data.unreadable"
      }
    return Diagnostic(
      .error, id, "the data file `\(path)` \(refusal.rule)", at: request.filePlace,
      notes: [
        .init(
          "data paths are relative to the project root: the nearest folder with `assay.yaml` or `.git`"
        )
      ])
  }

  static func csv(
    _ error: CSVError, path: String, shownPath: String, bytes: [UInt8], _ request: DatasetRequest
  ) -> Diagnostic {
    let (id, rule) = error.rule.wording
    let notebook = request.filePlace
    // Only text can be shown in place, and only a file of moderate size is worth indexing for it.
    guard bytes.count <= 16 << 20, !bytes.isEmpty, error.rule != .invalidUTF8,
      error.rule != .emptyFile
    else {
      return Diagnostic(
        .error, id, "`\(path)`, line \(error.place.line), field \(error.place.column): \(rule)",
        at: notebook)
    }
    let file = SourceFile(path: shownPath, text: String(decoding: bytes, as: UTF8.self))
    let start = min(error.place.offset, file.byteCount)
    return Diagnostic(
      .error, id, rule, at: SourceRange(file, start..<start),
      notes: [.init("the data of block `\(request.experiment.name)`", at: notebook)])
  }

  static func corpus(
    _ error: CorpusError, path: String, shownPath: String, bytes: [UInt8],
    _ request: DatasetRequest
  ) -> Diagnostic {
    let (id, rule) = error.rule.wording
    let notebook = request.filePlace
    // Only text can be shown in place.
    guard let place = error.place, !bytes.isEmpty, error.rule != .invalidUTF8 else {
      let at = error.place.map { ", line \($0.line), column \($0.column)" } ?? ""
      return Diagnostic(.error, id, "`\(path)`\(at): \(rule)", at: notebook)
    }
    let file = SourceFile(path: shownPath, text: String(decoding: bytes, as: UTF8.self))
    let start = min(place.offset, file.byteCount)
    return Diagnostic(
      .error, id, rule, at: SourceRange(file, start..<start),
      notes: [.init("the data of block `\(request.experiment.name)`", at: notebook)])
  }

  /// A part of a drawn data set that a share asks for and no row, or none of some class, goes to.
  static func missingRows(_ facts: DatasetFacts, of request: DatasetRequest) -> Diagnostic? {
    let split = request.spec.split
    let shares: [(SplitPart, Double)] = [
      (.train, split.train), (.validation, split.validation), (.test, split.test),
    ]
    for (part, share) in shares where share > 0 {
      if facts.rows[part] == 0 {
        return .emptyPart(part.rawValue, rows: facts.rows.total, at: request.place("split"))
      }
      for (name, rows) in zip(facts.classes ?? [], facts.classRows ?? []) where rows[part] == 0 {
        return .missingClass(name, part.rawValue, rows: rows.total, at: request.place("split"))
      }
    }
    return nil
  }

  private static func emptyPart(_ part: String, rows: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "data.empty-part", "The part `\(part)` of the split gets none of the \(rows) rows",
      at: range)
  }

  private static func missingClass(
    _ name: String, _ part: String, rows: Int, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .error, "data.missing-class",
      "The part `\(part)` of the split gets no row of class `\(name)`, which has \(rows)",
      at: range,
      notes: [
        .init(
          "enlarge the part, leave it out with a share of 0, drop the class, or leave it to chance "
            + "with `stratify: false`")
      ])
  }

  static func unknownColumn(
    _ name: String, path: String, among columns: [String], at range: SourceRange
  ) -> Diagnostic {
    let shown = columns.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    let rest = columns.count > 20 ? " and \(columns.count - 20) more" : ""
    return Diagnostic(
      .error, "data.unknown-column", "`\(path)` has no column `\(name)`", at: range,
      notes: [.init("its columns are \(shown)\(rest)")],
      suggestion: nearestName(to: name, among: columns))
  }

  static func dataset(
    _ error: DatasetError, _ spec: DatasetSpec, shownPath: String, bytes: [UInt8],
    _ request: DatasetRequest
  ) -> Diagnostic {
    func at(
      _ field: String, _ id: String, _ message: String, notes: [String] = [],
      suggestion: String? = nil
    ) -> Diagnostic {
      Diagnostic(
        .error, id, message, at: request.place(field), notes: notes.map { .init($0) },
        suggestion: suggestion)
    }
    let path = spec.path ?? ""
    let source = spec.sourceField
    switch error {
    case .csv(let error):
      return .csv(error, path: path, shownPath: shownPath, bytes: bytes, request)
    case .unknownColumn(let name, let available):
      return .unknownColumn(name, path: path, among: available, at: request.place("features"))
    case .repeatedColumn(let name):
      return at("features", "data.repeated-column", "The column `\(name)` is used twice")
    case .noFeatures:
      return at("features", "data.no-features", "A data set needs at least one feature column")
    case .noTargets:
      return at(source, "data.no-target", "A data set needs a `label` or a `target` column")
    case .oneClass(let name):
      return at(
        "label", "data.one-class",
        "A classifier needs two classes; every row\(spec.labelWords) is `\(name)`")
    case .noLabels:
      return at(
        "label", "data.no-labels", "Labels are learned where one holds for some row; no row has any"
      )
    case .invalidShares:
      return at("split", "data.invalid-shares", "The shares of a split add up to 1")
    case .emptyPart(let part, let rows):
      return .emptyPart(part.rawValue, rows: rows, at: request.place("split"))
    case .missingClass(let name, let part, let rows):
      return .missingClass(name, part.rawValue, rows: rows, at: request.place("split"))
    case .notFinite(let column):
      return at(
        source, "data.not-finite", "The values of column `\(column)` exceed the range of float32")
    case .changed(let path):
      return at(source, "data.changed", "The data file `\(path)` has changed since it was read")
    case .outOfTime:
      return at(source, "limit.time", "The data was not read within the time of a run")
    case .outOfRange(let parameter, let allowed):
      return at(parameter, "data.out-of-range", "`\(parameter)` must be \(allowed)")
    }
  }
}

extension DatasetSpec {
  /// The field that says where the data comes from.
  var sourceField: String {
    switch self {
    case .csv: "csv"
    case .jsonl: "jsonl"
    case .text: "text"
    case .glyphs, .friedman1, .written: "synthetic"
    }
  }
}

extension DatasetSpec {
  /// ` of` and the name of the column that holds the labels.
  fileprivate var labelWords: String {
    switch self {
    case .csv(let spec): spec.label.map { " of `\($0)`" } ?? ""
    case .jsonl(let spec): spec.label.map { " of `\($0)`" } ?? ""
    case .text, .glyphs, .friedman1, .written: ""
    }
  }
}

extension DatasetRequest {
  /// Where the path of the file stands.
  var filePlace: SourceRange { place(spec.sourceField) }

  /// Where a field of the data set's block stands.
  func place(_ field: String) -> SourceRange {
    experiment.range(of: "\(path).\(field)")
  }
}

extension CSVError.Rule {
  /// Identifier and rule.
  fileprivate var wording: (id: String, rule: String) {
    switch self {
    case .emptyFile: ("data.empty-file", "A CSV file begins with a header; this one is empty")
    case .noRows: ("data.no-rows", "A CSV file needs at least one row below its header")
    case .invalidUTF8: ("data.invalid-utf8", "A CSV file must be UTF-8 text")
    case .quoteInUnquotedField:
      ("data.stray-quote", "A quotation mark may only enclose a whole field; write it twice inside")
    case .textAfterClosingQuote:
      ("data.stray-quote", "After a closing quotation mark comes a comma or the end of the line")
    case .unclosedQuote: ("data.unclosed-quote", "A quoted field must be closed")
    case .bareCarriageReturn:
      ("data.bare-carriage-return", "Lines end with LF or CR LF, not with CR alone")
    case .raggedRow(let expected, let found):
      (
        "data.ragged-row",
        "Every row has as many fields as the header: \(expected); this one has \(found)"
      )
    case .duplicateColumn(let name, let first):
      ("data.duplicate-column", "Column names differ; `\(name)` names field \(first) already")
    case .tooManyBytes(let limit): ("limit.data-file", "A CSV file may have \(limit) bytes")
    case .tooManyColumns(let limit):
      ("data.too-many-columns", "A CSV file may have \(limit) columns")
    case .tooManyRows(let limit): ("limit.rows", "A CSV file may have \(limit) rows")
    case .outOfTime: ("limit.time", "The file was not read within the time of a run")
    case .tooManyCells(let limit): ("limit.cells", "A CSV file may have \(limit) cells")
    case .fieldTooLong(let limit): ("data.long-field", "A field may have \(limit) bytes")
    case .missingValue(let column):
      ("data.missing-value", "A cell of column `\(column)` must not be empty")
    case .notANumber(let column, let text):
      (
        "data.not-a-number",
        "A cell of column `\(column)` must be a number, not `\(text.prefix(40))`"
      )
    case .notFinite(let column, let text):
      (
        "data.not-finite",
        "A cell of column `\(column)` must be a finite number within float32, not `\(text.prefix(40))`"
      )
    case .emptyLabel(let column):
      ("data.missing-value", "Between the separators of column `\(column)` stands a label")
    case .repeatedLabel(let column, let label):
      (
        "data.repeated-label",
        "A cell of column `\(column)` names each label once; `\(label.prefix(40))` stands twice"
      )
    case .notAFlag(let column, let text):
      (
        "data.not-a-flag",
        "A cell of the label's column `\(column)` must be 0 or 1, not `\(text.prefix(40))`"
      )
    }
  }
}

extension CorpusError.Rule {
  /// Identifier and rule.
  fileprivate var wording: (id: String, rule: String) {
    switch self {
    case .emptyFile: ("data.empty-file", "A file of texts holds text; this one is empty")
    case .noFiles: ("data.no-files", "A folder of texts holds files; this one has none")
    case .noDocuments: ("data.no-rows", "A file of texts holds more than blank lines")
    case .invalidUTF8: ("data.invalid-utf8", "A file of texts must be UTF-8 text")
    case .tooManyBytes(let limit): ("limit.data-file", "Texts may have \(limit) bytes")
    case .tooManyDocuments(let limit): ("limit.rows", "There may be \(limit) documents")
    case .documentTooLong(let limit): ("data.long-field", "A document may have \(limit) bytes")
    case .noLabelFolder:
      (
        "data.no-label-folder",
        "With `labels: folder` every file lies in a folder, whose name is its label"
      )
    case .json(let rule): ("data.json-lines", "A line of JSON Lines is one JSON object: \(rule)")
    case .missingMember(let name): ("data.missing-value", "Every object has a member `\(name)`")
    case .blankText(let name):
      ("data.missing-value", "The text of `\(name)` must hold more than space")
    case .notALabel(let name):
      ("data.not-a-label", "The label `\(name)` must be a text or an integer")
    case .mixedLabels(let name):
      ("data.mixed-labels", "The labels `\(name)` of a file are lists, all of them, or none is")
    case .repeatedLabel(let name, let label):
      (
        "data.repeated-label",
        "The list `\(name)` names each label once; `\(label.prefix(40))` stands twice"
      )
    case .noLabels(let name):
      (
        "data.no-labels",
        "Labels are learned where one holds for some text; `\(name)` of no text has any"
      )
    case .notFinite(let name):
      ("data.not-finite", "The number `\(name)` must be finite and within float32")
    case .repeatedField(let name):
      ("data.repeated-column", "The member `\(name)` is used twice")
    case .oneClass(let name):
      ("data.one-class", "A classifier needs two classes; every text is `\(name)`")
    case .outOfTime: ("limit.time", "The texts were not read within the time of a run")
    }
  }
}
