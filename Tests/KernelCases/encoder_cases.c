// Cases of the kernels of a transformer's encoder.
#include "kernel_case.h"

#pragma STDC FP_CONTRACT OFF

#define ROWS c->sizes[0]
#define COLUMNS c->sizes[1]
#define F(ARGUMENT) float_argument(c, ARGUMENT)

static const AssayFunction activations[] = {ASSAY_RELU, ASSAY_GELU, ASSAY_GELU_TANH};

static void draw_activation(KernelCase *c) {
  const size_t count = c->sizes[0] = case_length(c);
  c->flags[0] = activations[draw_below(&c->random, 3)];
  give(c, "x", FLOATS, INPUT, count);
  give(c, "g", FLOATS, INPUT, count);
  if (draw_flag(c)) {
    give_again(c, 0);
  } else {
    give(c, "y", FLOATS, OUTPUT, count);
  }
  if (draw_flag(c)) {
    give_again(c, 1);
  } else {
    give(c, "dx", FLOATS, OUTPUT, count);
  }
}

static void run_activation_backward(const AssayKernels *kernels, KernelCase *c) {
  kernels->activation_backward((AssayFunction)c->flags[0], c->sizes[0], F(0), F(1), F(2), F(3));
}

// Often no dropout at all, whose scale is 1.
static void draw_dropout_setting(KernelCase *c) {
  static const uint64_t thresholds[] = {0, 1, 0x1999999au, 0x80000000u, 0xffffffffu, 0x100000000u};
  c->threshold = thresholds[draw_below(&c->random, 6)];
  c->scalars[0] = c->threshold == 0 ? 1.0f : draw_coefficient(c);
  uint64_t key = draw_bits(&c->random);
  c->source = (AssayRandom){.key0 = (uint32_t)key, .key1 = (uint32_t)(key >> 32)};
  c->source.site = (uint32_t)draw_bits(&c->random);
  c->source.draw = draw_bits(&c->random);
}

static AssayDropout dropout_setting(const KernelCase *c) {
  return (AssayDropout){
      .source = c->source, .threshold = c->threshold, .scale = c->scalars[0]};
}

static void give_indices(KernelCase *c, const char *name, size_t count, uint64_t limit) {
  CaseArray *array = give(c, name, WORDS, INPUT, count);
  for (size_t i = 0; i < count; i++) {
    ((int32_t *)array->initial)[i] = (int32_t)draw_below(&c->random, limit);
  }
}

// The draws are the bits of doubles.
static void give_places(KernelCase *c) {
  give_indices(c, "positions", ROWS, 600);
  give(c, "draws", DOUBLES, INPUT, ROWS);
}

static AssayPlaces places(const KernelCase *c, size_t argument) {
  return (AssayPlaces){.positions = argument_of(c, argument),
                       .draws = argument_of(c, argument + 1)};
}

static void draw_dropout_rows(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  draw_dropout_setting(c);
  give(c, "x", FLOATS, INPUT, ROWS * COLUMNS);
  give_places(c);
  if (draw_flag(c)) {
    give_again(c, 0);
  } else {
    give(c, "y", FLOATS, OUTPUT, ROWS * COLUMNS);
  }
}

static void run_dropout_rows(const AssayKernels *kernels, KernelCase *c) {
  kernels->dropout_rows(ROWS, COLUMNS, dropout_setting(c), places(c, 1), F(0), F(3));
}

static void draw_residual_norm(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  draw_dropout_setting(c);
  c->scalars[1] = draw_flag(c) ? 1e-12f : 0.1f;
  give(c, "x", FLOATS, INPUT, ROWS * COLUMNS);
  give(c, "residual", FLOATS, INPUT, ROWS * COLUMNS);
  give_places(c);
  give(c, "gain", FLOATS, INPUT, COLUMNS);
  give(c, "bias", FLOATS, INPUT, COLUMNS);
  if (draw_flag(c)) {
    give_again(c, 0);
  } else {
    give(c, "sum", FLOATS, OUTPUT, ROWS * COLUMNS);
  }
  give(c, "y", FLOATS, OUTPUT, ROWS * COLUMNS);
  give(c, "means", FLOATS, OUTPUT, ROWS);
  give(c, "scales", FLOATS, OUTPUT, ROWS);
}

static void run_residual_norm(const AssayKernels *kernels, KernelCase *c) {
  kernels->residual_norm(ROWS, COLUMNS, F(0), F(1), dropout_setting(c), places(c, 2), F(4), F(5),
                         c->scalars[1], F(6), F(7), F(8), F(9));
}

static void draw_residual_norm_backward(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  draw_dropout_setting(c);
  give(c, "sum", FLOATS, INPUT, ROWS * COLUMNS);
  give(c, "gain", FLOATS, INPUT, COLUMNS);
  give(c, "means", FLOATS, INPUT, ROWS);
  give(c, "scales", FLOATS, INPUT, ROWS);
  give(c, "g", FLOATS, INPUT, ROWS * COLUMNS);
  give_places(c);
  give(c, "residual gradient", FLOATS, OUTPUT, ROWS * COLUMNS);
  give(c, "gradient", FLOATS, OUTPUT, ROWS * COLUMNS);
}

