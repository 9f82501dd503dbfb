internal import Diagnostics

/// Sizes of one layer.
package struct LayerShape: Sendable, Hashable {
  package let inputs: Int
  package let outputs: Int
  /// Weights and biases.
  package let parameters: Int
  /// Floating point operations for one row, forwards.
  package let flop: Int
}

/// Follows the width of a row through a model and finds where layers do not fit.
struct ModelShape {
  private(set) var layers: [LayerShape] = []
  /// The model with every `in_features` filled in.
  private(set) var model: SequentialSpec
  private(set) var diagnostics: [Diagnostic] = []

  /// Width of what comes out.
  var outputs: Int { layers.last?.outputs ?? 0 }

  var parameters: Int { layers.reduce(0) { $0.saturatingPlus($1.parameters) } }

  /// Floating point operations for one row, forwards.
  var flop: Int { layers.reduce(0) { $0.saturatingPlus($1.flop) } }

  /// Numbers kept for one row until its gradient is done: every layer's output.
  var activations: Int { layers.reduce(0) { $0.saturatingPlus($1.outputs) } }

  /// - Parameters:
  ///   - model: layers as written.
  ///   - features: numbers per row of the data.
  ///   - place: where a path below the model's own stands in the notebook.
  ///   - data: how the data is called in messages.
  init(
    _ model: SequentialSpec, features: Int, data: String, place: (String) -> SourceRange
  ) {
    self.model = model
    var width = features
    var source = "the data has \(features) features"
    if model.layers.isEmpty {
      diagnostics.append(
        Diagnostic(
          .error, "shape.empty-model", "A sequential model has at least one layer",
          at: place("sequential")))
    }
    for (index, layer) in model.layers.enumerated() {
      let path = "sequential[\(index)]"
      guard case .linear(var linear) = layer else {
        layers.append(Self.shape(of: layer, width: width))
        continue
      }
      if let written = linear.inFeatures, written != width {
        let rule =
          index == 0 || source.hasPrefix("the data")
          ? "The first linear layer takes as many features as the data has"
          : "A linear layer takes as many features as the layer before gives"
        diagnostics.append(
          Diagnostic(
            .error, "shape.in-features", "\(rule): \(width), not \(written)",
            at: place("\(path).linear.in_features"),
            notes: [Diagnostic.Note(source)], suggestion: "in_features: \(width)"))
      }
      linear.inFeatures = width
      self.model.layers[index] = .linear(linear)
      layers.append(Self.shape(of: linear, width: width))
      // One mistake gives one message: go on from what this layer says that it gives.
      width = linear.outFeatures
      source = "layer \(index + 1) gives \(width)"
    }
  }

  private static func shape(of linear: LinearSpec, width: Int) -> LayerShape {
    let weights = width.saturatingTimes(linear.outFeatures)
    return LayerShape(
      inputs: width, outputs: linear.outFeatures,
      parameters: weights.saturatingPlus(linear.bias ? linear.outFeatures : 0),
      flop: weights.saturatingTimes(2).saturatingPlus(linear.bias ? linear.outFeatures : 0))
  }

  /// Layers that keep the width.
  ///
  /// Their operations are estimates: a few per element, more where an elementary function is
  /// computed.
  private static func shape(of layer: LayerSpec, width: Int) -> LayerShape {
    let (perElement, parameters): (Int, Int) =
      switch layer {
      case .linear: (0, 0)
      case .relu: (1, 0)
      case .dropout: (10, 0)
      case .gelu, .tanh, .sigmoid: (20, 0)
      case .layerNorm: (8, width.saturatingTimes(2))
      }
    return LayerShape(
      inputs: width, outputs: width, parameters: parameters,
      flop: width.saturatingTimes(perElement))
  }
}
