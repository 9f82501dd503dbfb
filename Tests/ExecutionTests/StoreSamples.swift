import Execution
import Experiments
import Foundation
import Learning
import Tensors
import TestSupport

/// Repeatable random numbers (SplitMix64).
struct StoreRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Awkward doubles as often as ordinary ones.
  mutating func double() -> Double {
    switch below(10) {
    case 0: 0
    case 1: -0.0
    case 2: .nan
    case 3: below(2) == 0 ? .infinity : -.infinity
    case 4: .leastNonzeroMagnitude
    case 5: .greatestFiniteMagnitude
    case 6: Double(below(1000)) / 1000
    case 7: Double.random(in: -1...1, using: &self)
    default:
      Double(bitPattern: next()).isFinite ? Double(bitPattern: next() & ~(1 << 62)) : 0.1
    }
  }

  mutating func text() -> String {
    let texts = [
      "test.accuracy", "类", "a\"b\\c", "line\nbreak", "\u{2028}", "\u{1F600}", "", "\u{7F}\t",
      "<!-- -->", "optimizer.adamw.lr", "\u{0}",
    ]
    return texts[below(texts.count)]
  }

  mutating func many<Element>(
    _ most: Int = 4, _ make: (inout StoreRandom) -> Element
  ) -> [Element] {
    var items: [Element] = []
    for _ in 0..<below(most + 1) { items.append(make(&self)) }
    return items
  }
}

/// Entries of every kind.
enum StoreSample {
  static func fingerprint(_ random: inout StoreRandom) -> Fingerprint {
    let digits = Array("0123456789abcdef")
    let text = String((0..<64).map { _ in digits[random.below(16)] })
    guard let fingerprint = Fingerprint(hexadecimal: text) else { fatalError("64 digits") }
    return fingerprint
  }

  static func entry(_ kind: Step.Kind, _ random: inout StoreRandom) -> StoreEntry {
    let payload: StepPayload =
      switch kind {
      case .prepare, .combine, .compare, .plot: .result(result(&random))
      case .tokenize: .tokenizer(tokenizer(&random))
      case .train: .training(record(&random))
      case .evaluate: .measurements(measurements(&random))
      }
    return StoreEntry(
      fingerprint: fingerprint(&random), provenance: provenance(kind, &random), payload: payload,
      log: StepLog(
        computed: random.below(253_402_300_800), seconds: Double(random.below(1000)) / 8,
        threads: 1 + random.below(9), instructionSet: random.text(),
        peakMemory: random.below(1 << 40)))
  }

  static func tokenizer(_ random: inout StoreRandom) -> TokenizerRecord {
    let words = Set(random.many(9) { "word\($0.below(99))" }).sorted()
    let tokens = SpecialToken.allCases.map(\.rawValue) + words
    let settings = TokenizerSettings(
      doLowerCase: random.below(2) == 0, stripAccents: [nil, true, false][random.below(3)],
      tokenizeChineseChars: random.below(2) == 0, maxInputCharsPerWord: 1 + random.below(200),
      neverSplit: Array(words.prefix(random.below(2))))
    guard let vocabulary = try? Vocabulary(tokens: tokens),
      let tokenizer = try? WordPieceTokenizer(vocabulary: vocabulary, settings: settings)
    else { fatalError("the tokens are a vocabulary") }
    return TokenizerRecord(tokenizer, result: result(&random))
  }

  static func provenance(_ kind: Step.Kind, _ random: inout StoreRandom) -> Provenance {
    Provenance(
      kind: kind,
      fields: random.many { random in
        Provenance.Field(path: random.text(), text: random.text())
      },
      inputs: random.many { random in
        Provenance.Input(step: random.text(), fingerprint: fingerprint(&random))
      }, file: random.below(2) == 0 ? nil : random.text())
  }

  static func result(_ random: inout StoreRandom) -> RunResult {
    RunResult(
      scalars: random.many { random in
        Scalar(
          random.text(), key: random.below(2) == 0 ? nil : random.text(), .ratio,
          Statistic(random.double()))
      },
      series: random.many { random in
        let values = random.many { random in random.double() }
        return Experiments.Series(
          random.text(), axis: .step, .loss, x: values.indices.map(Double.init), runs: [values],
          mean: values)
      },
      matrices: random.many { random in
        Matrix(random.text(), labels: ["a", "b"], counts: [[1, random.below(99)], [0, 3]])
      },
      tables: random.many { random in
        Experiments.Table(
          random.text(), columns: [.term("run")],
          rows: random.many { random in [.number(random.double(), .real)] })
      })
  }

