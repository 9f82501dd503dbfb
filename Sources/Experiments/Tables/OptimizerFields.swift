import Diagnostics

extension OptimizerSpec {
  /// The optimisers by name.
  static let family = ComponentFamily<OptimizerSpec>(
    "optimizer",
    aliases: [
      "SGD": "sgd", "Adam": "adam", "AdamW": "adamw", "adamw_torch": "adamw", "RMSprop": "rmsprop",
      "Adagrad": "adagrad", "momentum": "sgd",
    ],
    [
      .init(sgd, { .sgd($0) }, { if case .sgd(let s) = $0 { s } else { nil } }),
      .init(
        adam("adam", "Kingma and Ba 2015; weight decay is added to the gradient", decay: 0),
        { .adam($0) }, { if case .adam(let s) = $0 { s } else { nil } }),
      .init(
        adam("adamw", "Loshchilov and Hutter 2019; weights decay before the step", decay: 0.01),
        { .adamw($0) }, { if case .adamw(let s) = $0 { s } else { nil } }),
      .init(rmsprop, { .rmsprop($0) }, { if case .rmsprop(let s) = $0 { s } else { nil } }),
      .init(adagrad, { .adagrad($0) }, { if case .adagrad(let s) = $0 { s } else { nil } }),
    ])

  private static let rateAliases = ["learning_rate", "rate", "step_size", "alpha_0", "eta"]
  private static let decayAliases = ["wd", "decay", "l2", "weight_decay_rate"]
  private static let rate = "learning rate, before any schedule"
  private static let decay = "pulls weights towards 0"

  private static let sgd = FieldTable(
    "sgd", "stochastic gradient descent", defaults: SGDSpec(),
    fields: [
      Field("lr", \.lr, .number(.nonnegative), rate, aliases: rateAliases),
      Field("momentum", \.momentum, .number(.share), "share of the last step that is kept"),
      Field("dampening", \.dampening, .number(.share), "share of the gradient that momentum drops"),
      Field("nesterov", \.nesterov, .flag, "look ahead along the momentum"),
      Field(
        "weight_decay", \.weightDecay, .number(.nonnegative), decay, aliases: decayAliases),
    ],
    check: { spec, node, owner, diagnostics in
      guard spec.nesterov, spec.momentum == 0 || spec.dampening != 0 else { return }
      diagnostics.append(
        Diagnostic(
          "experiment.conflict", "`nesterov` needs a `momentum` above 0 and no `dampening`",
          at: node["nesterov"]?.range ?? owner))
    })

  private static func adam(_ name: String, _ help: String, decay: Double) -> FieldTable<AdamSpec> {
    FieldTable(
      name, help, defaults: AdamSpec(weightDecay: decay),
      elsewhere: [
        "beta1": "`betas: [0.9, 0.999]` holds both", "beta_1": "`betas: [0.9, 0.999]` holds both",
        "adam_beta1": "`betas: [0.9, 0.999]` holds both",
        "beta2": "`betas: [0.9, 0.999]` holds both", "beta_2": "`betas: [0.9, 0.999]` holds both",
        "adam_beta2": "`betas: [0.9, 0.999]` holds both",
      ],
      fields: [
        Field("lr", \.lr, .number(.nonnegative), rate, aliases: rateAliases),
        Field("betas", \.betas, AdamSpec.Betas.type, "decay rates of the first and second moment"),
        Field(
          "eps", \.eps, .number(.nonnegative), "added to the root of the second moment",
          aliases: ["epsilon", "adam_epsilon"]),
        Field(
          "weight_decay", \.weightDecay, .number(.nonnegative), Self.decay,
          aliases: decayAliases),
      ])
  }

  private static let rmsprop = FieldTable(
    "rmsprop", "Hinton's lecture 6e", defaults: RMSpropSpec(),
    fields: [
      Field("lr", \.lr, .number(.nonnegative), rate, aliases: rateAliases),
      Field(
        "alpha", \.alpha, .number(.properShare), "decay rate of the squared gradient",
        aliases: ["rho"]),
      Field(
        "eps", \.eps, .number(.nonnegative), "added to the root of the mean square",
        aliases: ["epsilon"]),
      Field("momentum", \.momentum, .number(.share), "share of the last step that is kept"),
      Field("centered", \.centered, .flag, "divide by the variance, not the mean square"),
      Field(
        "weight_decay", \.weightDecay, .number(.nonnegative), decay, aliases: decayAliases),
    ])

  private static let adagrad = FieldTable(
    "adagrad", "Duchi, Hazan and Singer 2011", defaults: AdagradSpec(),
    fields: [
      Field("lr", \.lr, .number(.nonnegative), rate, aliases: rateAliases),
      Field("lr_decay", \.lrDecay, .number(.nonnegative), "the rate falls as 1/(1 + t·lr_decay)"),
      Field(
        "eps", \.eps, .number(.nonnegative), "added to the root of the sum", aliases: ["epsilon"]),
      Field(
        "initial_accumulator_value", \.initialAccumulatorValue, .number(.nonnegative),
        "where the sum of squares begins", aliases: ["initial_accumulator"]),
      Field(
        "weight_decay", \.weightDecay, .number(.nonnegative), decay, aliases: decayAliases),
    ])
}

extension AdamSpec.Betas {
  fileprivate static let type: ValueType<AdamSpec.Betas> = {
    let list = ValueType<[Double]>.list(of: .number(.properShare), counts: 2...2)
    return ValueType(
      shape: list.shape,
      decode: { node, place, diagnostics in
        guard let values = list.decode(node, place, &diagnostics), let first = values.first,
          let second = values.last
        else { return nil }
        return AdamSpec.Betas(first, second)
      },
      encode: { .list([.number($0.first), .number($0.second)]) })
  }()
}
