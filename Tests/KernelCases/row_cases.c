// Cases of the kernels that work on rows or columns.
#include "kernel_case.h"

#pragma STDC FP_CONTRACT OFF

#define ROWS c->sizes[0]
#define COLUMNS c->sizes[1]
#define STRIDE c->sizes[2]
#define F(ARGUMENT) float_argument(c, ARGUMENT)

static void draw_row_to_one(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  give(c, "x", FLOATS, INPUT, ROWS * COLUMNS);
  give(c, "sums", FLOATS, OUTPUT, ROWS);
}

static void draw_row_to_row(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  give(c, "x", FLOATS, INPUT, ROWS * COLUMNS);
  give(c, "y", FLOATS, OUTPUT, ROWS * COLUMNS);
}

static void draw_argmax(KernelCase *c) {
  draw_rows_and_columns(c, 1);
  CaseArray *x = give(c, "x", FLOATS, INPUT, ROWS * COLUMNS);
  // Ties are common among few values; the first must win.
  if (draw_flag(c)) {
    for (size_t i = 0; i < x->count; i++) {
      ((float *)x->initial)[i] = (float)draw_below(&c->random, 3) - 1.0f;
    }
  }
  give(c, "indices", WORDS, OUTPUT, ROWS);
}

static void draw_columns_to_one(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  if (draw_flag(c)) {
    size_t rows = ROWS;
    ROWS = COLUMNS;
    COLUMNS = rows;
  }
  STRIDE = draw_stride(c, COLUMNS);
  give(c, "x", FLOATS, INPUT, matrix_extent(ROWS, COLUMNS, STRIDE));
  give(c, "sums", FLOATS, OUTPUT, COLUMNS);
}

static void draw_cross_entropy(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  give(c, "x", FLOATS, INPUT, ROWS * COLUMNS);
  CaseArray *targets = give(c, "targets", WORDS, INPUT, ROWS);
  for (size_t r = 0; r < ROWS; r++) {
    int ignored = COLUMNS == 0 || draw_below(&c->random, 6) == 0;
    int64_t target = ignored ? -1 - (int64_t)draw_below(&c->random, 100)
                             : (int64_t)draw_below(&c->random, COLUMNS);
    ((int32_t *)targets->initial)[r] = (int32_t)target;
  }
  if (draw_flag(c)) {
    give(c, "weights", FLOATS, INPUT, COLUMNS);
  } else {
    give_null(c);
  }
  const float smoothing = draw_flag(c) ? 0.0f : 0.1f;
  c->scalars[0] = 1.0f - smoothing;
  c->scalars[1] = COLUMNS == 0 ? 0.0f : smoothing / (float)COLUMNS;
  c->scalars[2] = smoothing;
  c->scalars[3] = draw_coefficient(c);
  give(c, "losses", FLOATS, OUTPUT, ROWS);
  if (smoothing == 0.0f && draw_flag(c)) {
    give_again(c, 0);
  } else {
    give(c, "gradient", FLOATS, OUTPUT, ROWS * COLUMNS);
  }
}

static void draw_layer_norm(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  c->scalars[0] = draw_flag(c) ? 1e-5f : 0.0f;
  give(c, "x", FLOATS, INPUT, ROWS * COLUMNS);
  give(c, "gain", FLOATS, INPUT, COLUMNS);
  give(c, "bias", FLOATS, INPUT, COLUMNS);
  give(c, "y", FLOATS, OUTPUT, ROWS * COLUMNS);
  give(c, "means", FLOATS, OUTPUT, ROWS);
  give(c, "scales", FLOATS, OUTPUT, ROWS);
}

static void draw_layer_norm_again(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  give(c, "x", FLOATS, INPUT, ROWS * COLUMNS);
  give(c, "gain", FLOATS, INPUT, COLUMNS);
  give(c, "bias", FLOATS, INPUT, COLUMNS);
  give(c, "means", FLOATS, INPUT, ROWS);
  give(c, "scales", FLOATS, INPUT, ROWS);
  give(c, "y", FLOATS, OUTPUT, ROWS * COLUMNS);
}

