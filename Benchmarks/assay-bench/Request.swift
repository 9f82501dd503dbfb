internal import Learning
internal import Tensors

/// What a line asks for.
///
///     instruction-sets
///     matmul nn|nt|tn M K N [threads=…] [milliseconds=…]
///     map FUNCTION COUNT low=… high=… [threads=…] [milliseconds=…]
///     train 784-256-10 batch=… optimizer=sgd|adam samples=… [shuffle=0] [threads=…]
///     export 784-256-10 samples=… path=…
///     tokenize vocab=… texts=… [lowercase=0] [strip=0|1] [chinese=0] [pairs=1] [length=…]
///     ids path=… and what tokenize has
///     learn texts=… size=… path=…
///     bert pretrain|classify tiny|small|base [steps=…] [threads=…]
///     pretrained write class=BertFor… [size=base] path=FOLDER
///     pretrained copy path=FOLDER to=FOLDER
///     pretrained answer path=FOLDER output=hidden|masked|next|classifier ids=…,…/… types=…
///     safetensors path=… [touch=1] [milliseconds=…]
enum Request {
  /// Names of the instruction sets of this CPU, the slowest first.
  case instructionSets
  /// Seconds a product; `[m, k] · [k, n]`.
  case matmul(MatrixLayout, m: Int, k: Int, n: Int, timing: Timing)
  /// Seconds a pass over `count` arguments.
  case map(ElementFunction, ArgumentRange, timing: Timing)
  /// Seconds an epoch and the loss of its last batch, again for every repetition of the line.
  case train(TrainingRequest)
  /// Seconds a step of a BERT's training, the last step's loss, and the process's peak of memory in
  /// MB; again for every repetition of the line.
  case bert(BertRequest)
  /// Writes the data of such a training to a file.
  case export(TrainingData.Name, path: String)
  /// Folders of Hugging Face's, and files of tensors.
  case pretrained(PretrainedRequest)

  /// Seconds for all texts of a file.
  case tokenize(TokenizerRequest, timing: Timing)
  /// Writes the ids of the texts to a file.
  case ids(TokenizerRequest, path: String)

  /// Learns a vocabulary from the texts of a file and writes it to another; seconds.
  case learn(texts: String, size: Int, path: String)

  /// How often a thing is done and by how many threads.
  struct Timing {
    /// nil: the worker's number.
    let threads: Int?
    /// Repeated for at least so long; default 30.
    let milliseconds: Int
  }

  /// Nil for a line that is none of these.
  init?(_ line: String) {
    let words = line.split(separator: " ").map(String.init)
    let plain = words.filter { !$0.contains("=") }
    let options = Options(words.filter { $0.contains("=") })
    let timing = Timing(
      threads: options.integer("threads"), milliseconds: options.integer("milliseconds") ?? 30)
    switch (plain.first, plain.count) {
    case ("instruction-sets", 1):
      self = .instructionSets
    case ("matmul", 5):
      let sizes = plain[2...].compactMap { Int($0) }.filter { (1...65_536).contains($0) }
      guard sizes.count == 3, let layout = MatrixLayout(named: plain[1]) else { return nil }
      self = .matmul(layout, m: sizes[0], k: sizes[1], n: sizes[2], timing: timing)
    case ("map", 3):
      guard let function = ElementFunction(named: plain[1]),
        let count = Int(plain[2]), (1...1 << 30).contains(count),
        let low = options.number("low"), let high = options.number("high"), low < high
      else { return nil }
      self = .map(
        function, ArgumentRange(low: low, high: high, count: count), timing: timing)
    case ("train", 2):
      guard let training = TrainingRequest(widths: plain[1], options) else { return nil }
      self = .train(training)
    case ("bert", 3):
      guard let bert = BertRequest(plain[1], size: plain[2], options) else { return nil }
      self = .bert(bert)
    case ("export", 2):
      guard let data = TrainingData.Name(widths: plain[1], options),
        let path = options["path"]
      else { return nil }
      self = .export(data, path: path)
    case ("tokenize", 1):
      guard let tokenizer = TokenizerRequest(options) else { return nil }
      self = .tokenize(tokenizer, timing: timing)
    case ("ids", 1):
      guard let tokenizer = TokenizerRequest(options), let path = options["path"]
      else { return nil }
      self = .ids(tokenizer, path: path)
    case ("learn", 1):
      guard let texts = options["texts"], let size = options.integer("size"),
        let path = options["path"]
      else { return nil }
      self = .learn(texts: texts, size: size, path: path)
    case ("pretrained", 2), ("safetensors", 1):
      guard let request = PretrainedRequest(plain, options) else { return nil }
      self = .pretrained(request)
    default: return nil
    }
  }
}

/// The `name=value` words of a request.
struct Options {
  private var values: [String: String] = [:]

  init(_ words: [String]) {
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[String(parts[0])] = String(parts[1])
    }
  }

  subscript(name: String) -> String? { values[name] }

  /// A number of things: at least 1, at most a million million.
  func integer(_ name: String) -> Int? {
    values[name].flatMap { Int($0) }.flatMap { (1...1_000_000_000_000).contains($0) ? $0 : nil }
  }

  func number(_ name: String) -> Double? { values[name].flatMap { Double($0) } }
}

extension MatrixLayout {
  init?(named name: String) {
    guard let layout = MatrixLayout.allCases.first(where: { "\($0)" == name }) else { return nil }
    self = layout
  }
}

extension ElementFunction {
  init?(named name: String) {
    guard let function = ElementFunction.allCases.first(where: { "\($0)" == name })
    else { return nil }
    self = function
  }
}
