import Execution
import Experiments
import TestSupport
import Testing

/// Early stopping of a pre-training by what it measures each epoch.
@Suite struct PretrainingStopTests {
  private static let text = (0..<60).map { index in
    let (first, second) = (["sea", "hill", "road"][index % 3], ["warm", "cold"][index % 2])
    return "The \(first) is \(second). A \(second) \(first) sings. It is deep.\n"
  }.joined()

  /// The seed is that of evaluations, which hide the same tokens then.
  private static func notebook(_ monitor: String, patience: Int, lr: String) -> String {
    """
    ```experiment fit
    train:
      model:
        bert: {vocab_size: 70, hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2,
               intermediate_size: 32, max_position_embeddings: 40}
      data: {text: data/t.txt, document: line, split: {train: 0.6, validation: 0.4}}
      objective: [masked_language_model, next_sentence]
      max_seq_length: 32
      optimizer: {adamw: {lr: \(lr)}}
      epochs: 8
      batch_size: 8
      early_stopping: {monitor: validation.\(monitor), patience: \(patience)}
    evaluate: {split: validation, metrics: [\(monitor)]}
    seed: 0
    ```

    """
  }

  private static func result(_ notebook: String) throws -> RunResult {
    let run = try NotebookProject(["data/t.txt": text]).planned(notebook).run()
    #expect(run.failures.map(\.message) == [])
    return try #require(run.results["fit"])
  }

  @Test(arguments: ["loss", "mlm_loss", "mlm_accuracy", "perplexity", "nsp_loss", "nsp_accuracy"])
  func theWeightsOfTheBestEpochAreTaken(_ monitor: String) throws {
    let result = try Self.result(Self.notebook(monitor, patience: 8, lr: "0.03"))
    let series = try #require(result.series.first { $0.name == "validation.\(monitor)" })
    let values = try #require(series.runs.first)
    #expect(values.count > 1 && Set(values).count > 1, "\(values)")
    let best = monitor.hasSuffix("accuracy") ? values.max() : values.min()
    let measured = result.scalars.first { $0.name == "validation.\(monitor)" }
    #expect(measured?.statistic.mean == best, "\(values)")
  }

  @Test(arguments: ["loss", "mlm_loss", "mlm_accuracy", "perplexity", "nsp_loss", "nsp_accuracy"])
  func trainingThatGetsNoBetterEnds(_ monitor: String) throws {
    let result = try Self.result(Self.notebook(monitor, patience: 2, lr: "0"))
    #expect(result.scalars.first { $0.name == "epochs" }?.statistic.mean == 3)
  }
}
