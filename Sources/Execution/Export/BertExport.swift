package import Diagnostics
package import Experiments
internal import Glibc
internal import Learning

/// The weights that a block trained, as a Hugging Face folder.
///
/// The folder is canonical: the same weights, configuration and tokenizer give the same bytes.
package struct BertExport: Sendable {
  private let training: Step
  private let tokenizer: Step
  private let plan: TrainingPlan
  private let bert: BertPlan

  /// - Parameter repeatIndex: which of the block's trainings, from 0.
  package init(
    of block: String, repeatIndex: Int, in plan: Plan, _ notebook: ExperimentNotebook
  ) throws(ExportRefusal) {
    let trainings = plan.steps(of: block).filter { $0.kind == .train }
    guard !trainings.isEmpty else { throw .noTraining(block) }
    guard trainings.indices.contains(repeatIndex) else {
      throw .noRepeat(repeatIndex + 1, of: trainings.count)
    }
    training = trainings[repeatIndex]
    guard case .train(let trained, _, _) = training.work, case .bert(let bert) = trained.model,
      let tokenizer = plan[bert.tokenizer]
    else { throw .layers(block) }
    self.plan = trained
    self.bert = bert
    self.tokenizer = tokenizer
  }

  /// Writes the folder, whole or not at all.
  ///
  /// - Parameters:
  ///   - store: that has what the plan computes.
  ///   - path: of a folder that is not there yet, or is empty.
  /// - Returns: names of the files.
  package func write(from store: Store, to path: String) throws(ExportRefusal) -> [String] {
    guard case .training(let record) = store.entry(training.fingerprint).entry?.payload,
      case .tokenizer(let tokenizer) = store.entry(tokenizer.fingerprint).entry?.payload
    else { throw .notComputed(training.id.description) }
    let files: [PretrainedFile]
    do {
      files = try PretrainedFolder.files(
        BertModel(bert), record.parameters, labels: plan.facts.classes, problemType: problemType,
        tokenizer: tokenizer.tokenizer)
    } catch {
      throw .unwritable(path, "\(error)")
    }
    try put(files, at: path)
    return files.map(\.name)
  }

  /// Whether the weights need not be computed first.
  package func isReady(in store: Store) -> Bool {
    store.entry(training.fingerprint).entry != nil
      && store.entry(tokenizer.fingerprint).entry != nil
  }

  private var problemType: PretrainedConfig.ProblemType? {
    switch bert.spec.head {
    case .regression: .regression
    case .classifier(let head): head.problemType == .multiLabel ? .multiLabel : .singleLabel
    case nil: nil
    }
  }

  private func put(_ files: [PretrainedFile], at path: String) throws(ExportRefusal) {
    let staging = "\(path).\(Leftover.newName()).tmp"
    do throws(WriteFailure) {
      for file in files { try AtomicFile.write(file.bytes, to: "\(staging)/\(file.name)") }
    } catch {
      FileTree.remove(staging)
      throw .unwritable(error.path, error.reason)
    }
    // An empty folder gives way; anything else stays.
    guard rename(staging, path) == 0 else {
      let code = errno
      FileTree.remove(staging)
      if [EEXIST, ENOTEMPTY, ENOTDIR].contains(code) { throw .occupied(path) }
      throw .unwritable(path, String(cString: strerror(code)))
    }
  }
}

/// Why weights were not exported.
package enum ExportRefusal: Error, Sendable {
  case noTraining(String)
  case noRepeat(Int, of: Int)
  case layers(String)
  case notComputed(String)
  case occupied(String)
  case unwritable(String, String)

  /// The rule, as a sentence.
  package var message: String {
    switch self {
    case .noTraining(let block): "`\(block)` does not train, so it has no weights"
    case .noRepeat(let number, let count):
      "there is no repeat \(number): the block trains \(count == 1 ? "once" : "\(count) times")"
    case .layers(let block):
      "`\(block)` trains layers; a Hugging Face folder is written of a BERT"
    case .notComputed(let step): "`\(step)` could not be computed, so there are no weights"
    case .occupied(let path): "`\(path)` is there already; name a folder that is new or empty"
    case .unwritable(let path, let reason): "`\(path)` cannot be written: \(reason)"
    }
  }
}
