import Diagnostics
import Digests
import Experiments
import Testing

/// What is said of a BERT's training before it begins: the rule, what stands there, a way out.
struct BertPlanTests {
  private struct Told {
    let ids: [String]
    let first: Diagnostic?

    var place: String { first.map { String($0.line().prefix { $0 != " " }) } ?? "" }
    var message: String { first?.message ?? "" }
    var notes: [String] { (first?.notes ?? []).map(\.message) }
  }

  /// Errors of a notebook whose data is texts, with a folder of 100 tokens and embeddings.
  private func told(
    _ text: String, target: DatasetFacts.Target = .classes(["a", "b"]),
    rows: PartRows = PartRows(train: 60, validation: 20, test: 20), sentences: Int = 300,
    tokens: Int = 100, bytes: Int = 100_000, residentBytes: Int? = nil
  ) -> Told {
    let (notebook, decoding) = decode(text)
    var config = BertConfigSpec()
    (config.vocabSize, config.hiddenSize, config.numAttentionHeads) = (100, 32, 2)
    let (_, planning) = Plan.make(
      notebook: notebook, numericsVersion: 1,
      files: { request in
        let isModel = request.kind == .model
        return (
          ForeignFileFacts(
            digest: SHA256Digest(of: request.path), count: tokens, config: isModel ? config : nil),
          []
        )
      },
      facts: { _ in
        (
          DatasetFacts(
            digest: nil, featureCount: 0, target: target, rows: rows,
            text: TextFacts(
              sentences: sentences, bytes: bytes, residentBytes: residentBytes, isPair: false)), []
        )
      })
    let errors = (decoding + planning).filter(\.isError)
    return Told(ids: errors.map(\.id), first: errors.first)
  }

  private func training(
    model: String = "{bert: {vocab_size: 50, hidden_size: 16, num_attention_heads: 2}}",
    tokenizer: String? = nil, _ more: String...
  ) -> String {
    let lines =
      ["train:", "  model: \(model)", "  data: {text: a.txt}", "  max_seq_length: 32"]
      + (tokenizer.map { ["  tokenizer: \($0)"] } ?? []) + more.map { "  \($0)" }
    return "```experiment fit\n" + lines.joined(separator: "\n") + "\n```\n"
  }

  // MARK: Vocabulary

