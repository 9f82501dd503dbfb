package import Tensors

/// The parameters of a model as values, by PyTorch path, in order of the layers.
package struct ParameterSet: Sendable {
  /// Such as `0.weight`, `0.bias`.
  package let names: [String]
  /// One a name, shaped as ``Sequential/parameters`` says.
  package let tensors: [Tensor]

  package init(names: [String], tensors: [Tensor]) {
    self.names = names
    self.tensors = tensors
  }

  /// The parameter of a path.
  package subscript(name: String) -> Tensor? {
    names.firstIndex(of: name).map { tensors[$0] }
  }

  /// All numbers.
  package var count: Int { tensors.reduce(0) { $0 + $1.count } }

  /// Whether both have the same names, shapes and bits.
  package func hasSameBits(as other: ParameterSet) -> Bool {
    names == other.names
      && zip(tensors, other.tensors).allSatisfy { $0.hasSameBits(as: $1) }
  }
}

extension Sequential {
  /// Whether the parameters have this model's names and shapes, in its order.
  package func accepts(_ set: ParameterSet) -> Bool {
    set.names == parameters.map(\.name)
      && set.tensors.map(\.shape.dimensions) == parameters.map(\.dimensions)
  }

  /// The parameters before training.
  ///
  /// Each is drawn from its own stream, of purpose `init` and its path (rule 6), so a layer more
  /// or less changes no other.
  package func initialParameters(key: RandomKey, compute: Compute) -> ParameterSet {
    let tensors = parameters.map { spec in
      let stream = RandomStream(key: key, purpose: "init", path: spec.name)
      return spec.initializer.tensor(spec, stream: stream, compute: compute)
    }
    return ParameterSet(names: parameters.map(\.name), tensors: tensors)
  }

  /// Every random site of initialising and training, for the check against collisions.
  package var randomSites: [RandomSite] {
    let initial = parameters.map { RandomSite(purpose: "init", path: $0.name) }
    let dropouts = layers.indices.compactMap { index -> RandomSite? in
      if case .dropout = layers[index] { Self.dropoutSite(index) } else { nil }
    }
    return initial + dropouts + [RandomSite(purpose: "shuffle")]
  }

  static func dropoutSite(_ layer: Int) -> RandomSite {
    RandomSite(purpose: "dropout", path: "\(layer)")
  }
}
