import Diagnostics
import Experiments
import Testing

/// The laws of field tables: what is encoded decodes to the same spec, and what is left out is a
/// default.
struct FieldsRoundTripTests {
  /// Blocks that generated references can name.
  private static let surroundings = """
    ```experiment m
    model: {sequential: [relu]}
    ```

    ```experiment d
    dataset: {synthetic: glyphs}
    ```

    ```experiment t
    train: {model: m, data: d}
    ```

    ```experiment v
    tokenizer: {vocab: vocab.txt}
    ```

    ```experiment c
    compare: {runs: [t]}
    ```


    """

  private static func decodeBlock(_ yaml: String) -> (Experiment?, [Diagnostic]) {
    let text = surroundings + "```experiment x\n\(yaml)\n```\n"
    let result = decode(text)
    return (result.notebook["x"], result.diagnostics)
  }

  @Test func commonKeysRoundTrip() {
    let seed: UInt64 = 77
    var random = SeededGenerator(seed: seed)
    var accepted = 0
    for round in 0..<400 {
      let fields = BlockFields.table.fields.filter {
        ["seed", "repeat", "echo", "tolerance"].contains($0.name) && random.chance(0.6)
      }
      let keys = fields.map { "\($0.name): \($0.shape.randomValue(using: &random).yaml)" }
      let yaml = (["train: {model: m, data: d}"] + keys).joined(separator: "\n")
      let (first, diagnostics) = Self.decodeBlock(yaml)
      let broken = diagnostics.filter { $0.isError && $0.id != "experiment.missing-key" }
      #expect(broken.isEmpty, "seed \(seed), round \(round): \(yaml)\n\(broken.map { $0.line() })")
      guard let first, diagnostics.isEmpty else { continue }
      accepted += 1
      let again = first.encoded.yaml
      let (second, problems) = Self.decodeBlock(again)
      #expect(second?.common == first.common, "seed \(seed), round \(round): \(yaml)\n\(again)")
      #expect(problems.isEmpty)
    }
    #expect(accepted >= 200)
  }

  @Test(arguments: ExperimentKind.allCases)
  func decodingWhatWasEncodedGivesTheSameSpec(_ kind: ExperimentKind) {
    let seed: UInt64 = 20_240_501
    var random = SeededGenerator(seed: seed)
    var accepted = 0
    for round in 0..<400 {
      let value = BlockFields.shape(of: kind).randomValue(using: &random)
      let yaml = "\(kind.rawValue): \(value.yaml)"
      let (first, diagnostics) = Self.decodeBlock(yaml)
      // Rules between fields turn some random blocks away; types and ranges must not.
      let broken = diagnostics.filter {
        $0.isError
          && ![
            "experiment.conflict", "experiment.out-of-range", "experiment.missing-key",
            "experiment.repeated-item", "experiment.unknown-path", "experiment.too-many",
          ]
          .contains($0.id)
      }
      #expect(broken.isEmpty, "seed \(seed), round \(round): \(yaml)\n\(broken.map { $0.line() })")
      guard let first else { continue }
      accepted += 1
      let again = first.encoded.yaml
      let (second, problems) = Self.decodeBlock(String(again.dropFirst().dropLast()))
      #expect(second?.spec == first.spec, "seed \(seed), round \(round): \(yaml)\n\(again)")
      #expect(second?.common == first.common)
      #expect(problems.isEmpty)
      #expect(second?.encoded == first.encoded)
    }
    #expect(accepted >= 40, "\(kind): only \(accepted) random blocks were lawful")
  }

  @Test(arguments: [
    ("train: {model: m, data: d}", "{train: {model: m, data: d}}"),
    (
      "train: {model: m, data: d, optimizer: {adamw: {lr: 0.001, betas: [0.9, 0.999]}}, epochs: 4}",
      "{train: {model: m, data: d, epochs: 4}}"
    ),
    ("dataset: {synthetic: glyphs, samples: 4_000, noise: 25%}", "{dataset: {synthetic: glyphs}}"),
    ("plot: {runs: [t], x: epoch, log: []}", "{plot: {runs: [t]}}"),
  ])
  func whatEqualsTheDefaultIsLeftOut(_ yaml: String, _ encoded: String) {
    #expect(Self.decodeBlock(yaml).0?.encoded.yaml == encoded)
  }

  @Test func keyOrderAndSpellingOfNumbersDoNotMatter() {
    let (left, _) = Self.decodeBlock(
      "train: {model: m, data: d, batch_size: 100, max_grad_norm: 0.1}")
    let (right, _) = Self.decodeBlock(
      "train:\n  max_grad_norm: 10%  # clipped\n  batch_size: 1e2\n  data: d\n  model: \"m\"")
    #expect(left != nil)
    #expect(left?.spec == right?.spec)
    #expect(left?.encoded == right?.encoded)
  }

