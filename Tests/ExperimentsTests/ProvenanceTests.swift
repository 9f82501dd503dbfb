import Diagnostics
import Digests
import Experiments
import Notebooks
import Testing

/// A provenance and a fingerprint are two forms of one thing, and a cause names what was edited.
struct ProvenanceTests {
  private static let seed: UInt64 = 20_260_801

  /// The steps of a notebook around one block `x`; nil when the block is not lawful.
  private static func steps(_ block: String) -> [Step]? {
    let text = """
      ```experiment m
      model: {sequential: [relu]}
      ```

      ```experiment d
      dataset: {synthetic: friedman1}
      ```

      ```experiment t
      train: {model: m, data: d}
      ```

      ```experiment b
      dataset: {synthetic: zh_genres}
      ```

      ```experiment e
      model: {bert: {vocab_size: 300, hidden_size: 8, num_attention_heads: 2}}
      ```

      ```experiment v
      tokenizer: {wordpiece: {vocab_size: 200}, data: b}
      ```

      ```experiment p
      train: {model: e, data: b, tokenizer: v, objective: [masked_language_model]}
      ```

      ```experiment x
      \(block)
      ```

      """
    let (notebook, diagnostics) = decode(text)
    guard !diagnostics.hasErrors, notebook["x"] != nil else { return nil }
    let config = BertConfigSpec()
    let (plan, _) = Plan.make(
      notebook: notebook, numericsVersion: 1,
      files: { request in
        let digest = SHA256Digest(of: "\(request.kind)")
        var head = ClassifierHeadSpec()
        head.labels = 3
        let facts = ForeignFileFacts(
          digest: digest, count: 100, config: config, head: .classifier(head))
        return (facts, [])
      },
      facts: { (DatasetFacts.synthetic($0.spec) ?? facts(of: $0.spec), []) })
    return plan.steps
  }

  /// Facts of data that would be read or written.
  private static func facts(of spec: DatasetSpec) -> DatasetFacts {
    let digest = SHA256Digest(of: "bytes")
    let rows = PartRows(train: 90, validation: 30, test: 30)
    guard spec.isText else {
      return DatasetFacts(digest: digest, featureCount: 4, target: .numbers(width: 1), rows: rows)
    }
    var isRead = true
    if case .written = spec { isRead = false }
    return DatasetFacts(
      digest: isRead ? digest : nil, featureCount: 0, target: .classes(["a", "b", "c"]), rows: rows,
      text: TextFacts(sentences: 600, bytes: 30_000, isPair: false))
  }

  @Test func equalProvenancesAreEqualFingerprints() {
    var random = SeededGenerator(seed: Self.seed)
    var provenances: [Fingerprint: Provenance] = [:]
    var fingerprints: [Provenance: Fingerprint] = [:]
    var count = 0
    for round in 0..<3000 {
      let kind = random.element([
        ExperimentKind.dataset, .tokenizer, .train, .train, .evaluate,
      ])
      let value = BlockFields.shape(of: kind).randomValue(using: &random)
      let extra = random.chance(0.3) ? "\nseed: \(random.integer(0...2))" : ""
      for step in Self.steps("\(kind.rawValue): \(value.yaml)\(extra)") ?? [] {
        count += 1
        let provenance = step.provenance
        #expect(Set(provenance.fields.map(\.path)).count == provenance.fields.count)
        let message = "seed \(Self.seed), round \(round): \(value.yaml)"
        if let known = provenances.updateValue(provenance, forKey: step.fingerprint) {
          #expect(known == provenance, "\(message)")
        }
        if let known = fingerprints.updateValue(step.fingerprint, forKey: provenance) {
          #expect(known == step.fingerprint, "\(message)")
        }
      }
    }
    #expect(provenances.count == fingerprints.count)
    #expect(provenances.count > 500, "only \(provenances.count) different steps of \(count)")
  }

