import Learning
import Tensors
import Testing

/// Work on data ends when its time is over, wherever it is.
@Suite struct DeadlineTests {
  private static let over = ContinuousClock.now - .seconds(1)
  private static let far = ContinuousClock.now + .seconds(3600)

  private static let text = TextBytes(
    Array((0..<200).map { "one two three \($0 % 10). two one." }.joined(separator: "\n").utf8))

  private static func corpus() throws -> TextCorpus { try TextCorpus(textFile: text, unit: .line) }

  private static func labelled() throws -> TextCorpus {
    let rows = (0..<40).map { "one two \($0),\($0 % 2 == 0 ? "x" : "y")\n" }.joined()
    return try TextCorpus(
      table: Table(csv: Array("text,label\n".utf8) + Array(rows.utf8)),
      fields: TextFields(text: "text", target: .label("label")))
  }

  private static func tokenizer() throws -> WordPieceTokenizer {
    let tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "one", "two", "three", "."]
    return try WordPieceTokenizer(vocabulary: Vocabulary(tokens: tokens))
  }

  private func isOutOfTime(_ work: () throws -> Void) -> Bool {
    do {
      try work()
      return false
    } catch DatasetError.outOfTime {
      return true
    } catch PretrainingError.outOfTime {
      return true
    } catch WordPieceTrainerError.outOfTime {
      return true
    } catch let error as CorpusError {
      return error.rule == .outOfTime
    } catch {
      Issue.record("\(error)")
      return false
    }
  }

  private typealias Work = @Sendable (ContinuousClock.Instant?) throws -> Void

  private static let corpora: [(name: String, work: Work)] = [
    ("lines", { _ = try TextCorpus(textFile: text, unit: .line, limits: .init(deadline: $0)) }),
    ("a file", { _ = try TextCorpus(textFile: text, unit: .file, limits: .init(deadline: $0)) }),
    (
      "a folder",
      {
        _ = try TextCorpus(
          files: [TextFile(name: "a/1.txt", bytes: text)], unit: .paragraph, labels: .none,
          limits: .init(deadline: $0))
      }
    ),
    (
      "objects",
      {
        let lines = (0..<20).map { "{\"text\": \"one two \($0)\"}\n" }.joined()
        _ = try TextCorpus(
          jsonLines: TextBytes(Array(lines.utf8)), fields: TextFields(text: "text"),
          limits: .init(deadline: $0))
      }
    ),
    (
      "a table",
      {
        _ = try TextCorpus(
          table: Table(csv: Array("text\none\ntwo\n".utf8)), fields: TextFields(text: "text"),
          deadline: $0)
      }
    ),
    ("statistics", { _ = try corpus().statistics(deadline: $0) }),
    (
      "parts",
      {
        _ = try SplitCorpus(
          corpus(), shares: Partition.Shares(train: 0.5, test: 0.5), key: .test, deadline: $0)
      }
    ),
    (
      "tokens to pre-train on",
      { _ = try TokenizedDocuments(corpus(), tokenizer(), deadline: $0) }
    ),
    (
      "tokens to fine-tune on",
      {
        let split = try SplitCorpus(
          labelled(), shares: Partition.Shares(train: 0.5, test: 0.5), key: .test)
        let data = try PreparedSequences(split, tokenizer(), maxLength: 16, deadline: $0)
        #expect(data?.train.count == 20)
      }
    ),
    (
      "a vocabulary",
      {
        var trainer = try WordPieceTrainer(settings: WordPieceTrainerSettings(vocabSize: 60))
        trainer.add("one two three, one two, one")
        _ = try trainer.vocabulary(deadline: $0)
      }
    ),
    (
      "written genres",
      { _ = try SyntheticCorpus(.genres, .english).corpus(key: .test, deadline: $0) }
    ),
    (
      "written pairs",
      { _ = try SyntheticCorpus(.pairs, .chinese).corpus(key: .test, deadline: $0) }
    ),
    ("labels", { _ = try SyntheticCorpus(.topics, .english).targets(key: .test, deadline: $0) }),
  ]

  private static let tables: [(name: String, work: Work)] = [
    ("drawing", { _ = try Friedman1(samples: 100).dataset(key: .test, deadline: $0) }),
    (
      "parts",
      {
        let data = try Friedman1(samples: 100).dataset(key: .test)
        _ = try Partition(
          splitting: data, shares: Partition.Shares(train: 0.5, test: 0.5), key: .test, deadline: $0
        )
      }
    ),
    (
      "scaling",
      {
        let data = try Friedman1(samples: 100).dataset(key: .test)
        _ = try Standardization(fitting: data, rows: Array(0..<50), deadline: $0)
      }
    ),
    (
      "rounding",
      {
        let data = try Friedman1(samples: 100).dataset(key: .test)
        let partition = try Partition(
          splitting: data, shares: Partition.Shares(train: 0.5, test: 0.5), key: .test)
        _ = try PreparedData(data, partition: partition, standardize: false, deadline: $0)
      }
    ),
  ]

  @Test func workOnTextsEndsWhenItsTimeIsOver() {
    for (name, work) in Self.corpora {
      #expect(isOutOfTime { try work(Self.over) }, "\(name)")
      #expect(!isOutOfTime { try work(Self.far) }, "\(name)")
      #expect(!isOutOfTime { try work(nil) }, "\(name)")
    }
  }

  @Test func workOnNumbersEndsWhenItsTimeIsOver() {
    for (name, work) in Self.tables {
      #expect(isOutOfTime { try work(Self.over) }, "\(name)")
      #expect(!isOutOfTime { try work(Self.far) }, "\(name)")
      #expect(!isOutOfTime { try work(nil) }, "\(name)")
    }
  }

  @Test func aPassEndsInTheMidstOfItsDocuments() throws {
    let corpus = try TextCorpus(
      textFile: TextBytes(
        Array(repeating: Array("A line of text.\n".utf8), count: 20_000).flatMap(\.self)),
      unit: .line)
    // How many are begun, and whether the rest is refused, when the time is over after 10,000.
    func begin(within duration: Duration) -> (count: Int, ends: Bool) {
      let deadline = ContinuousClock.now + duration
      let pass = CorpusPass(corpus, until: deadline)
      var begun = 0
      for document in 0..<corpus.count where pass.permits(document) {
        begun += 1
        if begun == 10_000 { while ContinuousClock.now <= deadline {} }
      }
      return (begun, pass.isOver && !pass.permits(corpus.count - 1))
    }
    // Longer where the machine stood still for the whole of it.
    var (begun, ends) = begin(within: .milliseconds(20))
    if begun < 10_000 { (begun, ends) = begin(within: .seconds(2)) }
    // The clock is looked at every 64 kB, which are some four thousand such lines.
    #expect(ends && begun >= 10_000 && begun < 15_000, "\(begun)")
  }
}
