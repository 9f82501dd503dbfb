internal import Tensors

/// Which tensors a model takes over from given weights: those with one of its names and its shape.
///
/// It needs names and shapes only, so a plan can tell it before anything is read or trained.
package struct WeightTransfer: Sendable, Hashable {
  /// A tensor without its elements.
  package struct Shape: Sendable, Hashable {
    package let name: String
    package let dimensions: [Int]

    package init(name: String, dimensions: [Int]) {
      self.name = name
      self.dimensions = dimensions
    }
  }

  /// Tensors of the model that come along, in its order.
  package let taken: [Shape]
  /// Tensors of the model that start anew, in its order.
  package let new: [Shape]
  /// Given tensors that the model has no place for, in their order; one of another shape is here
  /// and its namesake in ``new``.
  package let leftBehind: [Shape]

  /// What was found before.
  package init(taken: [Shape], new: [Shape], leftBehind: [Shape]) {
    self.taken = taken
    self.new = new
    self.leftBehind = leftBehind
  }

  package init(from given: [Shape], to model: [Shape]) {
    let offered = Set(given)
    let wanted = Set(model)
    taken = model.filter(offered.contains)
    new = model.filter { !offered.contains($0) }
    leftBehind = given.filter { !wanted.contains($0) }
  }

  package init(from given: [Shape], to model: [ParameterSpec]) {
    self.init(
      from: given, to: model.map { Shape(name: $0.name, dimensions: $0.dimensions) })
  }

  /// Numbers that come along, and numbers of the model.
  package var counts: (taken: Int, all: Int) {
    let taken = Self.count(taken)
    return (taken, taken + Self.count(new))
  }

  private static func count(_ shapes: [Shape]) -> Int {
    shapes.reduce(0) { $0 + $1.dimensions.reduce(1, *) }
  }

  /// The model's parameters: given ones where they are taken, else fresh ones.
  func parameters(from given: ParameterSet, fresh: ParameterSet) -> ParameterSet {
    var places: [String: Int] = [:]
    for (place, name) in given.names.enumerated() { places[name] = place }
    let taken = Set(taken.map(\.name))
    let tensors = zip(fresh.names, fresh.tensors).map { name, tensor in
      if taken.contains(name), let place = places[name] { given.tensors[place] } else { tensor }
    }
    return ParameterSet(names: fresh.names, tensors: tensors)
  }
}

extension ParameterSet {
  /// Names and shapes of the parameters.
  package var shapes: [WeightTransfer.Shape] {
    zip(names, tensors).map {
      WeightTransfer.Shape(name: $0, dimensions: $1.shape.dimensions)
    }
  }
}
