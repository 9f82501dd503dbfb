import Tensors
import Testing

@Suite struct ThreadTests {
  private let stream = RandomStream(key: RandomKey(seed: 1, repeatIndex: 0), purpose: "test")

  @Test(arguments: [1, 2, 3, 7, 64])
  func resultsDoNotDependOnTheNumberOfThreads(_ count: Int) {
    let one = Compute()
    let many = Compute(threads: ThreadPool(count: count))
    let a = one.normal(Shape(130, 257), stream: stream)
    let b = one.normal(Shape(257, 310), stream: stream, draw: 1)
    let c = one.normal(Shape(310, 257), stream: stream, draw: 2)
    let d = one.normal(Shape(130, 310), stream: stream, draw: 3)
    #expect(many.matmul(a, b).hasSameBits(as: one.matmul(a, b)))
    #expect(many.matmul(a, c, layout: .nt).hasSameBits(as: one.matmul(a, c, layout: .nt)))
    #expect(many.matmul(a, d, layout: .tn).hasSameBits(as: one.matmul(a, d, layout: .tn)))
    #expect(many.map(.gelu, b).hasSameBits(as: one.map(.gelu, b)))
    #expect(many.softmax(b).hasSameBits(as: one.softmax(b)))
    #expect(many.add(c, c).hasSameBits(as: one.add(c, c)))
  }

  /// Products that are cut by columns, so that each thread has its own part of the bias.
  @Test(arguments: [2, 3, 7, 64])
  func aRectifiedLayerDoesNotDependOnTheNumberOfThreads(_ count: Int) {
    func run(_ compute: Compute, _ inputs: Int, _ outputs: Int) -> [UInt32] {
      let x = Compute().normal(Shape(64, inputs), stream: stream)
      let g = Compute().normal(Shape(64, outputs), stream: stream, draw: 1)
      let weight = Parameter(
        name: "w", value: Compute().normal(Shape(outputs, inputs), stream: stream, draw: 2))
      let bias = Parameter(
        name: "b", value: Compute().normal(.vector(outputs), stream: stream, draw: 3))
      let tape = Tape(compute: compute)
      tape.start(samples: 64, mode: .training(draws: [], grain: 64))
      let y = tape.linear(tape.variable(x), weight: weight, bias: bias, rectified: true)
      tape.backward(from: y, gradient: g)
      let tensors = [tape.value(of: y), weight.gradient(compute), bias.gradient(compute)]
      return tensors.flatMap { $0.values.map(\.bitPattern) }
    }
    let many = Compute(threads: ThreadPool(count: count))
    for (inputs, outputs) in [(784, 256), (40, 2200)] {
      #expect(run(many, inputs, outputs) == run(Compute(), inputs, outputs))
    }
  }

  /// Products of a small BERT's layers and of their gradients, most of them wider or taller than square.
  @Test(arguments: [2, 8, 16])
  func everyCutOfAProductGivesTheSameBits(_ count: Int) {
    let many = Compute(threads: ThreadPool(count: count))
    for (m, k, n) in [(33, 2048, 128), (128, 1024, 130), (1025, 64, 97), (96, 700, 2049)] {
      for layout in MatrixLayout.allCases {
        let a = Compute().normal(layout == .tn ? Shape(k, m) : Shape(m, k), stream: stream)
        let b = Compute().normal(layout == .nt ? Shape(n, k) : Shape(k, n), stream: stream, draw: 1)
        #expect(
          many.matmul(a, b, layout: layout).hasSameBits(as: Compute().matmul(a, b, layout: layout)),
          "\(m) x \(k) x \(n), \(layout)")
      }
    }
  }

  @Test func theCutOfAProductCoversEveryElementOnce() {
    for (m, n) in [(1, 1), (1, 5000), (31, 33), (128, 128), (1000, 65), (2048, 130)] {
      for threads in [1, 2, 3, 7, 16, 250] {
        let cut = ProductCut(m: m, n: n, k: 64, threads: threads, least: 1 << 10)
        #expect((1...threads).contains(cut.parts))
        var seen = [UInt8](repeating: 0, count: m * n)
        for part in 0..<cut.parts {
          let (rows, columns) = cut[part]
          #expect(!rows.isEmpty && !columns.isEmpty)
          for row in rows { for column in columns { seen[row * n + column] += 1 } }
        }
        #expect(seen.allSatisfy { $0 == 1 }, "\(m) x \(n) for \(threads)")
      }
    }
    // Sides that are no whole number of tiles are halved, too.
    for (m, n) in [(388, 36), (36, 388), (160, 40), (40, 160)] {
      let cut = ProductCut(m: m, n: n, k: 512, threads: 2, least: 1 << 18)
      let sizes = (0..<cut.parts).map { cut[$0].rows.count * cut[$0].columns.count }
      #expect(Double(sizes.max() ?? 0) <= 0.61 * Double(m * n), "\(m) x \(n): \(sizes)")
    }
    // Nobody is called for less than it costs to call.
    #expect(ProductCut(m: 64, n: 64, k: 64, threads: 16, least: 1 << 18).parts == 1)
    #expect(ProductCut(m: 128, n: 128, k: 2048, threads: 16, least: 1 << 18).parts == 16)
  }

  @Test func aPoolDoesAnyNumberOfParts() {
    let pool = ThreadPool(count: 3)
    let limit = 1 << 20
    for parts in [1, 2, limit - 1, limit, limit + 1, 2 * limit + 5] {
      let seen = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: parts)
      defer { seen.deallocate() }
      seen.initialize(repeating: 0)
      nonisolated(unsafe) let cells = seen
      pool.run(parts) { cells[$0] += 1 }
      #expect(seen.allSatisfy { $0 == 1 }, "\(parts) parts")
    }
  }

  @Test func splitCoversEveryIndexOnce() {
    for count in [1, 2, 5] {
      let pool = ThreadPool(count: count)
      for total in [0, 1, 7, 100, 1001] {
        for grain in [1, 16, 2000] {
          var seen = [Int32](repeating: 0, count: total)
          seen.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let cells = buffer
            pool.split(total, grain: grain) { range in
              for index in range { cells[index] += 1 }
            }
          }
          #expect(seen.allSatisfy { $0 == 1 })
        }
      }
    }
  }

  @Test func workInsideWorkAndConcurrentUseDoNotDeadlock() async {
    let compute = Compute(threads: ThreadPool(count: 3))
    let a = compute.normal(Shape(200, 200), stream: stream)
    let expected = Compute().matmul(a, a)
    compute.threads.run(6) { _ in
      #expect(compute.matmul(a, a).hasSameBits(as: expected))
    }
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<20).allSatisfy { _ in compute.matmul(a, a).hasSameBits(as: expected) }
        }
      }
      for await same in group { #expect(same) }
    }
  }

  @Test func poolsComeAndGo() {
    for _ in 0..<50 {
      let pool = ThreadPool(count: 4)
      nonisolated(unsafe) var total = [Int](repeating: 0, count: 4)
      total.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let cells = buffer
        pool.run(4) { cells[$0] = $0 + 1 }
      }
      #expect(total == [1, 2, 3, 4])
    }
  }
}
