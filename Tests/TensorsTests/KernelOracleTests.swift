import CKernels
import Testing

/// Every fast kernel gives the bits of its scalar oracle (NUMERICS.md).
@Suite struct KernelOracleTests {
  private typealias Body = (AssayKernels, _ seed: UInt64) -> [UInt32]

  /// Runs one case on the scalar table and on another, from the same seed.
  private func expectEqual(
    _ table: KernelTable, _ name: String, seed: UInt64, _ body: Body
  ) throws {
    let oracle = try #require(KernelTable.scalar)
    let expected = body(oracle.kernels.pointee, seed)
    let found = body(table.kernels.pointee, seed)
    if expected != found {
      let index = zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      Issue.record("\(name) on \(table), seed \(seed): differs first at \(index ?? -1)")
    }
  }

  @Test(arguments: KernelTable.fast)
  func functionsOfOneNumberEqualTheirOracle(_ table: KernelTable) throws {
    for code in 0..<ASSAY_FUNCTION_COUNT.rawValue {
      for (index, length) in testLengths.enumerated() {
        for values in Values.allCases {
          try expectEqual(table, "map \(code) of \(length)", seed: UInt64(index)) { kernels, seed in
            var random = SeededGenerator(seed: seed)
            let x = Floats(length, values, &random, offset: index % 5)
            let y = Floats(length, .ordinary, &random)
            kernels.map(AssayFunction(code), length, x.start, y.start)
            kernels.map(AssayFunction(code), length, x.start, x.start)
            #expect(x.bits == y.bits, "in place differs")
            return y.bits
          }
        }
      }
    }
  }

  @Test(arguments: KernelTable.fast)
  func functionsOfOneNumberEqualTheirOracleAcrossAllExponents(_ table: KernelTable) throws {
    for code in 0..<ASSAY_FUNCTION_COUNT.rawValue {
      try expectEqual(table, "map \(code)", seed: 0) { kernels, _ in
        let x = Floats(
          stride(from: UInt32(0), to: .max - 65_521, by: 65_521).map(Float.init(bitPattern:)))
        kernels.map(AssayFunction(code), x.count, x.start, x.start)
        return x.bits
      }
    }
  }

  @Test(arguments: KernelTable.fast)
  func elementwiseKernelsEqualTheirOracle(_ table: KernelTable) throws {
    for (index, length) in testLengths.enumerated() {
      for values in Values.allCases {
        try expectEqual(table, "elementwise \(length)", seed: UInt64(index)) { kernels, seed in
          var random = SeededGenerator(seed: seed)
          let a = Floats(length, values, &random, offset: index % 4)
          let b = Floats(length, values, &random, offset: 3)
          var bits: [UInt32] = []
          for kernel in [
            kernels.add, kernels.subtract, kernels.multiply, kernels.relu_backward,
            kernels.tanh_backward, kernels.sigmoid_backward, kernels.gelu_backward,
            kernels.gelu_tanh_backward,
          ] {
            let y = Floats(length, .ordinary, &random)
            kernel(length, a.start, b.start, y.start)
            bits += y.bits
          }
          let y = a.copy()
          kernels.scale(length, 1.7, a.start, y.start)
          bits += y.bits
          kernels.add_scaled(length, -0.3, b.start, y.start)
          bits += y.bits
          kernels.fill(length, -0.0, y.start)
          return bits + y.bits
        }
      }
    }
  }

  @Test(arguments: KernelTable.fast)
  func rowKernelsEqualTheirOracle(_ table: KernelTable) throws {
    for (index, columns) in testLengths.enumerated() {
      for values in Values.allCases {
        let rows = columns > 2000 ? 2 : 5
        try expectEqual(table, "rows of \(columns)", seed: UInt64(index)) { kernels, seed in
          var random = SeededGenerator(seed: seed)
          return rowBits(kernels, rows, columns, values, &random)
        }
      }
    }
  }

  private func rowBits(
    _ kernels: AssayKernels, _ rows: Int, _ columns: Int, _ values: Values,
    _ random: inout SeededGenerator
  ) -> [UInt32] {
    let x = Floats(rows * columns, values, &random)
    let y = Floats(rows * columns, .ordinary, &random)
    let sums = Floats(rows, .ordinary, &random)
    let bias = Floats(columns, values, &random)
    var bits: [UInt32] = []
    kernels.row_sums(rows, columns, x.start, sums.start)
    bits += sums.bits
    kernels.softmax(rows, columns, x.start, y.start)
    bits += y.bits
    kernels.log_softmax(rows, columns, x.start, y.start)
    bits += y.bits
    kernels.add_row(rows, columns, x.start, bias.start, y.start)
    bits += y.bits
    kernels.column_sums(rows, columns, x.start, bias.start)
    bits += bias.bits
    if columns > 0 {
      var indices = [Int32](repeating: 0, count: rows)
      kernels.row_argmax(rows, columns, x.start, &indices)
      bits += indices.map { UInt32(bitPattern: $0) }
    }
    bits += crossEntropyBits(kernels, rows, columns, x, &random)
    bits += layerNormBits(kernels, rows, columns, x, values, &random)
    return bits
  }