static void run_residual_norm_backward(const AssayKernels *kernels, KernelCase *c) {
  kernels->residual_norm_backward(ROWS, COLUMNS, F(0), F(1), F(2), F(3), F(4), dropout_setting(c),
                                  places(c, 5), F(7), F(8));
}

static void draw_attention_softmax(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  draw_dropout_setting(c);
  c->scalars[1] = draw_coefficient(c);
  c->sizes[2] = (COLUMNS + 63) / 64 * 64;
  c->first = draw_below(&c->random, 16) * c->sizes[2] * c->sizes[2];
  give_indices(c, "queries", ROWS, c->sizes[2] + 1);
  give(c, "p", FLOATS, OUTPUT, ROWS * COLUMNS);
  give(c, "kept", FLOATS, OUTPUT, ROWS * COLUMNS);
}

static void run_attention_softmax(const AssayKernels *kernels, KernelCase *c) {
  AssayHead head = {.scale = c->scalars[1], .dropout = dropout_setting(c)};
  head.first = c->first;
  head.span = c->sizes[2];
  kernels->attention_softmax(ROWS, COLUMNS, head, argument_of(c, 0), F(1), F(2));
}

static void draw_attention_backward(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  c->scalars[0] = draw_coefficient(c);
  c->scalars[1] = draw_coefficient(c);
  give(c, "p", FLOATS, INPUT, ROWS * COLUMNS);
  CaseArray *kept = give(c, "kept", FLOATS, INPUT, ROWS * COLUMNS);
  for (size_t i = 0; i < kept->count; i++) {
    if (draw_below(&c->random, 4) == 0) ((float *)kept->initial)[i] = 0.0f;
  }
  give(c, "g", FLOATS, OUTPUT, ROWS * COLUMNS);
}

static void run_attention_backward(const AssayKernels *kernels, KernelCase *c) {
  kernels->attention_backward(ROWS, COLUMNS, c->scalars[0], c->scalars[1], F(0), F(1), F(2));
}

static void draw_embedding_rows(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  give_indices(c, "ids", ROWS, 9);
  CaseArray *segments = give(c, "segments", WORDS, INPUT, (ROWS + 3) / 4);
  for (size_t i = 0; i < segments->count * 4; i++) {
    ((uint8_t *)segments->initial)[i] = (uint8_t)draw_below(&c->random, 2);
  }
  give_indices(c, "places", ROWS, 5);
  give(c, "words", FLOATS, INPUT, 9 * COLUMNS);
  give(c, "types", FLOATS, INPUT, 2 * COLUMNS);
  give(c, "positions", FLOATS, INPUT, 5 * COLUMNS);
  give(c, "y", FLOATS, OUTPUT, ROWS * COLUMNS);
}

static void run_embedding_rows(const AssayKernels *kernels, KernelCase *c) {
  kernels->embedding_rows(ROWS, COLUMNS, argument_of(c, 0), argument_of(c, 1), argument_of(c, 2),
                          F(3), F(4), F(5), F(6));
}

static void draw_sums_of_rows(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  const size_t count = c->sizes[2] = draw_below(&c->random, 12), most = 3 * count;
  CaseArray *starts = give(c, "starts", WORDS, INPUT, count + 1);
  int32_t start = 0;
  for (size_t i = 0; i <= count; i++) {
    ((int32_t *)starts->initial)[i] = start;
    start += (int32_t)draw_below(&c->random, 4);
  }
  give_indices(c, "rows", most + 1, ROWS > 0 ? ROWS : 1);
  give(c, "x", FLOATS, INPUT, (ROWS > 0 ? ROWS : 1) * COLUMNS);
  give(c, "y", FLOATS, OUTPUT, count * COLUMNS);
}

static void run_sums_of_rows(const AssayKernels *kernels, KernelCase *c) {
  kernels->sums_of_rows(c->sizes[2], COLUMNS, argument_of(c, 0), argument_of(c, 1), F(2), F(3));
}

#define ENTRY(NAME, DRAW) {#NAME, CASE_ENTRY(NAME), DRAW, run_##NAME}

static const CaseKernel kernels_with_cases[] = {
    ENTRY(activation_backward, draw_activation),
    ENTRY(dropout_rows, draw_dropout_rows),
    ENTRY(residual_norm, draw_residual_norm),
    ENTRY(residual_norm_backward, draw_residual_norm_backward),
    ENTRY(attention_softmax, draw_attention_softmax),
    ENTRY(attention_backward, draw_attention_backward),
    ENTRY(embedding_rows, draw_embedding_rows),
    ENTRY(sums_of_rows, draw_sums_of_rows),
};

const CaseGroup encoder_cases = {sizeof kernels_with_cases / sizeof *kernels_with_cases,
                                 kernels_with_cases};
