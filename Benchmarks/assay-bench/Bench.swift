internal import Learning
internal import Tensors

/// Runs one request after the other; keeps data sets and operands between them.
struct Bench {
  private var machines: Machines
  private var data: [TrainingData.Name: PreparedData] = [:]
  /// Operands of the last product and the last function, which rounds ask for again and again.
  private var product: ProductBenchmark?
  private var function: FunctionBenchmark?
  private var tokenizer: TokenizerBenchmark?

  init(machines: Machines) {
    self.machines = machines
  }

  mutating func answer(_ line: String, in conversation: inout Conversation) {
    guard let request = Request(line) else {
      conversation.refuse("no such request: \(line)")
      return
    }
    switch request {
    case .instructionSets:
      conversation.answer(InstructionSet.available.map(\.rawValue).joined(separator: " "))
    case .matmul(let layout, let m, let k, let n, let timing):
      let compute = machines[timing.threads]
      if product?.isOf(layout, m: m, k: k, n: n) != true {
        product = ProductBenchmark(layout, m: m, k: k, n: n, compute: compute)
      }
      let seconds = product?.seconds(compute, milliseconds: timing.milliseconds)
      conversation.answer("\(seconds ?? .nan)")
    case .map(let name, let range, let timing):
      if function?.isOf(name, range) != true {
        function = FunctionBenchmark(name, range)
      }
      let seconds = function?.seconds(
        machines[timing.threads], milliseconds: timing.milliseconds)
      conversation.answer("\(seconds ?? .nan)")
    case .train(let training):
      do {
        let benchmark = TrainingBenchmark(
          training, data: try prepared(training.data), compute: machines[training.threads])
        try benchmark.run(line, in: &conversation)
      } catch {
        conversation.refuse("\(error)")
      }
    case .bert(let request):
      do {
        let benchmark = try BertBenchmark(request, compute: machines[request.threads])
        benchmark.run(line, in: &conversation)
      } catch {
        conversation.refuse("\(error)")
      }
    case .export(let name, let path):
      do {
        try prepared(name).write(to: path)
        conversation.answer("0")
      } catch {
        conversation.refuse("\(error)")
      }
    case .tokenize(let request, let timing):
      do {
        let seconds = try prepared(request).seconds(milliseconds: timing.milliseconds)
        conversation.answer("\(seconds)")
      } catch {
        conversation.refuse("\(error)")
      }
    case .learn(let texts, let size, let path):
      do {
        conversation.answer("\(try TokenizerBenchmark.learn(texts, size: size, to: path))")
      } catch {
        conversation.refuse("\(error)")
      }
    case .ids(let request, let path):
      do {
        // Files of the same names may hold something else by now.
        try TokenizerBenchmark(request).write(to: path)
        conversation.answer("0")
      } catch {
        conversation.refuse("\(error)")
      }
    case .pretrained(let request):
      do {
        let numbers = try PretrainedExchange(compute: machines[nil]).answer(request)
        conversation.answer(numbers.map { "\($0)" }.joined(separator: " "))
      } catch {
        conversation.refuse("\(error)")
      }
    }
  }

  private mutating func prepared(_ request: TokenizerRequest) throws -> TokenizerBenchmark {
    if let known = tokenizer, known.isOf(request) { return known }
    let fresh = try TokenizerBenchmark(request)
    tokenizer = fresh
    return fresh
  }

  private mutating func prepared(_ name: TrainingData.Name) throws -> PreparedData {
    if let known = data[name] { return known }
    let fresh = try TrainingData.prepare(name, compute: machines[nil])
    data[name] = fresh
    return fresh
  }
}