  /// Edits one field at a time, every field of the language that bears on a result, with random
  /// values: the provenance of exactly one place changes, and the cause says which, from what to what.
  @Test(arguments: [ExperimentKind.dataset, .tokenizer, .train, .evaluate])
  func anEditOfAFieldChangesThatFieldOnly(_ kind: ExperimentKind) throws {
    var random = SeededGenerator(seed: Self.seed)
    var edited: Set<String> = []
    var tried: Set<String> = []
    for edit in FieldEdit.all(of: kind) {
      tried.insert(edit.path)
      for round in 0..<12 {
        guard let (before, after) = Self.lawfulPair(edit, &random) else { continue }
        let message = "seed \(Self.seed), \(edit.path), round \(round): \(before.2) → \(after.2)"
        let changed = zip(before.1, after.1).first { $0.fingerprint != $1.fingerprint }
        guard let changed else {
          #expect(before.0 == after.0 || edit.isInvisible, "\(message)")
          continue
        }
        edited.insert(edit.path)
        let causes = changed.1.provenance.causes(since: changed.0.provenance)
        guard case .field(let path, let old, let new)? = causes.first else {
          Issue.record("\(message): \(causes.map(\.text))")
          continue
        }
        #expect(!edit.isLine || path == edit.shownPath, "\(message)")
        // With the objective goes what depends on it: the head, the loss, a list of words.
        let isAlone = edit.path != "objective"
        #expect(causes.contains { $0.isAt(edit.shownPath) }, "\(message): \(causes)")
        #expect(
          !isAlone || causes.allSatisfy { $0.isAt(edit.shownPath) }, "\(message): \(causes)")
        if let (left, right) = edit.texts(before.0, after.0) {
          // What is as without the field has no text of its own where the default depends on others.
          #expect(old == left || old == "default", "\(message)")
          #expect(new == right || new == "default", "\(message)")
        }
      }
    }
    let missed = tried.subtracting(edited).subtracting(FieldEdit.invisible)
    #expect(missed.isEmpty, "fields that no edit reached: \(missed.sorted())")
  }

  private typealias Lawful = (FieldValue, [Step], String)

  /// The field at two values that differ, everything else alike; nil where rules between fields
  /// refuse all that were tried.
  private static func lawfulPair(
    _ edit: FieldEdit, _ random: inout SeededGenerator
  ) -> (Lawful, Lawful)? {
    for _ in 0..<20 {
      let context = edit.context(&random)
      var found: [Lawful] = []
      for _ in 0..<6 where found.count < 2 {
        let value = edit.value(using: &random)
        if found.contains(where: { $0.0 == value }) { continue }
        let yaml = context(value).yaml
        if let steps = steps("\(edit.kind.rawValue): \(yaml)") {
          found.append((value, steps, yaml))
        }
      }
      if found.count == 2, found[0].1.count == found[1].1.count { return (found[0], found[1]) }
    }
    return nil
  }

  @Test func presentationChangesNothing() throws {
    let seed = Self.seed
    var random = SeededGenerator(seed: seed)
    let base = Self.notebook(Presentation())
    let expected = try #require(Self.provenances(base))
    #expect(expected.count > 5)
    for round in 0..<200 {
      let text = Self.notebook(Presentation(&random))
      #expect(Self.provenances(text) == expected, "seed \(seed), round \(round):\n\(text)")
    }
  }

  private static func provenances(_ text: String) -> [Provenance]? {
    let (notebook, diagnostics) = decode(text)
    guard !diagnostics.hasErrors else { return nil }
    let (plan, problems) = Plan.make(notebook: notebook, numericsVersion: 1) {
      (DatasetFacts.synthetic($0.spec), [])
    }
    return problems.hasErrors ? nil : plan.steps.map(\.provenance)
  }

  /// What may be written in many ways without meaning anything else.
  private struct Presentation {
    var prose = "Prose."
    var caption = ""
    var show = ""
    var expect = ""
    var comment = ""
    var rate = "0.001"
    var batch = "100"
    var isReversed = false
    var data = "d"

    init() {}

    init(_ random: inout SeededGenerator) {
      prose = random.element(["Prose.", "# 标题", "Other *prose* of 3 `words`.", ""])
      caption = random.element(["", "caption: A caption\n", "caption: \"说明: 1\"\n"])
      show = random.element(["", "show: [summary]\n", "show: []\n", "echo: false\n"])
      expect = random.element(["", "expect: test.mse >= 0\n", "expect: [steps > 1, epochs >= 2]\n"])
      comment = random.element(["", "  # a comment", "   #"])
      rate = random.element(["0.001", "1e-3", "0.1%", ".001", "1.0e-03", "0.001_0"])
      batch = random.element(["100", "1e2", "1_00"])
      isReversed = random.chance(0.5)
      data = random.element(["d", "数据", "renamed-data"])
    }
  }

  private static func notebook(_ form: Presentation) -> String {
    var fields = [
      "  model: {sequential: [linear: {out_features: 1}]}", "  data: \(form.data)",
      "  optimizer: {adamw: {lr: \(form.rate), betas: [0.8, 0.99]}}\(form.comment)",
      "  batch_size: \(form.batch)\(form.comment)", "  epochs: 2",
    ]
    if form.isReversed { fields.reverse() }
    return """
      \(form.prose)

      ```experiment \(form.data)
      dataset: {synthetic: friedman1, samples: 400}
      \(form.caption)```

      ```experiment fit
      train:
      \(fields.joined(separator: "\n"))
      evaluate: {metrics: [mse]}
      \(form.caption)\(form.show)\(form.expect)repeat: 2
      ```

      """
  }

  @Test func numericsSeedDataAndRepeatsAreNamed() throws {
    let steps = { (numerics: Int, seed: Int, bytes: String, repeats: Int) -> [Step] in
      var spec = CSVDatasetSpec()
      spec.csv = "data/wine.csv"
      spec.label = "kind"
      let facts = DatasetFacts(
        digest: SHA256Digest(of: bytes), featureCount: 4, target: .classes(["a", "b"]),
        rows: PartRows(train: 60, validation: 20, test: 20))
      var experiments = PlanFixture.experiments(
        repeats: repeats, layers: [PlanFixture.linear(2)], data: .csv(spec))
      experiments[2] = PlanFixture.experiment(
        "fit", experiments[2].spec, repeats: repeats, seed: seed)
      return PlanFixture.plan(
        PlanFixture.notebook(experiments), numerics: numerics, facts: facts
      ).plan.steps
    }
    func first(_ id: String, _ before: [Step], _ after: [Step]) throws -> String? {
      let old = try #require(before.first { $0.id.description == id })
      let new = try #require(after.first { $0.id.description == id })
      return new.provenance.causes(since: old.provenance).first?.text
    }
    let base = steps(1, 7, "1", 2)
    #expect(try first("digits", base, steps(2, 7, "1", 2)) == "numerics 1 → 2")
    #expect(try first("fit.train#0", base, steps(1, 8, "1", 2)) == "seed 7 → 8")
    #expect(try first("fit", base, steps(1, 7, "1", 3)) == "repeat 2 → 3")
    let (one, two) = (SHA256Digest(of: "1").hexadecimal, SHA256Digest(of: "2").hexadecimal)
    #expect(
      try first("digits", base, steps(1, 7, "2", 2))
        == "data data/wine.csv changed (sha \(one.prefix(8))… → \(two.prefix(8))…)")
    #expect(try first("fit.train#0", base, steps(1, 7, "2", 2)) == "`digits` changed")
    #expect(try first("fit.train#0", base, base) == nil)
  }

  @Test func versionsOfComponentsAreNamed() throws {
    let steps = PlanFixture.plan(PlanFixture.notebook()).plan.steps
    let now = try #require(steps.first { $0.kind == .train }?.provenance)
    let raised = { (path: String) in
      Provenance(
        kind: .train, fields: now.fields + [Provenance.Field(path: path, text: "2")],
        inputs: now.inputs)
    }
    #expect(
      raised("loss.cross_entropy.version").causes(since: now).map(\.text)
        == ["loss.cross_entropy version 1 → 2"])
    #expect(
      now.causes(since: raised("step.train.version")).map(\.text)
        == ["step.train version 2 → 1"])
  }
}