static void draw_layer_norm_backward(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  give(c, "x", FLOATS, INPUT, ROWS * COLUMNS);
  give(c, "gain", FLOATS, INPUT, COLUMNS);
  give(c, "means", FLOATS, INPUT, ROWS);
  give(c, "scales", FLOATS, INPUT, ROWS);
  give(c, "g", FLOATS, INPUT, ROWS * COLUMNS);
  give(c, "dx", FLOATS, OUTPUT, ROWS * COLUMNS);
}

static void draw_layer_norm_parameters(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  if (draw_flag(c)) {
    size_t rows = ROWS;
    ROWS = COLUMNS;
    COLUMNS = rows;
  }
  STRIDE = draw_stride(c, COLUMNS);
  give(c, "x", FLOATS, INPUT, matrix_extent(ROWS, COLUMNS, STRIDE));
  give(c, "means", FLOATS, INPUT, ROWS);
  give(c, "scales", FLOATS, INPUT, ROWS);
  give(c, "g", FLOATS, INPUT, matrix_extent(ROWS, COLUMNS, STRIDE));
  give(c, "gain gradient", FLOATS, OUTPUT, COLUMNS);
  give(c, "bias gradient", FLOATS, OUTPUT, COLUMNS);
}

#define SIMPLE(NAME)                                                 \
  static void run_##NAME(const AssayKernels *kernels, KernelCase *c) { \
    kernels->NAME(ROWS, COLUMNS, F(0), argument_of(c, 1));           \
  }

SIMPLE(row_sums)
SIMPLE(row_argmax)
SIMPLE(softmax)
SIMPLE(log_softmax)

static void run_column_sums(const AssayKernels *kernels, KernelCase *c) {
  kernels->column_sums(ROWS, COLUMNS, STRIDE, F(0), F(1));
}

static void run_cross_entropy(const AssayKernels *kernels, KernelCase *c) {
  kernels->cross_entropy(ROWS, COLUMNS, F(0), argument_of(c, 1), F(2), c->scalars[0],
                         c->scalars[1], c->scalars[2], c->scalars[3], F(3), F(4));
}

static void run_layer_norm(const AssayKernels *kernels, KernelCase *c) {
  kernels->layer_norm(ROWS, COLUMNS, F(0), F(1), F(2), c->scalars[0], F(3), F(4), F(5));
}

static void run_layer_norm_again(const AssayKernels *kernels, KernelCase *c) {
  kernels->layer_norm_again(ROWS, COLUMNS, F(0), F(1), F(2), F(3), F(4), F(5));
}

static void run_layer_norm_backward(const AssayKernels *kernels, KernelCase *c) {
  kernels->layer_norm_backward(ROWS, COLUMNS, F(0), F(1), F(2), F(3), F(4), F(5));
}

static void run_layer_norm_parameters(const AssayKernels *kernels, KernelCase *c) {
  kernels->layer_norm_parameters(ROWS, COLUMNS, STRIDE, F(0), F(1), F(2), F(3), F(4), F(5));
}

#define ENTRY(NAME, DRAW) {#NAME, CASE_ENTRY(NAME), DRAW, run_##NAME}

static const CaseKernel kernels_with_cases[] = {
    ENTRY(row_sums, draw_row_to_one),
    ENTRY(row_argmax, draw_argmax),
    ENTRY(column_sums, draw_columns_to_one),
    ENTRY(softmax, draw_row_to_row),
    ENTRY(log_softmax, draw_row_to_row),
    ENTRY(cross_entropy, draw_cross_entropy),
    ENTRY(layer_norm, draw_layer_norm),
    ENTRY(layer_norm_again, draw_layer_norm_again),
    ENTRY(layer_norm_backward, draw_layer_norm_backward),
    ENTRY(layer_norm_parameters, draw_layer_norm_parameters),
};

const CaseGroup row_cases = {sizeof kernels_with_cases / sizeof *kernels_with_cases,
                             kernels_with_cases};
