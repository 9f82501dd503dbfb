/// What a training run will take, known before it starts.
package struct TrainingCost: Sendable, Hashable {
  /// Numbers that the model learns.
  package let parameters: Int
  /// Floating-point operations, a fused multiply-add counted as two; an estimate, rounded to double.
  package let operations: Double
  /// Bytes of tensors alive at once: data, parameters, gradients, optimiser state, activations.
  package let bytes: Double

  /// Estimates training by the shapes alone.
  ///
  /// A linear layer takes 2·inputs·outputs a row forward and twice that backward; other layers a
  /// few operations an element. Validation runs forward once an epoch.
  package init(
    model: Sequential, settings: TrainingSettings, trainingRows: Int, validationRows: Int
  ) {
    parameters = model.parameterCount
    let forward = model.operationsPerRow
    let (steps, epochs) = settings.duration(rows: trainingRows)
    let batch = Double(min(settings.batchSize, max(1, trainingRows)))
    let seen: Double =
      switch settings.length {
      case .epochs: Double(epochs) * Double(trainingRows)
      case .steps: Double(steps) * batch
      }
    let updates = Double(steps) * 10 * Double(parameters)
    operations =
      3 * forward * seen + forward * Double(epochs) * Double(validationRows) + updates
    let elementsPerRow = Double(model.outputWidths.reduce(model.inputs, +))
    let copies = Double(2 + settings.optimizer.stateSize)
    let data = Double(trainingRows + validationRows) * Double(model.inputs)
    bytes = 4 * (Double(parameters) * copies + 2 * batch * elementsPerRow + data)
  }
}

extension Sequential {
  /// Floating-point operations to compute one row's outputs.
  package var operationsPerRow: Double {
    var width = inputs
    var total = 0.0
    for (layer, output) in zip(layers, outputWidths) {
      switch layer {
      case .linear: total += 2 * Double(width) * Double(output) + Double(output)
      case .relu, .dropout: total += Double(width)
      case .gelu, .tanh, .sigmoid: total += 20 * Double(width)
      case .layerNorm: total += 8 * Double(width)
      }
      width = output
    }
    return total
  }
}