  private func crossEntropyBits(
    _ kernels: AssayKernels, _ rows: Int, _ columns: Int, _ x: Floats,
    _ random: inout SeededGenerator
  ) -> [UInt32] {
    let targets = (0..<rows).map { $0 == 1 || columns == 0 ? -1 : Int32(($0 * 7) % columns) }
    let weights = Floats((0..<columns).map { _ in Float.random(in: 0.1...3, using: &random) })
    let losses = Floats(rows, .ordinary, &random)
    let gradient = Floats(rows * columns, .ordinary, &random)
    var bits: [UInt32] = []
    for smoothing: Float in [0, 0.1] {
      for weight in [nil, weights.start] {
        let off = smoothing / Float(max(1, columns))
        kernels.cross_entropy(
          rows, columns, x.start, targets, weight, 1 - smoothing, off, smoothing, 0.25,
          losses.start, gradient.start)
        bits += losses.bits + gradient.bits
      }
    }
    return bits
  }

  private func layerNormBits(
    _ kernels: AssayKernels, _ rows: Int, _ columns: Int, _ x: Floats, _ values: Values,
    _ random: inout SeededGenerator
  ) -> [UInt32] {
    let (gain, bias) = (Floats(columns, values, &random), Floats(columns, values, &random))
    let y = Floats(rows * columns, .ordinary, &random)
    let (means, scales) = (Floats(rows, .ordinary, &random), Floats(rows, .ordinary, &random))
    let g = Floats(rows * columns, values, &random)
    kernels.layer_norm(
      rows, columns, x.start, gain.start, bias.start, 1e-5, y.start, means.start, scales.start)
    var bits = y.bits + means.bits + scales.bits
    kernels.layer_norm_backward(
      rows, columns, x.start, gain.start, means.start, scales.start, g.start, y.start)
    bits += y.bits
    kernels.layer_norm_parameters(
      rows, columns, x.start, means.start, scales.start, g.start, gain.start, bias.start)
    return bits + gain.bits + bias.bits
  }

  @Test(arguments: KernelTable.fast)
  func optimiserStepsEqualTheirOracle(_ table: KernelTable) throws {
    for (index, length) in testLengths.enumerated() {
      for values in Values.allCases {
        try expectEqual(table, "update \(length)", seed: UInt64(index)) { kernels, seed in
          var random = SeededGenerator(seed: seed)
          let g = Floats(length, values, &random)
          let p = Floats(length, .ordinary, &random)
          let (m, v) = (Floats(length, .ordinary, &random), Floats(length, .ordinary, &random))
          for decay: Float in [0, 0.01] {
            for (nesterov, first): (Int32, Int32) in [(0, 1), (0, 0), (1, 0)] {
              let step = AssaySGD(
                rate: 0.1, momentum: 0.9, one_minus_dampening: 0.8, weight_decay: decay,
                nesterov: nesterov, first: first)
              kernels.sgd(length, step, g.start, nil, p.start)
              kernels.sgd(length, step, g.start, m.start, p.start)
            }
            kernels.adam(
              length,
              AssayAdam(
                one_minus_beta1: 0.1, beta2: 0.999, one_minus_beta2: 0.001, rate: 0.01,
                root_scale: 3, epsilon: 1e-8, weight_decay: decay, decay: 1 - decay),
              g.start, m.start, v.start, p.start)
            let rms = AssayRMSprop(
              rate: 0.01, alpha: 0.9, one_minus_alpha: 0.1, epsilon: 1e-8, momentum: 0.5,
              weight_decay: decay)
            kernels.rmsprop(length, rms, g.start, v.start, nil, nil, p.start)
            kernels.rmsprop(length, rms, g.start, v.start, m.start, m.start, p.start)
            kernels.adagrad(length, 0.01, 1e-10, decay, g.start, v.start, p.start)
          }
          return p.bits + m.bits + v.bits
        }
      }
    }
  }

  @Test(arguments: KernelTable.fast)
  func randomKernelsEqualTheirOracle(_ table: KernelTable) throws {
    for (index, length) in testLengths.enumerated() {
      for first: UInt64 in [0, 1, 15, 16, 63, 64, 1_000_003, (1 << 34) - 20_000] {
        try expectEqual(table, "random \(length) at \(first)", seed: UInt64(index)) {
          kernels, seed in
          var random = SeededGenerator(seed: seed)
          let source = AssayRandom(
            key0: random.next(), key1: random.next(), site: random.next(), draw: random.next())
          var words = [UInt32](repeating: 0, count: length)
          kernels.random_words(length, first, source, &words)
          let x = Floats(length, .special, &random)
          let y = Floats(length, .ordinary, &random)
          kernels.random_uniform(length, first, source, -0.7, 1.9, y.start)
          words += y.bits
          kernels.random_normal(length, first, source, 0.1, 2, y.start)
          words += y.bits
          for threshold: UInt64 in [0, 1 << 31, 0xffff_ffff, 1 << 32] {
            kernels.dropout(length, first, source, threshold, 1.25, x.start, y.start)
            words += y.bits
          }
          return words
        }
      }
    }
  }