  @Test func everyFieldHasHelpAndEveryTableAVersion() {
    var count = 0
    func visit(_ shape: ValueShape) {
      switch shape {
      case .group(let table): visit(table)
      case .component(let family): family.alternatives.forEach(visit)
      case .variants(let variants): variants.alternatives.forEach { visit($0.table) }
      case .reference(_, let inline?): visit(inline)
      case .list(let item, _), .either(_, let item), .dictionary(let item), .optional(let item):
        visit(item)
      default: break
      }
    }
    func visit(_ table: TableDescription) {
      #expect(table.version >= 1)
      #expect(!table.help.isEmpty)
      var names: Set<String> = []
      for field in table.fields {
        count += 1
        #expect(!field.help.isEmpty, "\(table.name).\(field.name)")
        for name in [field.name] + field.aliases {
          #expect(names.insert(name).inserted, "\(table.name) has `\(name)` twice")
        }
        visit(field.shape)
      }
    }
    visit(BlockFields.table)
    #expect(count > 100)
  }
}

extension ValueShape {
  /// A value that the field takes, by type and range; rules between fields may still refuse it.
  func randomValue(using random: inout SeededGenerator) -> FieldValue {
    switch self {
    case .flag: return .flag(random.chance(0.5))
    case .number(let range): return .number(range.randomNumber(using: &random))
    case .integer(let range):
      let upper = min(range.upperBound, range.lowerBound + 1000)
      return .integer(
        random.chance(0.1) ? range.upperBound : random.integer(range.lowerBound...upper))
    case .text(let phrase): return .text(Self.randomText(phrase, using: &random))
    case .choice(let names): return .text(random.element(names))
    case .list(let item, let counts):
      let count = random.integer(counts.lowerBound...min(counts.upperBound, counts.lowerBound + 3))
      return .list((0..<count).map { _ in item.randomValue(using: &random) })
    case .group(let table):
      if table.name == "split" { return Self.randomSplit(using: &random) }
      return .group(table: table.name, version: 1, Self.entries(table, using: &random))
    case .component(let family):
      let table = random.element(family.alternatives)
      return .component(name: table.name, version: 1, Self.entries(table, using: &random))
    case .variants(let variants):
      let alternative = random.element(variants.alternatives)
      let choice = alternative.value.map { [FieldValue.Entry(alternative.key, .text($0))] } ?? []
      let entries = choice + Self.entries(alternative.table, using: &random)
      return .group(table: alternative.table.name, version: 1, entries)
    case .reference(let kinds, let inline):
      if let inline, random.chance(0.4) { return inline.randomValue(using: &random) }
      let names: [ExperimentKind: String] = [
        .model: "m", .dataset: "d", .train: "t", .compare: "c", .tokenizer: "v",
      ]
      return .reference(kinds.first.flatMap { names[$0] } ?? "m")
    case .either(let words, let shape):
      return random.chance(0.4) ? .text(random.element(words)) : shape.randomValue(using: &random)
    case .dictionary(.group(let table)):
      let paths = ["test.accuracy", "train.loss", "test.f1[a b]", "*", "长度"]
      return .group(
        table: "", version: 0,
        [
          FieldValue.Entry(
            random.element(paths),
            .group(table: table.name, version: 1, Self.entries(table, using: &random)))
        ])
    case .dictionary:
      let paths = ["train.epochs", "train.batch_size", "train.optimizer.lr", "seed"]
      let values: [FieldValue] = [.text("2"), .text("3")]
      return .group(table: "", version: 0, [FieldValue.Entry(random.element(paths), .list(values))])
    case .optional(let shape): return shape.randomValue(using: &random)
    }
  }

  private static func entries(
    _ table: TableDescription, using random: inout SeededGenerator
  ) -> [FieldValue.Entry] {
    var left = Set(table.fields.map(\.name))
    for names in table.exclusive {
      let kept = random.element(names)
      for name in names where name != kept { left.remove(name) }
    }
    return table.fields.filter { left.contains($0.name) }.compactMap { field in
      let isPicked =
        field.isRequired || random.chance(0.5)
        || table.exclusive.contains { $0.contains(field.name) }
      guard isPicked else { return nil }
      return FieldValue.Entry(field.name, field.shape.randomValue(using: &random))
    }
  }

  private static func randomSplit(using random: inout SeededGenerator) -> FieldValue {
    let splits: [[(String, Double)]] = [
      [("train", 1)], [("train", 0.5), ("test", 0.5)],
      [("train", 0.7), ("validation", 0.1), ("test", 0.2)],
    ]
    return .group(
      table: "split", version: 1,
      random.element(splits).map { FieldValue.Entry($0.0, .number($0.1)) })
  }

  private static func randomText(_ phrase: String, using random: inout SeededGenerator) -> String {
    switch phrase {
    case "a file below the project root": random.element(["data/a.csv", "数据/b c.csv"])
    case "a result such as test.accuracy": random.element(["test.accuracy", "test.f1[a]"])
    case "a series such as train.loss": random.element(["train.loss", "lr"])
    default:
      random.element([
        "a", "no", "010", "x y", "a: b", "# c", "长度", "\"q\"", "it's", "a\\b", "{x}", "- y",
        "tab\there", "null", "~", "é\u{301}", "$$", "1e3", "： 全角", "\u{A0}x",
      ])
    }
  }
}

extension NumberRange {
  fileprivate func randomNumber(using random: inout SeededGenerator) -> Double {
    for _ in 0..<100 {
      let low = lower ?? -10
      let high = upper ?? low + 20
      var number = low + (high - low) * Double(random.integer(0...1_000_000)) / 1_000_000
      if random.chance(0.2) { number *= 1e-12 }
      if contains(number) { return number }
    }
    return lower ?? upper ?? 0
  }
}
