import Tensors
import Testing

@Suite struct TensorTests {
  @Test(arguments: MatrixLayout.allCases)
  func aBatchOfProductsIsEachProductAlone(_ layout: MatrixLayout) {
    let stream = RandomStream(key: RandomKey(seed: 5, repeatIndex: 0), purpose: "batch")
    let (m, n, k) = (7, 33, 20)
    for threads in [1, 3] {
      let compute = Compute(threads: ThreadPool(count: threads))
      let left = layout == .tn ? Shape(2, 3, k, m) : Shape(2, 3, m, k)
      let right = layout == .nt ? Shape(2, 3, n, k) : Shape(2, 3, k, n)
      let a = compute.normal(left, stream: stream)
      let b = compute.normal(right, stream: stream, draw: 1)
      let c = compute.batchedMatmul(a, b, layout: layout)
      #expect(c.shape == Shape(2, 3, m, n))
      for index in 0..<6 {
        func matrix(_ x: Tensor, _ size: (rows: Int, columns: Int)) -> Tensor {
          let count = size.rows * size.columns
          return Tensor(
            Array(x.values[index * count..<(index + 1) * count]),
            shape: .matrix(size.rows, size.columns))
        }
        let alone = compute.matmul(
          matrix(a, left.matrix), matrix(b, right.matrix), layout: layout)
        #expect(matrix(c, (m, n)).hasSameBits(as: alone))
      }
    }
  }

  @Test func gatheredRowsAreTheRows() {
    let x = Tensor((0..<5000).map(Float.init), shape: Shape(50, 100))
    let rows = (0..<300).map { $0 * 7 % 50 }
    for threads in [1, 4] {
      let compute = Compute(threads: ThreadPool(count: threads))
      let found = compute.gatherRows(x, rows[10..<290])
      #expect(found.hasSameBits(as: x.gatheringRows(rows[10..<290])))
    }
    #expect(Compute().gatherRows(x, rows[0..<0]).shape == Shape(0, 100))
  }

  @Test func theSumOfSquaresIsTheSameForAnyNumberOfThreads() {
    let stream = RandomStream(key: RandomKey(seed: 6, repeatIndex: 0), purpose: "sum")
    for count in [65_535, 65_536, 65_537, 200_704, 301_000] {
      let x = Compute().normal(.vector(count), stream: stream)
      let sum = Compute(instructionSet: .scalar).sumOfSquares(x)
      for threads in [1, 2, 5] {
        let compute = Compute(threads: ThreadPool(count: threads))
        #expect(compute.sumOfSquares(x) == sum)
      }
    }
  }

  @Test func shapesCountRowsAndColumns() {
    #expect(Shape().count == 1 && Shape().rows == 1 && Shape().columns == 1)
    #expect(Shape(5).rows == 1 && Shape(5).columns == 5)
    #expect(Shape(2, 3, 4).rows == 6 && Shape(2, 3, 4).columns == 4 && Shape(2, 3, 4).count == 24)
    #expect(Shape(2, 0).count == 0)
    #expect(Shape(2, 3).description == "[2, 3]" && Shape([2, 3]) == .matrix(2, 3))
  }

  @Test func writingACopyLeavesTheOriginal() {
    let original = Tensor([1, 2, 3])
    var copy = original
    copy[1] = 9
    #expect(original.values == [1, 2, 3] && copy.values == [1, 9, 3])
  }