  @Test func aTokenizerThatIsTooLargeIsNamedWithWhatCanGiveWay() {
    let learned = told(
      training(tokenizer: "{wordpiece: {vocab_size: 80}, data: {text: a.txt}}"))
    #expect(learned.ids == ["plan.vocabulary"] && learned.place == "6:14:")
    #expect(
      learned.message == "A BERT has an embedding for each token: the tokenizer has up to 80 "
        + "tokens, the model 50 embeddings")
    #expect(
      learned.notes == ["give the model `vocab_size: 80`, or give the tokenizer `vocab_size: 50`"])
    #expect(learned.first?.suggestion == nil, "`vocab_size` does not stand there")

    let read = told(training(tokenizer: "{vocab: vocab.txt}"))
    #expect(read.message.contains("has 100 tokens, the model 50 embeddings"))
    #expect(read.notes == ["give the model `vocab_size: 100`"])

    let taken = told(
      training(
        model: "{pretrained: bert}",
        tokenizer: "{wordpiece: {vocab_size: 300}, data: {text: a.txt}}"))
    #expect(taken.message.contains("has up to 300 tokens, the model 100 embeddings"))
    #expect(
      taken.notes == [
        "leave out `tokenizer`: the weights bring the one that they were trained with, or give the "
          + "tokenizer `vocab_size: 100`"
      ])

    let folder = told(training(model: "{pretrained: bert}"), tokens: 120)
    #expect(folder.ids == ["plan.vocabulary"] && folder.place == "3:10:")
    #expect(folder.notes == ["take `config.json` and vocabulary of one model"])
  }

  // MARK: Memory

  @Test func aTextThatIsMappedNeedsNoMemoryForItselfOrItsTokens() {
    let rows = PartRows(train: 4_000_000, validation: 0, test: 0)
    let pretraining = training("objective: [masked_language_model]", "steps: 10")
    let mapped = told(
      pretraining, rows: rows, sentences: 40_000_000, bytes: 3_000_000_000, residentBytes: 0)
    #expect(mapped.ids == [])
    let held = told(pretraining, rows: rows, sentences: 40_000_000, bytes: 3_000_000_000)
    #expect(held.ids.contains("limit.memory"))
    // Sequences with a label each are kept.
    let labelled = told(
      training(), rows: PartRows(train: 40_000_000, validation: 0, test: 0),
      sentences: 60_000_000, bytes: 4_000_000_000, residentBytes: 0)
    #expect(labelled.ids.contains("limit.memory"))
  }

  // MARK: Accumulation

  @Test(arguments: [
    (
      24, 2, "12 sequences a part are no multiple of 8",
      "32` can be cut so, and 24 sequences into 3"
    ),
    (4, 3, "4 sequences do not divide by 3", "24` can be cut so"),
    (8, 16, "8 sequences do not divide by 16", "128` can be cut so"),
    (
      40, 4, "10 sequences a part are no multiple of 8",
      "64` can be cut so, and 40 sequences into 5"
    ),
  ])
  func aBatchThatCannotBeCutIsNamedWithOneThatCan(
    _ batch: Int, _ parts: Int, _ fault: String, _ way: String
  ) {
    let told = told(
      training(
        model: "{pretrained: bert}", "batch_size: \(batch)",
        "gradient_accumulation_steps: \(parts)"))
    #expect(told.ids == ["plan.accumulation"] && told.place == "7:32:")
    #expect(
      told.message == "The parts of a batch are equal, and each is whole grains: \(fault)")
    #expect(told.notes.first?.contains(way) == true, "\(told.notes)")
    #expect(told.notes.last?.contains("`grain: 8`") == true, "\(told.notes)")
  }

  @Test(arguments: [(16, 2), (24, 3), (64, 8), (8, 1), (7, 1)])
  func aBatchOfWholeGrainsCanBeCut(_ batch: Int, _ parts: Int) {
    let told = told(
      training(
        model: "{pretrained: bert}", "batch_size: \(batch)",
        "gradient_accumulation_steps: \(parts)"))
    #expect(told.ids == [], "\(told.message)")
  }

  // MARK: Next sentences

  @Test func textsWithoutNextSentencesAreNamedWithWhatIsNeeded() {
    let text = training(model: "{pretrained: bert}", "objective: [next_sentence]")
    #expect(told(text).ids == [])
    let one = told(text, rows: PartRows(train: 1, validation: 0, test: 0))
    #expect(one.ids == ["plan.next-sentence"] && one.place == "6:14:")
    #expect(one.message.contains("another document, so the training part has two or more"))
    #expect(one.notes.first == "the training part of the data has one document")
    #expect(one.notes.last?.contains("leave `next_sentence` out") == true)

    let short = told(text, sentences: 100)
    #expect(short.ids == ["plan.next-sentence"])
    #expect(short.message.contains("documents have two or more"))
    #expect(short.notes.first == "every document of the data has one sentence")
    #expect(short.notes.last?.contains("`document: file`") == true)
  }

  // MARK: Early stopping

  @Test(arguments: ["loss", "mlm_loss", "mlm_accuracy", "perplexity", "nsp_loss", "nsp_accuracy"])
  func preTrainingStopsByWhateverItMeasures(_ measure: String) {
    let text = training(
      model: "{pretrained: bert}", "objective: [masked_language_model, next_sentence]",
      "early_stopping: {monitor: validation.\(measure)}")
    #expect(told(text, target: .nothing).ids == [])
    let isMasked = measure.hasPrefix("mlm") || measure == "perplexity"
    if measure == "loss" { return }
    // Not by what the objective has not, nor does fine-tuning have it.
    let other = text.replacing(
      isMasked ? "[masked_language_model, next_sentence]" : ", next_sentence]",
      with: isMasked ? "[next_sentence]" : "]")
    #expect(told(other, target: .nothing).ids == ["plan.metric"])
    let tuning = training(
      model: "{pretrained: bert}", "early_stopping: {monitor: validation.\(measure)}")
    #expect(told(tuning).ids == ["plan.metric"])
    let unmeasured = told(
      text, target: .nothing, rows: PartRows(train: 90, validation: 0, test: 10))
    #expect(unmeasured.ids == ["plan.no-validation"])
  }

  // MARK: Numbers out of their range

  @Test(arguments: [
    ("steps: 0", "`steps` must be from 1 to 1000000000; here it is `0`"),
    ("steps: 2_000_000_000", "`steps` must be from 1 to 1000000000; here it is `2_000_000_000`"),
    ("epochs: 1e30", "`epochs` must be from 1 to 10000000; here it is `1e30`"),
    ("max_seq_length: 3", "`max_seq_length` must be from 4 to 1000000; here it is `3`"),
    (
      "early_stopping: {patience: 0}",
      "`patience` must be from 1 to 1000000000; here it is `0`"
    ),
  ])
  func aWholeNumberOutOfItsRangeIsToldBothBounds(_ line: String, _ message: String) {
    let text = training(line).replacing(
      "  max_seq_length: 32\n", with: line.hasPrefix("max") ? "" : "  max_seq_length: 32\n")
    #expect(told(text).message == message)
  }

  @Test func theSeedIsToldBothBoundsToo() {
    let text = "```experiment d\ndataset: {text: a.txt}\nseed: -1\n```\n"
    #expect(
      told(text).message == "`seed` must be from 0 to 9223372036854775807; here it is `-1`")
  }

  // MARK: Causes

  @Test func aCauseShowsTheFirstDigitsOfADigest() {
    let (old, new) = (SHA256Digest(of: "old").hexadecimal, SHA256Digest(of: "new").hexadecimal)
    func text(_ before: String, _ after: String) -> String {
      Cause.field(path: "word_list", before: before, after: after).text
    }
    #expect(
      text("sha256 \(old)", "sha256 \(new)")
        == "word_list changed (sha \(old.prefix(8))… → \(new.prefix(8))…)")
    #expect(text("none", "sha256 \(new)") == "word_list none → sha \(new.prefix(8))…")
    #expect(text("sha256 \(old)", "none") == "word_list sha \(old.prefix(8))… → none")
    #expect(text("0.1", "0.2") == "word_list 0.1 → 0.2")
    #expect(
      Cause.input(
        block: "fit", .field(path: "pretrained", before: "sha256 \(old)", after: "sha256 \(new)")
      ).text == "`fit` changed: pretrained changed (sha \(old.prefix(8))… → \(new.prefix(8))…)")
    #expect(
      Cause.data(file: "a.csv", before: old, after: new).text
        == "data a.csv changed (sha \(old.prefix(8))… → \(new.prefix(8))…)")
  }
}
