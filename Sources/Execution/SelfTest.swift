internal import Digests
internal import Learning
internal import Tensors

/// A fixed training whose weights must come out with the same bits on every machine.
///
/// Drawings, a 784-160-96-10 network with dropout, Adam, a cosine schedule with warm-up: every kind of
/// kernel and random number that a classifier uses, in products large enough to be shared by threads.
package struct SelfTest: Sendable {
  /// Digest of the trained weights on the machine at hand.
  package let digest: String
  /// Digest that the numeric law gives; computed by the scalar oracle.
  package static let expectedDigest =
    "88714ec56c33d6c9689b862f783c5ec24b42f4db68d73958f81cb59fbf5c3413"

  package var passed: Bool { digest == Self.expectedDigest }

  /// Trains; takes a fraction of a second.
  package init(on machine: Machine) {
    digest = (try? Self.trainedDigest(machine.compute)) ?? "the training failed"
  }

  private static func trainedDigest(_ compute: Compute) throws -> String {
    let key = RandomKey(seed: 20_170_612, repeatIndex: 0)
    let dataset = try Glyphs(samples: 600).dataset(key: key, compute: compute)
    let partition = try Partition(
      splitting: dataset, shares: Partition.Shares(train: 0.8, validation: 0.2), key: key)
    let data = try PreparedData(dataset, partition: partition, standardize: true)
    let model = try Sequential(
      [
        .linear(Linear(outputs: 160)), .relu, .linear(Linear(outputs: 96)), .gelu(.exact),
        .layerNorm(LayerNorm()), .dropout(p: 0.2),
        .linear(Linear(outputs: 10)),
      ], inputs: data.featureNames.count)
    let settings = TrainingSettings(
      loss: .crossEntropy(Loss.CrossEntropy(labelSmoothing: 0.1)),
      optimizer: .adam(Optimizer.Adam(weightDecay: 0)),
      schedule: Schedule(.cosine(cycles: 0.5, minimum: 0), warmup: .ratio(0.1)),
      length: .epochs(3), batchSize: 144, grain: 128,
      clipping: GradientClipping(maximumNorm: 1))
    let trainer = try Trainer(
      model: model, settings: settings, data: data, key: key, compute: compute)
    let record = try trainer.train()
    var bytes: [UInt8] = []
    for tensor in record.parameters.tensors {
      for value in tensor.values {
        withUnsafeBytes(of: value.canonical.bitPattern.littleEndian) { bytes += $0 }
      }
    }
    return SHA256Digest(of: bytes).hexadecimal
  }
}