  @Test(arguments: KernelTable.fast)
  func doubleSumsEqualTheirOracle(_ table: KernelTable) throws {
    for (index, length) in testLengths.enumerated() {
      try expectEqual(table, "sums of \(length)", seed: UInt64(index)) { kernels, seed in
        var random = SeededGenerator(seed: seed)
        let x = Floats(length, .finite, &random)
        let a = (0..<length).map { _ in Double.random(in: -1...1, using: &random) }
        let b = (0..<length).map { _ in Double.random(in: -1...1, using: &random) }
        return [
          kernels.sum_of_squares(length, x.start), kernels.sum_f64(length, a),
          kernels.dot_f64(length, a, b),
        ].flatMap { [UInt32(truncatingIfNeeded: $0.bitPattern), UInt32($0.bitPattern >> 32)] }
      }
    }
  }

  @Test(arguments: KernelTable.fast)
  func productsEqualTheirOracle(_ table: KernelTable) throws {
    let sizes = [
      (0, 3, 2), (3, 0, 2), (2, 3, 0), (1, 1, 1), (6, 16, 5), (14, 32, 1), (15, 33, 17),
      (13, 31, 320), (29, 65, 321), (1, 500, 7), (230, 3, 9), (64, 481, 70), (100, 100, 700),
    ]
    for (m, n, k) in sizes { try compareProduct(table, m, n, k, .finite, seed: UInt64(m)) }
    for (m, n, k) in sizes.prefix(9) { try compareProduct(table, m, n, k, .special, seed: 1) }
  }

  @Test(arguments: KernelTable.fast)
  func productsOfRandomSizesEqualTheirOracle(_ table: KernelTable) throws {
    var random = SeededGenerator(seed: 20)
    for seed in 0..<400 {
      let side = { (random: inout SeededGenerator) in
        Int.random(in: 1...(Bool.random(using: &random) ? 80 : 12), using: &random)
      }
      try compareProduct(
        table, side(&random), side(&random), side(&random), .ordinary, seed: UInt64(seed))
    }
  }

  private func compareProduct(
    _ table: KernelTable, _ m: Int, _ n: Int, _ k: Int, _ values: Values, seed: UInt64
  ) throws {
    for layout in [ASSAY_NN, ASSAY_NT, ASSAY_TN] {
      try expectEqual(table, "product \(m)×\(n)×\(k) \(layout)", seed: seed) { kernels, seed in
        var random = SeededGenerator(seed: seed)
        // Rows may be further apart than they are long.
        let gap = Int(seed % 3)
        let lda = (layout == ASSAY_TN ? m : k) + gap
        let ldb = (layout == ASSAY_NT ? k : n) + gap
        let a = Floats((layout == ASSAY_TN ? k : m) * lda, values, &random)
        let b = Floats((layout == ASSAY_NT ? n : k) * ldb, values, &random)
        let c = Floats(m * (n + gap), .ordinary, &random)
        let workspace = UnsafeMutablePointer<Float>.allocate(capacity: assay_matmul_workspace())
        defer { workspace.deallocate() }
        kernels.matmul(
          layout, m, n, k, a.start, lda, b.start, ldb, c.start, n + gap, workspace)
        return c.bits
      }
    }
  }

  @Test func productsOfTheOracleAreOneAscendingChain() throws {
    let oracle = try #require(KernelTable.scalar).kernels.pointee
    var random = SeededGenerator(seed: 3)
    let (m, n, k) = (5, 4, 37)
    let a = Floats(m * k, .finite, &random)
    let b = Floats(k * n, .finite, &random)
    let c = Floats(m * n, .finite, &random)
    let workspace = UnsafeMutablePointer<Float>.allocate(capacity: 1)
    defer { workspace.deallocate() }
    oracle.matmul(ASSAY_NN, m, n, k, a.start, k, b.start, n, c.start, n, workspace)
    for i in 0..<m {
      for j in 0..<n {
        var sum: Float = 0
        for p in 0..<k { sum = sum.addingProduct(a.start[i * k + p], b.start[p * n + j]) }
        #expect(c.start[i * n + j].bitPattern == (sum + 0).bitPattern)
      }
    }
  }
}

extension SeededGenerator {
  fileprivate mutating func next() -> UInt32 { UInt32(truncatingIfNeeded: next() as UInt64) }
}
