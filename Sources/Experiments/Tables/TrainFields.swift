import Diagnostics

extension TrainSpec {
  static let table = FieldTable(
    "train", "one training: a model, data, and how to go about it", defaults: TrainSpec(),
    exclusive: [["epochs", "steps"]],
    elsewhere: elsewhere,
    later: ["precision"],
    fields: [
      Field(
        "model", \.model, .reference(.model, inline: ModelSpec.type),
        "the network: name of a `model` block, or a model in place", required: true),
      Field(
        "data", \.data, .reference(.dataset, inline: DatasetSpec.type),
        "what to learn from: name of a `dataset` block, or a data set in place",
        aliases: ["dataset", "train_dataset"], required: true),
      Field(
        "tokenizer", \.tokenizer,
        .optional(.reference(.tokenizer, inline: TokenizerSpec.type), none: false),
        "how text becomes tokens: name of a `tokenizer` block, or one in place",
        default: "as for the weights taken over, else WordPiece learned from the data"),
      Field(
        "objective", \.objective,
        .list(of: ObjectiveSpec.family.type, counts: 0...2, unique: true),
        "what pre-training predicts: masked_language_model, next_sentence, or both",
        aliases: ["objectives", "task"], default: "the targets of the data"),
      Field(
        "max_seq_length", \.maxSeqLength, .integer(4...1_000_000),
        "tokens of a sequence at most, special ones included; what is longer is cut",
        aliases: ["max_length", "max_len", "block_size", "seq_length"]),
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
        "grain", \.grain, .optional(.integer(1...1_000_000), none: false),
        "rows whose gradients are summed in one chain; see the numerics",
        default: "256 rows of numbers, 8 sequences"),
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
      Field(
        "freeze", \.freeze, .choice,
        "what of a BERT stays as it is: nothing, its embeddings, or all but the head",
        aliases: ["freeze_encoder", "frozen"]),
      Field(
        "gradual_unfreezing", \.gradualUnfreezing, .flag,
        "train one more layer each epoch, from the top; Howard and Ruder 2018"),
      Field(
        "layerwise_lr_decay", \.layerwiseLRDecay,
        .number(NumberRange(from: 0, 1, includesLower: false)),
        "factor of the learning rate from each layer to the one below",
        aliases: ["llrd", "layer_decay", "layerwise_learning_rate_decay"]),
      Field(
        "no_weight_decay", \.noWeightDecay,
        .optional(.list(of: .choice, counts: 0...2, unique: true), none: false),
        "parameters that weight decay leaves alone", aliases: ["no_decay"],
        default: "biases and layer norms of a BERT, none of other models"),
      Field(
        "gradient_accumulation_steps", \.gradientAccumulationSteps, .integer(1...1_000_000),
        "parts of a batch computed one after the other, to save memory; changes no result",
        aliases: ["accumulate", "accumulation_steps"], bears: .presentation),
      Field(
        "gradient_checkpointing", \.gradientCheckpointing, .flag,
        "compute activations again for the backward pass, to save memory; changes no result",
        aliases: ["activation_recomputation", "recompute"], bears: .presentation),
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
