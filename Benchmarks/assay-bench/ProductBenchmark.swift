internal import Tensors

/// Products of two fixed random matrices.
struct ProductBenchmark {
  private let layout: MatrixLayout
  private let sizes: [Int]
  private let a: Tensor
  private let b: Tensor

  /// `[m, k] · [k, n]`, stored as the layout says.
  init(_ layout: MatrixLayout, m: Int, k: Int, n: Int, compute: Compute) {
    self.layout = layout
    sizes = [m, k, n]
    let key = RandomKey(seed: 1, repeatIndex: 0)
    a = compute.normal(
      layout == .tn ? .matrix(k, m) : .matrix(m, k),
      stream: RandomStream(key: key, purpose: "bench", path: "a"))
    b = compute.normal(
      layout == .nt ? .matrix(n, k) : .matrix(k, n),
      stream: RandomStream(key: key, purpose: "bench", path: "b"))
  }

  func isOf(_ layout: MatrixLayout, m: Int, k: Int, n: Int) -> Bool {
    self.layout == layout && sizes == [m, k, n]
  }

  /// Seconds a product, its result's buffer taken from the pool and given back each time.
  func seconds(_ compute: Compute, milliseconds: Int) -> Double {
    Stopwatch().seconds(milliseconds: milliseconds) {
      _ = compute.matmul(a, b, layout: layout)
    }
  }
}