  @Test func emptyTensorsWork() {
    let compute = Compute()
    let empty = Tensor(zeros: Shape(0, 5))
    #expect(compute.map(.exp, empty).count == 0 && compute.sumOfSquares(empty) == 0)
    #expect(compute.softmax(empty).count == 0 && compute.argmaxRows(empty).isEmpty)
    #expect(compute.columnSums(empty).values == [0, 0, 0, 0, 0])
    #expect(
      compute.matmul(Tensor(zeros: Shape(2, 0)), empty).values == [Float](repeating: 0, count: 10))
  }

  @Test func rowsAreGathered() {
    let x = Tensor([0, 1, 2, 3, 4, 5], shape: Shape(3, 2))
    #expect(x.gatheringRows([2, 0, 2]).values == [4, 5, 0, 1, 4, 5])
    #expect(x.gatheringRows([]).shape == Shape(0, 2))
  }

  @Test func largestElementOfARowIsTheFirstOne() {
    let x = Tensor(
      [1, 3, 3, .nan, 5, -1, -.infinity, -.infinity, .nan, .nan, .nan, .nan], shape: Shape(3, 4))
    #expect(Compute().argmaxRows(x) == [1, 0, 0])
  }

  @Test func sumOfSquaresSeesEveryNonFiniteElement() {
    for value in [Float.nan, .infinity, -.infinity] {
      for place in [0, 17, 4096, 9999] {
        var x = Tensor(repeating: .greatestFiniteMagnitude, shape: .vector(10_000))
        #expect(Compute().sumOfSquares(x).isFinite)
        x[place] = value
        #expect(!Compute().sumOfSquares(x).isFinite)
      }
    }
  }

  @Test func instructionSetsAreChosenByName() {
    #expect(InstructionSet.named(nil) == .success(.best))
    #expect(InstructionSet.named("") == .success(.best))
    #expect(InstructionSet.named("scalar") == .success(.scalar))
    #expect(InstructionSet.named("sse") == .failure(.unknown("sse")))
    #expect(InstructionSet.available.contains(.scalar))
    #expect(InstructionSet.best == InstructionSet.available.last)
    #if arch(x86_64)
      #expect(InstructionSet.named("neon") == .failure(.unavailable(.neon)))
    #else
      #expect(InstructionSet.named("avx2") == .failure(.unavailable(.avx2)))
    #endif
  }

  @Test func notANumberIsCanonical() {
    #expect(Float(bitPattern: 0xffc1_2345).canonical.bitPattern == 0x7fc0_0000)
    #expect((-Double.nan).canonical.bitPattern == 0x7ff8_0000_0000_0000)
    #expect(Float(1.5).canonical == 1.5 && numericsVersion == 1)
  }

  @Test func indexTreeSplitsAtTheLargestPowerOfTwoBelow() {
    func tree(_ range: Range<Int>) -> String {
      if range.count == 1 { return "\(range.lowerBound)" }
      var left = 1
      while left * 2 < range.count { left *= 2 }
      let middle = range.lowerBound + left
      return "(" + tree(range.lowerBound..<middle) + tree(middle..<range.upperBound) + ")"
    }
    #expect(IndexTree.reduce([String]()) { $0 + $1 } == nil)
    for count in 1...40 {
      let joined = IndexTree.reduce((0..<count).map { "\($0)" }) { "(" + $0 + $1 + ")" }
      #expect(joined == tree(0..<count))
    }
  }

  @Test func statisticsFollowTheLanes() {
    #expect(Statistics.sum([Double]()) == 0 && Statistics.mean([Double]()).isNaN)
    #expect(Statistics.mean([1.0, 2, 6]) == 3 && Statistics.variance([1.0, 2, 6]) == 7)
    #expect(Statistics.standardDeviation([1.0]).isNaN && Statistics.halfWidth([1.0]).isNaN)
    #expect(Statistics.variance([1.0, 3], correction: 0) == 1)
    // t(0.975, 2) = 4.302652729749462; s/√n = 1/√3.
    let width = Statistics.halfWidth([1.0, 2, 3])
    #expect(abs(width - 4.302652729749462 / 3.0.squareRoot()) < 1e-14)
    var random = SeededGenerator(seed: 4)
    let values = (0..<9001).map { _ in Double.random(in: -1...1, using: &random) }
    var chunks: [Double] = []
    for start in stride(from: 0, to: values.count, by: 4096) {
      var lanes = [Double](repeating: 0, count: 16)
      for (index, value) in values[start..<min(values.count, start + 4096)].enumerated() {
        lanes[index % 16] += value
      }
      for width in [8, 4, 2, 1] { for lane in 0..<width { lanes[lane] += lanes[lane + width] } }
      chunks.append(lanes[0] + 0)
    }
    #expect(Statistics.sum(values) == IndexTree.reduce(chunks) { $0 + $1 })
  }
}
