extension ModelSpec {
  /// The architectures by the key that chooses them.
  static let tables = VariantTables<ModelSpec>(
    name: "model",
    alternatives: [
      .init(
        key: "sequential", SequentialSpec.table, { .sequential($0) },
        { if case .sequential(let s) = $0 { s } else { nil } }),
      .init(
        key: "bert", BertSpec.table, { .bert($0) },
        { if case .bert(let s) = $0 { s } else { nil } }),
      .init(
        key: "from", DerivedModelSpec.table, { .derived($0) },
        { if case .derived(let s) = $0 { s } else { nil } }),
      .init(
        key: "pretrained", PretrainedModelSpec.table, { .pretrained($0) },
        { if case .pretrained(let s) = $0 { s } else { nil } }),
    ],
    laterKeys: ["logistic_regression"], laterValues: [])

  /// What a `model` block, or a model in place, holds.
  static let type = tables.type
}

extension SequentialSpec {
  static let table = FieldTable(
    "model", "layers, each fed by the one before", defaults: SequentialSpec(),
    fields: [
      Field(
        "sequential", \.layers, .list(of: LayerSpec.family.type, counts: 1...1000),
        "the layers in order", aliases: ["layers"], required: true),
      Field(
        "init", \.initializer, .optional(InitializerSpec.family.type),
        "weights of linear layers that do not say their own",
        aliases: ["weight_init", "kernel_initializer", "initializer"],
        default: "PyTorch's: uniform ±1/√fan_in"),
      Field(
        "bias_init", \.biasInitializer, .optional(InitializerSpec.family.type),
        "biases of linear layers that do not say their own",
        aliases: ["bias_initializer"],
        default: "zeros where `init` is given, else PyTorch's: uniform ±1/√fan_in"),
    ])
}

extension LayerSpec {
  /// The layers by name.
  static let family = ComponentFamily<LayerSpec>(
    "layer",
    aliases: [
      "dense": "linear", "fc": "linear", "Linear": "linear", "ReLU": "relu", "GELU": "gelu",
      "batch_norm": "layer_norm", "LayerNorm": "layer_norm", "layernorm": "layer_norm",
      "logistic": "sigmoid",
    ],
    later: ["embedding", "conv2d", "max_pool2d", "flatten"],
    [
      .init(linear, { .linear($0) }, { if case .linear(let s) = $0 { s } else { nil } }),
      .init("relu", "max(0, x)", .relu),
      .init(gelu, { .gelu($0) }, { if case .gelu(let s) = $0 { s } else { nil } }),
      .init("tanh", "hyperbolic tangent", .tanh),
      .init("sigmoid", "1/(1 + e⁻ˣ)", .sigmoid),
      .init(dropout, { .dropout($0) }, { if case .dropout(let s) = $0 { s } else { nil } }),
      .init(layerNorm, { .layerNorm($0) }, { if case .layerNorm(let s) = $0 { s } else { nil } }),
    ])

  private static let linear = FieldTable(
    "linear", "y = x·Wᵀ + b", defaults: LinearSpec(),
    elsewhere: ["activation": "activations are layers of their own, such as `- relu`"],
    fields: [
      Field(
        "in_features", \.inFeatures, .optional(.integer(1...10_000_000)), "inputs per row",
        aliases: ["in", "inputs", "input_dim"], default: "as many as the layer before gives"),
      Field(
        "out_features", \.outFeatures, .integer(1...1_000_000), "outputs per row",
        aliases: ["out", "units", "outputs", "output_dim", "hidden_size"], required: true),
      Field("bias", \.bias, .flag, "whether b is there", aliases: ["use_bias"]),
      Field(
        "init", \.initializer, .optional(InitializerSpec.family.type), "how W begins",
        aliases: ["weight_init", "kernel_initializer"], default: "the model's"),
      Field(
        "bias_init", \.biasInitializer, .optional(InitializerSpec.family.type), "how b begins",
        aliases: ["bias_initializer"], default: "the model's"),
    ])

  private static let gelu = FieldTable(
    "gelu", "x·Φ(x); Hendrycks and Gimpel 2016", defaults: GELUSpec(),
    fields: [
      Field("approximate", \.approximate, .choice, "`none` is exact, `tanh` the usual formula")
    ])

  private static let dropout = FieldTable(
    "dropout", "zeroes inputs at random while training; Srivastava et al. 2014",
    defaults: DropoutSpec(),
    fields: [
      Field(
        "p", \.p, .number(.share), "probability that an input is dropped",
        aliases: ["rate", "dropout_rate", "prob", "hidden_dropout_prob"])
    ])

  private static let layerNorm = FieldTable(
    "layer_norm", "rows to mean 0 and variance 1, then scale and shift; Ba et al. 2016",
    defaults: LayerNormSpec(),
    fields: [
      Field(
        "eps", \.eps, .number(.positive), "added to the variance",
        aliases: ["epsilon", "layer_norm_eps"])
    ])
}
