internal import Glibc
internal import Learning
internal import Tensors

/// Synthetic data sets for trainings: all rows train.
enum TrainingData {
  /// Which data: features, classes and rows.
  struct Name: Hashable {
    let features: Int
    let classes: Int
    let samples: Int

    /// - Parameter widths: such as `784-256-10`.
    init?(widths: String, _ options: Options) {
      let sizes = Self.sizes(widths)
      guard sizes.count >= 2, sizes.allSatisfy({ (1...65_536).contains($0) }),
        let samples = options.integer("samples"), samples <= 10_000_000,
        let classes = sizes.last, classes >= 2, samples >= 2 * classes
      else { return nil }
      features = sizes[0]
      self.classes = classes
      self.samples = samples
    }

    static func sizes(_ widths: String) -> [Int] {
      widths.split(separator: "-").map { Int($0) ?? 0 }
    }
  }

  /// A file that could not be written.
  struct WriteFailure: Error, CustomStringConvertible {
    let path: String
    var description: String { "cannot write \(path)" }
  }

  /// The drawings of digits where they fit, else noise around a corner for every class.
  static func prepare(_ name: Name, compute: Compute) throws -> PreparedData {
    let key = RandomKey(seed: 1, repeatIndex: 0)
    let isGlyphs = name.features == Glyphs.featureCount && name.classes == Glyphs.classNames.count
    let dataset =
      isGlyphs
      ? try Glyphs(samples: name.samples).dataset(key: key, compute: compute)
      : try clusters(name, key: key)
    let partition = try Partition(
      splitting: dataset, shares: Partition.Shares(train: 1), key: key)
    return try PreparedData(dataset, partition: partition, standardize: false)
  }

  /// Class `c` is uniform noise in 0…2 around a corner: hard enough that the loss stays above 0.
  private static func clusters(_ name: Name, key: RandomKey) throws -> Dataset {
    let stream = RandomStream(key: key, purpose: "bench", path: "clusters")
    let columns = (0..<name.features).map { "x\($0)" }
    var text = (columns + ["class"]).joined(separator: ",") + "\n"
    for row in 0..<name.samples {
      let label = row % name.classes
      for feature in 0..<name.features {
        let corner = (label >> (feature % 4)) & 1
        let noise = 2 * stream.uniformDouble(draw: UInt64(row), element: feature)
        text += "\(Double(corner) + noise),"
      }
      text += "\(label)\n"
    }
    return try Dataset(
      table: Table(csv: Array(text.utf8)), features: nil, target: .label("class"))
  }
}

extension PreparedData {
  /// Writes the training rows: features as little-endian float32, then classes as int32.
  func write(to path: String) throws {
    guard case .classes(let codes) = train.targets, let file = fopen(path, "wb") else {
      throw TrainingData.WriteFailure(path: path)
    }
    let features = train.features.withElements {
      fwrite($0.baseAddress, MemoryLayout<Float>.size, $0.count, file)
    }
    let classes = codes.withUnsafeBufferPointer {
      fwrite($0.baseAddress, MemoryLayout<Int32>.size, $0.count, file)
    }
    let failure = fclose(file)
    guard features == train.features.count, classes == codes.count, failure == 0 else {
      throw TrainingData.WriteFailure(path: path)
    }
  }
}
