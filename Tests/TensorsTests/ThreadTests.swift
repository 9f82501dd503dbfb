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
