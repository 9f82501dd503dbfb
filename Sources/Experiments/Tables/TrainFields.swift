import Diagnostics

extension TrainSpec {
  static let table = FieldTable(
    "train", "one training: a model, data, and how to go about it", defaults: TrainSpec(),
    exclusive: [["epochs", "steps"]],
    elsewhere: elsewhere,
    later: ["objective", "freeze", "precision", "accumulate"],
    fields: [
      Field(
        "model", \.model, .reference(.model, inline: ModelSpec.type),
        "the network: name of a `model` block, or a model in place", required: true),
      Field(
        "data", \.data, .reference(.dataset, inline: DatasetSpec.type),
        "what to learn from: name of a `dataset` block, or a data set in place",
        aliases: ["dataset", "train_dataset"], required: true),
      Field(
        "loss", \.loss, .optional(LossSpec.family.type), "what is made small",
        aliases: ["criterion", "objective_function"],
        default: "cross_entropy for classes, mse for numbers"),
      Field(
        "optimizer", \.optimizer, OptimizerSpec.family.type, "how gradients move weights",
        aliases: ["optimiser", "optim"]),
      Field(
        "schedule", \.schedule, ScheduleSpec.family.type, "how the learning rate changes",
        aliases: ["scheduler", "lr_scheduler", "lr_schedule", "lr_scheduler_type"]),
      Field(
        "epochs", \.epochs, .optional(.integer(1...10_000_000)), "passes over the training part",
        aliases: ["num_train_epochs", "num_epochs", "n_epochs", "max_epochs", "epoch"],
        default: "3, when there are no `steps`"),
      Field(
        "steps", \.steps, .optional(.integer(1...ValueLimits.count)), "optimiser steps",
        aliases: ["max_steps", "num_steps", "iterations", "max_iter"],
        default: "as many as the epochs have"),
      Field(
        "batch_size", \.batchSize, .integer(1...10_000_000), "rows per optimiser step",
        aliases: ["batch", "per_device_train_batch_size", "train_batch_size", "minibatch"]),
      Field(
        "grain", \.grain, .integer(1...1_000_000),
        "rows whose gradients are summed in one chain; see the numerics"),
      Field("shuffle", \.shuffle, .flag, "draw a new order of the rows each epoch"),
      Field(
        "max_grad_norm", \.maxGradNorm, .optional(.number(.positive)),
        "clip the norm of all gradients together",
        aliases: ["clip_grad_norm", "gradient_clip_val", "grad_clip", "clip_norm"],
        default: "none"),
      Field(
        "max_grad_value", \.maxGradValue, .optional(.number(.positive)),
        "clip each element of the gradients", aliases: ["clip_grad_value", "clip_value"],
        default: "none"),
      Field(
        "early_stopping", \.earlyStopping, .optional(.group(EarlyStoppingSpec.table)),
        "end when a measure stops getting better, and go back to the best weights",
        default: "none"),
    ])

  private static let elsewhere: [String: String] = {
    let smoothing =
      "it is a field of the loss, `loss: {cross_entropy: {label_smoothing: 0.1}}`"
    let optimizer = "it is a field of the optimiser, `optimizer: {adamw: {lr: 1e-3}}`"
    let schedule = "it is a field of the schedule, `schedule: {cosine: {warmup_ratio: 0.1}}`"
    return [
      "lr": optimizer, "learning_rate": optimizer, "weight_decay": optimizer,
      "momentum": optimizer, "betas": optimizer, "warmup_steps": schedule,
      "warmup_ratio": schedule, "num_warmup_steps": schedule,
      "patience": "it is a field of `early_stopping: {patience: 3}`",
      "metrics": "it is a field of `evaluate:`, which stands beside `train:`",
      "evaluate": "it stands beside `train:`, not inside",
      "seed": "it stands beside `train:`, not inside",
      "repeat": "it stands beside `train:`, not inside",
      "dropout": "it is a layer of the model, `- dropout: {p: 0.5}`",
      "label_smoothing": smoothing,
    ]
  }()
}

extension EarlyStoppingSpec {
  static let table = FieldTable(
    "early_stopping", "ends training when a measure stops getting better",
    defaults: EarlyStoppingSpec(),
    fields: [
      Field(
        "monitor", \.monitor, .choice, "what must get better",
        aliases: ["metric", "metric_for_best_model"]),
      Field(
        "patience", \.patience, .integer(1...ValueLimits.count),
        "evaluations without improvement that are borne", aliases: ["early_stopping_patience"]),
      Field(
        "min_delta", \.minDelta, .number(.nonnegative), "smaller improvements count as none",
        aliases: ["early_stopping_threshold", "tol", "threshold"]),
    ])
}
