import Diagnostics

extension LossSpec {
  /// The losses by name.
  static let family = ComponentFamily<LossSpec>(
    "loss",
    aliases: [
      "crossentropy": "cross_entropy", "CrossEntropyLoss": "cross_entropy",
      "categorical_crossentropy": "cross_entropy", "log_loss": "cross_entropy",
      "nll": "cross_entropy", "l2": "mse", "MSELoss": "mse", "squared_error": "mse",
      "mean_squared_error": "mse", "l1": "smooth_l1", "mae": "smooth_l1",
      "multi_margin": "hinge", "MultiMarginLoss": "hinge", "bce": "bce_with_logits",
      "binary_cross_entropy": "bce_with_logits", "HuberLoss": "huber",
    ],
    later: ["distillation", "focal"],
    [
      .init(
        crossEntropy, { .crossEntropy($0) },
        { if case .crossEntropy(let s) = $0 { s } else { nil } }),
      .init(hinge, { .hinge($0) }, { if case .hinge(let s) = $0 { s } else { nil } }),
      .init("mse", "mean squared error", .mse),
      .init(huber, { .huber($0) }, { if case .huber(let s) = $0 { s } else { nil } }),
      .init(smoothL1, { .smoothL1($0) }, { if case .smoothL1(let s) = $0 { s } else { nil } }),
      .init(
        bceWithLogits, { .bceWithLogits($0) },
        { if case .bceWithLogits(let s) = $0 { s } else { nil } }),
    ])

  private static let crossEntropy = FieldTable(
    "cross_entropy", "−log softmax of the true class, mean over the weights of the rows",
    defaults: CrossEntropySpec(),
    fields: [
      Field(
        "label_smoothing", \.labelSmoothing, .number(.share),
        "share of the target spread evenly over all classes", aliases: ["smoothing"]),
      Field(
        "class_weights", \.classWeights, .optional(ClassWeightsSpec.type),
        "how much each class counts", aliases: ["weight", "class_weight"], default: "all alike"),
    ])

  private static let hinge = FieldTable(
    "hinge", "margin losses", defaults: HingeSpec(),
    fields: [
      Field(
        "kind", \.kind, .choice,
        "`multi_margin` as PyTorch, `crammer_singer` as scikit-learn, `binary` for one output"),
      Field("margin", \.margin, .number(.positive), "how far the true class must lead"),
      Field("p", \.p, .integer(1...2), "exponent"),
    ])

  private static let huber = FieldTable(
    "huber", "½d² up to delta, then linear; Huber 1964", defaults: HuberSpec(),
    fields: [Field("delta", \.delta, .number(.positive), "where it turns linear")])

  private static let smoothL1 = FieldTable(
    "smooth_l1", "Huber divided by beta; Girshick 2015", defaults: SmoothL1Spec(),
    fields: [Field("beta", \.beta, .number(.positive), "where it turns linear")])

  private static let bceWithLogits = FieldTable(
    "bce_with_logits", "two classes on one output, or an output for each label",
    defaults: BCEWithLogitsSpec(),
    fields: [
      Field(
        "pos_weight", \.posWeight, PositiveWeightSpec.type,
        "how much the positive class, or a label where it holds, counts: a number, one for each "
          + "label, or `balanced`, which is rows without it / rows with it",
        aliases: ["pos_weights"])
    ])
}

extension PositiveWeightSpec {
  private static let list = ValueType<[Double]>.list(of: .number(.positive), counts: 1...10_000)

  /// A number stands for a list of one.
  fileprivate static let type = ValueType<PositiveWeightSpec>(
    shape: .either(["balanced"], list.shape),
    decode: { node, place, diagnostics in
      if node.text == "balanced" { return .balanced }
      if let text = node.text {
        guard Double(notebook: text) != nil else {
          diagnostics.append(
            .wrongType(
              node, place, wants: "a number, a list of numbers or `balanced`",
              meant: nearestName(to: text, among: ["balanced"])))
          return nil
        }
        return ValueType.number(.positive).decode(node, place, &diagnostics).map { .values([$0]) }
      }
      return list.decode(node, place, &diagnostics).map { .values($0) }
    },
    encode: { value in
      switch value {
      case .balanced: .text("balanced")
      case .values(let weights) where weights.count == 1: .number(weights[0])
      case .values(let weights): list.encode(weights)
      }
    })
}

extension ClassWeightsSpec {
  fileprivate static let type = ValueType<ClassWeightsSpec>.either(
    "balanced", .balanced, or: .list(of: .number(.positive), counts: 2...10_000),
    wrap: { .values($0) }, unwrap: { if case .values(let list) = $0 { list } else { nil } },
    wants: "`balanced` or a list of numbers")
}
