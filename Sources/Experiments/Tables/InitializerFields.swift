import Diagnostics

extension InitializerSpec {
  /// The initialisers by name.
  static let family = ComponentFamily<InitializerSpec>(
    "initializer",
    aliases: [
      "glorot_uniform": "xavier_uniform", "glorot_normal": "xavier_normal",
      "he_uniform": "kaiming_uniform", "he_normal": "kaiming_normal", "xavier": "xavier_uniform",
      "kaiming": "kaiming_uniform", "he": "kaiming_uniform", "trunc_normal": "truncated_normal",
      "zero": "zeros",
    ],
    [
      .init("zeros", "every weight 0", .zeros),
      .init(constant, { .constant($0) }, { if case .constant(let s) = $0 { s } else { nil } }),
      .init(uniform, { .uniform($0) }, { if case .uniform(let s) = $0 { s } else { nil } }),
      .init(normal, { .normal($0) }, { if case .normal(let s) = $0 { s } else { nil } }),
      .init(
        truncatedNormal, { .truncatedNormal($0) },
        { if case .truncatedNormal(let s) = $0 { s } else { nil } }),
      .init(
        gain("xavier_uniform", "uniform ±gain·√(6/(fan_in + fan_out)); Glorot and Bengio 2010"),
        { .xavierUniform($0) }, { if case .xavierUniform(let s) = $0 { s } else { nil } }),
      .init(
        gain("xavier_normal", "normal, std gain·√(2/(fan_in + fan_out)); Glorot and Bengio 2010"),
        { .xavierNormal($0) }, { if case .xavierNormal(let s) = $0 { s } else { nil } }),
      .init(
        kaiming("kaiming_uniform", "uniform ±√3·gain/√fan; He et al. 2015"),
        { .kaimingUniform($0) }, { if case .kaimingUniform(let s) = $0 { s } else { nil } }),
      .init(
        kaiming("kaiming_normal", "normal, std gain/√fan; He et al. 2015"),
        { .kaimingNormal($0) }, { if case .kaimingNormal(let s) = $0 { s } else { nil } }),
      .init(
        gain("orthogonal", "rows or columns orthonormal, times gain; Saxe et al. 2014"),
        { .orthogonal($0) }, { if case .orthogonal(let s) = $0 { s } else { nil } }),
    ])

  private static let constant = FieldTable(
    "constant", "every weight the same", defaults: ConstantInitSpec(),
    fields: [Field("value", \.value, .number(), "the weight", required: true)])

  private static let uniform = FieldTable(
    "uniform", "uniform between two bounds", defaults: UniformInitSpec(),
    fields: [
      Field("low", \.low, .number(), "lower bound", aliases: ["a", "minval"]),
      Field("high", \.high, .number(), "upper bound", aliases: ["b", "maxval"]),
    ],
    check: { spec, node, owner, diagnostics in
      guard spec.low > spec.high else { return }
      diagnostics.append(
        Diagnostic(
          "experiment.out-of-range",
          "`high` must be at least `low`; here \(spec.high.plainDescription) is less than "
            + spec.low.plainDescription,
          at: (node["high"] ?? node["low"])?.range ?? owner))
    })

  private static let normal = FieldTable(
    "normal", "normal distribution", defaults: NormalInitSpec(), fields: normalFields)

  private static let truncatedNormal = FieldTable(
    "truncated_normal", "normal distribution cut at two standard deviations",
    defaults: NormalInitSpec(), fields: normalFields)

  private static let normalFields: [Field<NormalInitSpec>] = [
    Field("mean", \.mean, .number(), "mean of the distribution"),
    Field(
      "std", \.std, .number(.nonnegative), "standard deviation before cutting",
      aliases: ["stddev", "sigma"]),
  ]

  private static func gain(_ name: String, _ help: String) -> FieldTable<XavierInitSpec> {
    FieldTable(
      name, help, defaults: XavierInitSpec(),
      fields: [Field("gain", \.gain, .number(.nonnegative), "scales the result")])
  }

  private static func kaiming(_ name: String, _ help: String) -> FieldTable<KaimingInitSpec> {
    FieldTable(
      name, help, defaults: KaimingInitSpec(),
      fields: [
        Field("a", \.a, .number(), "negative slope of `leaky_relu`"),
        Field("mode", \.mode, .choice, "what the variance is kept of: forward or backward pass"),
        Field("nonlinearity", \.nonlinearity, .choice, "what follows; decides the gain"),
      ])
  }
}
