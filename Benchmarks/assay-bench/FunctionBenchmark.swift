internal import Tensors

/// Evenly scattered arguments, the same ones in every worker.
struct ArgumentRange: Hashable {
  let low: Double
  let high: Double
  let count: Int

  /// Argument `i` is low + (high − low)·u, u the fraction of i·2654435761/2³².
  var arguments: [Float] {
    (0..<count).map { index in
      let u = Double(UInt32(truncatingIfNeeded: index) &* 2_654_435_761) * 0x1p-32
      return Float(low + (high - low) * u)
    }
  }
}

/// A function of many numbers.
struct FunctionBenchmark {
  private let function: ElementFunction
  private let range: ArgumentRange
  private let x: Tensor

  init(_ function: ElementFunction, _ range: ArgumentRange) {
    self.function = function
    self.range = range
    x = Tensor(range.arguments)
  }

  func isOf(_ function: ElementFunction, _ range: ArgumentRange) -> Bool {
    self.function == function && self.range == range
  }

  /// Seconds for all arguments once.
  func seconds(_ compute: Compute, milliseconds: Int) -> Double {
    Stopwatch().seconds(milliseconds: milliseconds) { _ = compute.map(function, x) }
  }
}
