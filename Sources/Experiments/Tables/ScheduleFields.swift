import Diagnostics

extension ScheduleSpec {
  /// The schedules by name.
  static let family = ComponentFamily<ScheduleSpec>(
    "schedule",
    aliases: [
      "StepLR": "step", "step_lr": "step", "ExponentialLR": "exponential", "exp": "exponential",
      "cosine_annealing": "cosine", "CosineAnnealingLR": "cosine", "cosine_with_restarts": "cosine",
      "cosine_with_warmup": "cosine", "linear_with_warmup": "linear",
      "constant_with_warmup": "constant", "onecycle": "one_cycle", "OneCycleLR": "one_cycle",
      "plateau": "reduce_on_plateau", "ReduceLROnPlateau": "reduce_on_plateau",
      "reduce_lr_on_plateau": "reduce_on_plateau", "transformer": "noam",
      "polynomial_decay": "polynomial",
    ],
    [
      .init(constant, { .constant($0) }, { if case .constant(let s) = $0 { s } else { nil } }),
      .init(step, { .step($0) }, { if case .step(let s) = $0 { s } else { nil } }),
      .init(
        exponential, { .exponential($0) }, { if case .exponential(let s) = $0 { s } else { nil } }),
      .init(linear, { .linear($0) }, { if case .linear(let s) = $0 { s } else { nil } }),
      .init(
        polynomial, { .polynomial($0) }, { if case .polynomial(let s) = $0 { s } else { nil } }),
      .init(cosine, { .cosine($0) }, { if case .cosine(let s) = $0 { s } else { nil } }),
      .init(oneCycle, { .oneCycle($0) }, { if case .oneCycle(let s) = $0 { s } else { nil } }),
      .init(noam, { .noam($0) }, { if case .noam(let s) = $0 { s } else { nil } }),
      .init(
        reduceOnPlateau, { .reduceOnPlateau($0) },
        { if case .reduceOnPlateau(let s) = $0 { s } else { nil } }),
    ])

  private static let warmupConflict = [["warmup_steps", "warmup_ratio"]]

  private static let constant = FieldTable(
    "constant", "the optimiser's rate throughout", defaults: ConstantScheduleSpec(),
    exclusive: warmupConflict, fields: warmupFields(ConstantScheduleSpec.self))

  private static let step = FieldTable(
    "step", "times gamma every step_size units; PyTorch's StepLR", defaults: StepScheduleSpec(),
    fields: [
      Field(
        "step_size", \.stepSize, .integer(1...ValueLimits.count), "units between two falls",
        required: true),
      Field("gamma", \.gamma, .number(.positive), "factor of each fall"),
      Field("unit", \.unit, .choice, "what is counted"),
    ])

  private static let exponential = FieldTable(
    "exponential", "times gamma every unit; PyTorch's ExponentialLR",
    defaults: ExponentialScheduleSpec(),
    fields: [
      Field("gamma", \.gamma, .number(.positive), "factor of each unit", required: true),
      Field("unit", \.unit, .choice, "what is counted"),
    ])

  private static let linear = FieldTable(
    "linear", "down to 0 in a straight line; Transformers' linear schedule",
    defaults: LinearScheduleSpec(), exclusive: warmupConflict,
    fields: warmupFields(LinearScheduleSpec.self) + [
      Field("unit", \.unit, .choice, "how often the rate moves")
    ])

  private static let polynomial = FieldTable(
    "polynomial", "down to lr_end along (1 − progress)^power", defaults: PolynomialScheduleSpec(),
    exclusive: warmupConflict,
    fields: [
      Field("power", \.power, .number(.positive), "exponent"),
      Field("lr_end", \.lrEnd, .number(.nonnegative), "the rate at the end"),
    ] + warmupFields(PolynomialScheduleSpec.self) + [
      Field("unit", \.unit, .choice, "how often the rate moves")
    ])

  private static let cosine = FieldTable(
    "cosine", "down to eta_min along a cosine; Loshchilov and Hutter 2017",
    defaults: CosineScheduleSpec(), exclusive: warmupConflict,
    elsewhere: [
      "T_max": "the schedule spans the whole training",
      "T_0": "`restarts: true` with `num_cycles` sets how many cycles there are",
    ],
    fields: [
      Field(
        "num_cycles", \.numCycles, .optional(.number(.positive)), "waves over the training",
        default: "0.5, with restarts 1"),
      Field("restarts", \.restarts, .flag, "jump back to the full rate after each cycle"),
      Field(
        "eta_min", \.etaMin, .number(.nonnegative), "the lowest rate",
        aliases: ["min_lr", "lr_end"]),
    ] + warmupFields(CosineScheduleSpec.self) + [
      Field("unit", \.unit, .choice, "how often the rate moves")
    ],
    check: { spec, node, owner, diagnostics in
      guard spec.restarts, spec.effectiveCycles.rounded() != spec.effectiveCycles else { return }
      diagnostics.append(
        Diagnostic(
          "experiment.out-of-range", "With `restarts`, `num_cycles` is a whole number",
          at: node["num_cycles"]?.range ?? owner))
    })

  private static let oneCycle = FieldTable(
    "one_cycle", "up to max_lr, then down, along cosines; Smith and Topin 2018",
    defaults: OneCycleScheduleSpec(),
    fields: [
      Field(
        "max_lr", \.maxLR, .optional(.number(.positive)), "the peak",
        default: "the optimiser's lr"),
      Field("pct_start", \.pctStart, .number(.share), "share of the training that goes up"),
      Field("div_factor", \.divFactor, .number(.positive), "the start is max_lr / div_factor"),
      Field(
        "final_div_factor", \.finalDivFactor, .number(.positive),
        "the end is the start / final_div_factor"),
    ])

  private static let noam = FieldTable(
    "noam", "d_model^−½ · min(t^−½, t·warmup_steps^−1.5) times lr; Vaswani et al. 2017",
    defaults: NoamScheduleSpec(),
    fields: [
      Field("d_model", \.dModel, .integer(1...10_000_000), "width of the model"),
      Field(
        "warmup_steps", \.warmupSteps, .integer(1...ValueLimits.count), "steps that go up",
        aliases: ["warmup", "num_warmup_steps"]),
    ])

  private static let reduceOnPlateau = FieldTable(
    "reduce_on_plateau",
    "times factor when the validation loss stands still; PyTorch's "
      + "ReduceLROnPlateau",
    defaults: ReduceOnPlateauScheduleSpec(),
    fields: [
      Field(
        "factor", \.factor, .number(.inner),
        "factor of each fall", aliases: ["gamma"]),
      Field(
        "patience", \.patience, .integer(0...ValueLimits.count),
        "evaluations without improvement that are borne"),
      Field(
        "threshold", \.threshold, .number(.nonnegative), "relative improvement that counts",
        aliases: ["min_delta"]),
      Field(
        "cooldown", \.cooldown, .integer(0...ValueLimits.count), "evaluations of rest after a fall"),
      Field("min_lr", \.minLR, .number(.nonnegative), "the lowest rate", aliases: ["eta_min"]),
    ])
}

/// Fields of every schedule that may begin with a warm-up.
private func warmupFields<Spec: WarmingUp>(_: Spec.Type) -> [Field<Spec>] {
  [
    Field(
      "warmup_steps", \.warmup.steps, .optional(.integer(0...ValueLimits.count)),
      "units in which the rate rises from 0", aliases: ["warmup", "num_warmup_steps"]),
    Field(
      "warmup_ratio", \.warmup.ratio, .optional(.number(.share)),
      "the same as a share of the whole training, rounded up", aliases: ["warmup_proportion"]),
  ]
}