  static func record(_ random: inout StoreRandom) -> TrainingRecord {
    let series = random.many { random in
      let values = random.many(6) { random in random.double() }
      return TrainingRecord.Series(
        name: random.text(), axis: random.below(2) == 0 ? .step : .epoch,
        x: values.indices.map { $0 + 1 }, steps: values.map { _ in random.below(1 << 40) },
        values: values)
    }
    var names: [String] = []
    var tensors: [Tensor] = []
    for layer in 0..<random.below(4) {
      // The order of the layers is not that of the names.
      names.append("\(9 - layer).weight")
      let shape = Shape(random.below(4), 1 + random.below(3))
      tensors.append(
        Tensor((0..<shape.count).map { _ in weight(&random) }, shape: shape))
    }
    return TrainingRecord(
      series: series, epochs: random.below(99), steps: random.below(999),
      bestEpoch: random.below(2) == 0 ? nil : random.below(9), stoppedEarly: random.below(2) == 0,
      parameters: ParameterSet(names: names, tensors: tensors), transfer: transfer(&random))
  }

  private static func transfer(_ random: inout StoreRandom) -> WeightTransfer? {
    func shapes(_ random: inout StoreRandom) -> [WeightTransfer.Shape] {
      random.many { random in
        WeightTransfer.Shape(
          name: random.text(), dimensions: random.many(2) { 1 + $0.below(1 << 20) })
      }
    }
    guard random.below(2) == 0 else { return nil }
    return WeightTransfer(
      taken: shapes(&random), new: shapes(&random), leftBehind: shapes(&random))
  }

  /// Any bits: −0, NaN with a payload, infinities and subnormals come back as they were.
  private static func weight(_ random: inout StoreRandom) -> Float {
    let awkward: [Float] = [-0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude]
    return random.below(3) == 0
      ? awkward[random.below(awkward.count)]
      : Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
  }

  static func measurements(_ random: inout StoreRandom) -> [Execution.Measurement] {
    random.many { random in
      random.below(3) == 0
        ? Execution.Measurement(
          random.text(), counts: random.many { random in random.many { $0.below(999) } },
          labels: random.many { $0.text() })
        : Execution.Measurement(
          random.text(), key: random.below(2) == 0 ? nil : random.text(), random.double(), .loss)
    }
  }
}

extension StepPayload {
  /// Whether both have the same files, to the byte; NaN equals itself so.
  func isSame(as other: StepPayload) -> Bool {
    files.map(\.name) == other.files.map(\.name) && files.map(\.bytes) == other.files.map(\.bytes)
  }

  /// Whether both hold the same numbers, each NaN counting as any.
  func hasSameNumbers(as other: StepPayload) -> Bool {
    switch (self, other) {
    case (.result(let mine), .result(let theirs)): return mine.encoded() == theirs.encoded()
    case (.tokenizer(let mine), .tokenizer(let theirs)):
      return mine.result.encoded() == theirs.result.encoded()
    case (.measurements(let mine), .measurements(let theirs)):
      return mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.isSame(as: $1) }
    case (.training(let mine), .training(let theirs)):
      return mine.parameters.hasSameBits(as: theirs.parameters) && mine.epochs == theirs.epochs
        && mine.steps == theirs.steps && mine.bestEpoch == theirs.bestEpoch
        && mine.stoppedEarly == theirs.stoppedEarly && mine.series.count == theirs.series.count
        && zip(mine.series, theirs.series).allSatisfy { $0.isSame(as: $1) }
    default: return false
    }
  }
}

extension Execution.Measurement {
  fileprivate func isSame(as other: Execution.Measurement) -> Bool {
    guard name == other.name, key == other.key else { return false }
    if case .number(let mine, let unit) = value, case .number(let theirs, unit) = other.value {
      return mine.isSame(as: theirs)
    }
    return value == other.value
  }
}

extension TrainingRecord.Series {
  fileprivate func isSame(as other: TrainingRecord.Series) -> Bool {
    name == other.name && axis == other.axis && x == other.x && steps == other.steps
      && values.count == other.values.count
      && zip(values, other.values).allSatisfy { $0.isSame(as: $1) }
  }
}

extension Double {
  /// The same bits, or both NaN.
  fileprivate func isSame(as other: Double) -> Bool {
    bitPattern == other.bitPattern || (isNaN && other.isNaN)
  }
}

extension TemporaryFolder {
  /// A store in the folder, as a project has it.
  var store: Store { Store(directory: url(".assay/store").path) }

  var readOnlyStore: Store { Store(directory: url(".assay/store").path, access: .readOnly) }
}
