internal import Diagnostics
package import Experiments
internal import JSON
internal import Learning

extension StepPayload {
  static let resultName = "result.json"
  static let weightsName = "weights.safetensors"
  static let vocabularyName = "vocab.txt"
  /// Bytes beyond which a `result.json` is not read.
  static let resultLimit = 1 << 30
  /// Bytes beyond which weights are not read.
  static let weightsLimit = SafetensorsLimits().bytes

  /// The files that hold what a step of a kind leaves.
  static func fileNames(of kind: Step.Kind) -> [String] {
    switch kind {
    case .train: [resultName, weightsName]
    case .tokenize: [resultName, vocabularyName]
    case .prepare, .evaluate, .combine, .compare, .plot: [resultName]
    }
  }

  static func limit(of name: String) -> Int {
    switch name {
    case weightsName: weightsLimit
    case vocabularyName: VocabularyLimits().bytes
    default: resultLimit
    }
  }

  /// Whether a step of the kind leaves this.
  func belongs(to kind: Step.Kind) -> Bool {
    switch (self, kind) {
    case (.result, .prepare), (.result, .combine), (.result, .compare), (.result, .plot): true
    case (.training, .train), (.measurements, .evaluate), (.tokenizer, .tokenize): true
    default: false
    }
  }

  /// The files, in the order of ``fileNames(of:)``.
  package var files: [(name: String, bytes: [UInt8])] {
    switch self {
    case .result(let result): [(Self.resultName, Array(result.encoded().utf8))]
    case .tokenizer(let record):
      [
        (Self.resultName, Array(record.json.text.utf8)),
        (Self.vocabularyName, record.tokenizer.vocabulary.text()),
      ]
    case .training(let record):
      [
        (Self.resultName, record.json.bytes),
        (Self.weightsName, record.parameters.encoded()),
      ]
    case .measurements(let measurements):
      [(Self.resultName, measurements.json.bytes)]
    }
  }

  /// Reads what ``files`` gives, for a step of a kind.
  ///
  /// - Parameter attachment: the file beside `result.json`: weights or a vocabulary.
  package init(_ kind: Step.Kind, result: [UInt8], attachment: [UInt8]?) throws(EntryFault) {
    do throws(JSONFault) {
      let node = try JSONParser.parse(result, path: Self.resultName)
      switch kind {
      case .prepare, .combine, .compare, .plot: self = .result(try RunResult(node))
      case .evaluate: self = .measurements(try [Measurement](node))
      case .tokenize:
        self = .tokenizer(try TokenizerRecord(node, vocabulary: attachment ?? []))
      case .train: self = .training(try TrainingRecord(node, weights: attachment ?? []))
      }
    } catch {
      throw .damaged("`\(error.range.path)`: \(error.message)")
    }
  }
}
