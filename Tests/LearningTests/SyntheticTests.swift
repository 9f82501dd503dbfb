import Learning
import Tensors
import Testing

@Suite struct SyntheticTests {
  @Test("a drawing does not depend on how many there are, nor on threads or instructions")
  func stability() throws {
    let reference = try Glyphs(samples: 40).dataset(key: .test, compute: Compute())
    for isa in InstructionSet.available {
      for threads in 1...3 {
        let compute = Compute(instructionSet: isa, threads: ThreadPool(count: threads))
        let more = try Glyphs(samples: 60).dataset(key: .test, compute: compute)
        let isSame = more.features.starts(with: reference.features)
        #expect(isSame, "\(isa) \(threads)")
      }
    }
    #expect(reference.features.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(reference.featureCount == 784)
    #expect(reference.targets.classNames == (0..<10).map(String.init))
    let other = try Glyphs(samples: 40).dataset(
      key: RandomKey(seed: 12, repeatIndex: 0), compute: Compute())
    #expect(other.features != reference.features)
  }

  @Test("without noise and distortion all drawings of a digit are alike up to ink")
  func plain() throws {
    let plain = try Glyphs(samples: 20, noise: 0, distortion: 0)
      .dataset(key: .test, compute: Compute())
    for digit in 0..<10 {
      let a = plain.features[digit * 784..<(digit + 1) * 784].map { $0 > 0 }
      let b = plain.features[(digit + 10) * 784..<(digit + 11) * 784].map { $0 > 0 }
      let isSame = a == b
      let inked = a.count { $0 }
      #expect(isSame && inked > 30, "digit \(digit): \(inked) pixels with ink")
    }
  }

  @Test("friedman1 without noise is its formula; outliers touch training rows only")
  func friedman() throws {
    let source = Friedman1(samples: 200, features: 6, noise: 0, outliers: 0.1)
    let data = try source.dataset(key: .test)
    guard case .values(let clean, _) = data.targets else { return }
    let x = Array(data.features[0..<6])
    // sin(πt) for t = x₀x₁ by its series.
    let t = x[0] * x[1] * Double.pi
    var (term, sine) = (t, t)
    for k in 1...12 {
      term *= -t * t / Double((2 * k) * (2 * k + 1))
      sine += term
    }
    let centred: Double = x[2] - 0.5
    let expected: Double = 10 * sine + 20 * centred * centred + 10 * x[3] + 5 * x[4]
    #expect(abs(clean[0] - expected) < 1e-9)
    let partition = try Partition(
      splitting: data, shares: Partition.Shares(train: 0.5, test: 0.5), key: .test)
    let dirty = source.contaminated(data, by: partition, key: .test)
    guard case .values(let values, _) = dirty.targets else { return }
    let changed = clean.indices.filter { clean[$0] != values[$0] }
    #expect(changed.count == 10)
    #expect(Set(changed).isSubset(of: partition.train))
  }

  @Test("values that make no data are refused")
  func ranges() {
    #expect(throws: DatasetError.self) {
      try Glyphs(samples: 0).dataset(key: .test, compute: Compute())
    }
    #expect(throws: DatasetError.self) {
      try Glyphs(noise: .nan).dataset(key: .test, compute: Compute())
    }
    #expect(throws: DatasetError.self) {
      try Friedman1(features: 4).dataset(key: .test)
    }
    #expect(throws: DatasetError.self) {
      try Friedman1(samples: .max).dataset(key: .test)
    }
  }
}

#if !DEBUG
  /// Trains two models on the default drawings; slow without optimisation.
  @Suite struct GlyphDifficultyTests {
    private static func accuracy(_ layers: [Layer], _ data: PreparedData) throws -> Double {
      let settings = TrainingSettings(
        loss: .crossEntropy(Loss.CrossEntropy()),
        optimizer: .adam(Optimizer.Adam(rate: 0.001, weightDecay: 0)), length: .epochs(10),
        batchSize: 64)
      let compute = Compute(threads: ThreadPool())
      let trainer = try Trainer(
        model: Sequential(layers, inputs: 784), settings: settings, data: data, key: .test,
        compute: compute)
      let test = try #require(data.test)
      let parameters = try trainer.train().parameters
      return try #require(trainer.evaluate(parameters, on: test).value(of: .accuracy))
    }

    @Test("4000 drawings keep a linear model under 95 % and let a hidden layer do much better")
    func difficulty() throws {
      let dataset = try Glyphs().dataset(key: .test, compute: Compute(threads: ThreadPool()))
      let partition = try Partition(
        splitting: dataset,
        shares: Partition.Shares(train: 0.6, validation: 0.2, test: 0.2), key: .test)
      let data = try PreparedData(dataset, partition: partition, standardize: true)
      let linear = try Self.accuracy([.linear(Linear(outputs: 10))], data)
      let hidden = try Self.accuracy(
        [.linear(Linear(outputs: 256)), .relu, .linear(Linear(outputs: 10))], data)
      #expect(linear < 0.92, "linear: \(linear)")
      #expect(hidden > linear + 0.05 && hidden < 1, "hidden: \(hidden), linear: \(linear)")
    }
  }
#endif
