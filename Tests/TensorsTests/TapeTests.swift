import Tensors
import Testing

/// Gradients of the tape against central differences of the same network in double.
@Suite struct TapeTests {
  private let key = RandomKey(seed: 3, repeatIndex: 0)

  private func parameter(_ name: String, _ shape: Shape, center: Double = 0) -> Parameter {
    let stream = RandomStream(key: key, purpose: "init", path: name)
    return Parameter(
      name: name,
      value: Compute().normal(shape, mean: center, deviation: 0.5, stream: stream))
  }

  /// A network as the tape records it and as plain double arithmetic on rows.
  struct Case: Sendable, CustomStringConvertible {
    let name: String
    let shapes: [(String, Shape)]
    let tape: @Sendable (Tape, Tape.Node, [Parameter]) -> Tape.Node
    let reference: @Sendable (_ row: [Double], _ parameters: [[Double]]) -> [Double]
    var description: String { name }
  }

  static let inputs = 5

  private static func unary(
    _ name: String, _ tape: @escaping @Sendable (Tape, Tape.Node) -> Tape.Node,
    _ reference: @escaping @Sendable (Double) -> Double
  ) -> Case {
    Case(name: name, shapes: []) { t, x, _ in
      tape(t, x)
    } reference: { row, _ in
      row.map(reference)
    }
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + DoubleMath.exp(-x)) }
  private static func tanh(_ x: Double) -> Double { 2 * sigmoid(2 * x) - 1 }

  static let cases: [Case] = [
    unary("relu", { $0.relu($1) }, { max($0, 0) }),
    unary("tanh", { $0.tanh($1) }, tanh),
    unary("sigmoid", { $0.sigmoid($1) }, sigmoid),
    unary("gelu", { $0.gelu($1) }, { $0 * 0.5 * DoubleMath.erfc(-$0 / 2.0.squareRoot()) }),
    unary(
      "gelu tanh", { $0.gelu($1, approximation: .tanh) },
      { $0 / 2 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) }),
    unary("add", { $0.add($0.tanh($1), $1) }, { tanh($0) + $0 }),
    Case(name: "linear", shapes: [("w", Shape(3, inputs)), ("b", Shape(3))]) { tape, x, p in
      tape.linear(x, weight: p[0], bias: p[1])
    } reference: { row, p in
      linear(row, p[0], p[1])
    },
    Case(name: "matmul", shapes: [("w", Shape(inputs, 4))]) { tape, x, p in
      tape.matmul(x, p[0])
    } reference: { row, p in
      (0..<4).map { j in (0..<inputs).reduce(0) { $0 + row[$1] * p[0][$1 * 4 + j] } }
    },
    Case(name: "layer norm", shapes: [("g", Shape(inputs)), ("b", Shape(inputs))]) { tape, x, p in
      tape.layerNorm(x, gain: p[0], bias: p[1], epsilon: 1e-5)
    } reference: { row, p in
      layerNorm(row, p[0], p[1])
    },
    Case(
      name: "tied network", shapes: [("w", Shape(inputs, inputs)), ("b", Shape(inputs))]
    ) { tape, x, p in
      let hidden = tape.tanh(tape.linear(x, weight: p[0], bias: p[1]))
      return tape.linear(tape.add(hidden, x), weight: p[0], bias: p[1])
    } reference: { row, p in
      let hidden = linear(row, p[0], p[1]).map(tanh)
      return linear(zip(hidden, row).map { $0 + $1 }, p[0], p[1])
    },
  ]

  private static func linear(_ row: [Double], _ w: [Double], _ b: [Double]) -> [Double] {
    b.indices.map { o in row.indices.reduce(b[o]) { $0 + row[$1] * w[o * row.count + $1] } }
  }

  private static func layerNorm(_ row: [Double], _ g: [Double], _ b: [Double]) -> [Double] {
    let n = Double(row.count)
    let mean = row.reduce(0, +) / n
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    return row.indices.map { (row[$0] - mean) / (variance + 1e-5).squareRoot() * g[$0] + b[$0] }
  }

  @Test(arguments: cases)
  func gradientsAgreeWithCentralDifferences(_ check: Case) throws {
    for instructionSet in InstructionSet.available {
      try compare(check, Compute(instructionSet: instructionSet))
    }
  }

  private func compare(_ check: Case, _ compute: Compute) throws {
    let samples = 7
    let parameters = check.shapes.map { parameter($0.0, $0.1, center: 0.3) }
    let x = compute.normal(
      Shape(samples, Self.inputs), stream: RandomStream(key: key, purpose: "input"))
    let tape = Tape(compute: compute)
    tape.start(samples: samples, mode: .training(draws: [], grain: 256))
    let input = tape.variable(x)
    let output = check.tape(tape, input, parameters)
    let value = tape.value(of: output)
    let weights = compute.normal(value.shape, stream: RandomStream(key: key, purpose: "loss"))
    tape.backward(from: output, gradient: weights)

    func loss(_ x: [Double], _ parameters: [[Double]]) -> (value: Double, outputs: [Double]) {
      let outputs = (0..<samples).flatMap {
        check.reference(Array(x[$0 * Self.inputs..<($0 + 1) * Self.inputs]), parameters)
      }
      return (zip(outputs, weights.values).reduce(0) { $0 + $1.0 * Double($1.1) }, outputs)
    }
    let xs = x.values.map(Double.init)
    let ps = parameters.map { $0.value.values.map(Double.init) }
    for (found, expected) in zip(value.values, loss(xs, ps).outputs) {
      #expect(abs(Double(found) - expected) <= 1e-6 + 1e-5 * abs(expected))
    }
    let h = 1e-5
    func difference(_ change: (Double) -> Double) -> Double { (change(h) - change(-h)) / (2 * h) }
    let dx = try #require(tape.gradient(of: input))
    for i in xs.indices {
      let expected = difference { step in
        var moved = xs
        moved[i] += step
        return loss(moved, ps).value
      }
      #expect(abs(Double(dx[i]) - expected) <= 2e-5 * (1 + abs(expected)), "x[\(i)]")
    }
    for (k, p) in parameters.enumerated() {
      let gradient = p.gradient(compute)
      for i in ps[k].indices {
        let expected = difference { step in
          var moved = ps
          moved[k][i] += step
          return loss(xs, moved).value
        }
        #expect(
          abs(Double(gradient[i]) - expected) <= 2e-5 * (1 + abs(expected)), "\(p.name)[\(i)]")
      }
    }
  }

  @Test func dropoutKeepsByTheSampleAndScalesBothWays() {
    let compute = Compute()
    let stream = RandomStream(key: key, purpose: "dropout", path: "1")
    let tape = Tape(compute: compute)
    let x = Tensor(repeating: 1, shape: Shape(3, 200))
    tape.start(samples: 3, mode: .training(draws: [40, 7, 40], grain: 256))
    let input = tape.variable(x)
    let output = tape.dropout(input, p: 0.25, stream: stream)
    let y = tape.value(of: output)
    for column in 0..<200 {
      let kept = stream.word(draw: 40, element: column) >= 1 << 30
      #expect(y[0, column] == (kept ? Float(1 / 0.75) : 0) && y[0, column] == y[2, column])
    }
    #expect(y.values[0..<200] != y.values[200..<400])
    tape.backward(from: output, gradient: x)
    #expect(tape.gradient(of: input)?.values == y.values)
    tape.start(samples: 3, mode: .inference)
    let same = tape.input(x)
    #expect(tape.dropout(same, p: 0.25, stream: stream) == same)
  }

  /// Trains a small network and returns the bits of its parameters.
  private func train(_ compute: Compute, grain: Int, pass: Int) -> [UInt32] {
    let parameters = [
      parameter("0.weight", Shape(24, 12)), parameter("0.bias", Shape(24)),
      parameter("1.gain", Shape(24), center: 1), parameter("1.bias", Shape(24)),
      parameter("2.weight", Shape(3, 24)),
    ]
    let x = compute.normal(Shape(70, 12), stream: RandomStream(key: key, purpose: "data"))
    let targets = (0..<70).map { Int32($0 % 3) }
    var means = parameters.map { Tensor(zeros: $0.value.shape) }
    var squares = means
    let tape = Tape(compute: compute)
    for step in 1...3 {
      for p in parameters { p.clearGradient() }
      for start in stride(from: 0, to: 70, by: pass) {
        let rows = start..<min(70, start + pass)
        tape.start(
          samples: rows.count,
          mode: .training(draws: rows.map { UInt64(step * 70 + $0) }, grain: grain))
        var h = tape.input(x.gatheringRows(rows))
        h = tape.linear(h, weight: parameters[0], bias: parameters[1])
        h = tape.layerNorm(tape.gelu(h), gain: parameters[2], bias: parameters[3])
        h = tape.dropout(h, p: 0.1, stream: RandomStream(key: key, purpose: "dropout"))
        h = tape.linear(h, weight: parameters[4], bias: nil)
        let loss = compute.crossEntropy(
          logits: tape.value(of: h), targets: Array(targets[rows]), smoothing: 0.1,
          factor: 1 / 70)
        tape.backward(from: h, gradient: loss.gradient)
      }
      for (i, p) in parameters.enumerated() {
        compute.update(
          &p.value, gradient: p.gradient(compute), m: &means[i], v: &squares[i],
          AdamStep(rate: 0.01, weightDecay: 0.01, decoupled: true, step: step))
      }
    }
    return parameters.flatMap { $0.value.values.map(\.bitPattern) }
  }

  @Test func trainingHasOneResultForEveryInstructionSetThreadCountAndPassLength() {
    let expected = train(Compute(instructionSet: .scalar), grain: 16, pass: 70)
    for instructionSet in InstructionSet.available {
      for threads in [1, 2, 3, 7] {
        let compute = Compute(
          instructionSet: instructionSet, threads: ThreadPool(count: threads))
        #expect(train(compute, grain: 16, pass: 70) == expected)
        #expect(train(compute, grain: 16, pass: 16) == expected)
        #expect(train(compute, grain: 16, pass: 48) == expected)
      }
    }
    #expect(train(Compute(), grain: 256, pass: 70) != expected)
  }

  @Test func aRectifiedLinearLayerEqualsALinearOneAndThenRelu() throws {
    let compute = Compute()
    let x = compute.normal(Shape(37, 20), stream: RandomStream(key: key, purpose: "data"))
    let g = compute.normal(Shape(37, 50), stream: RandomStream(key: key, purpose: "gradient"))
    var found: [[UInt32]] = []
    for rectified in [true, false] {
      let weight = parameter("0.weight", Shape(50, 20))
      let bias = parameter("0.bias", Shape(50))
      let tape = Tape(compute: compute)
      tape.start(samples: 37, mode: .training(draws: [], grain: 8))
      let input = tape.input(x)
      var y = tape.linear(input, weight: weight, bias: bias, rectified: rectified)
      if !rectified { y = tape.relu(y) }
      tape.backward(from: y, gradient: g)
      let tensors = [tape.value(of: y), weight.gradient(compute), bias.gradient(compute)]
      found.append(tensors.flatMap { $0.values.map(\.bitPattern) })
    }
    #expect(found[0] == found[1])
    #expect(found[0].contains(0) && found[0].contains { $0 != 0 })
  }

  @Test func frozenParametersGetNoGradient() {
    let compute = Compute()
    let weight = parameter("w", Shape(2, 3))
    weight.isTrained = false
    let tape = Tape(compute: compute)
    tape.start(samples: 1, mode: .training(draws: [], grain: 1))
    let y = tape.linear(tape.input(Tensor(zeros: Shape(1, 3))), weight: weight, bias: nil)
    tape.backward(from: y, gradient: Tensor(zeros: Shape(1, 2)))
    #expect(!weight.hasGradient)
  }
}
