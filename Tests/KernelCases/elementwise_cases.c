// Cases of the kernels that work element by element, and of double sums.
#include "kernel_case.h"

#pragma STDC FP_CONTRACT OFF

#define N c->sizes[0]
#define F(ARGUMENT) float_argument(c, ARGUMENT)

// y = f(x).
static void draw_unary(KernelCase *c) {
  N = case_length(c);
  c->scalars[0] = draw_coefficient(c);
  give(c, "x", FLOATS, INPUT, N);
  give_elementwise_output(c, 1, N);
}

// y = f(a, b).
static void draw_binary(KernelCase *c) {
  N = case_length(c);
  give(c, "a", FLOATS, INPUT, N);
  give(c, "b", FLOATS, INPUT, N);
  give_elementwise_output(c, 2, N);
}

// y = f(x, y).
static void draw_update(KernelCase *c) {
  N = case_length(c);
  c->scalars[0] = draw_coefficient(c);
  give(c, "x", FLOATS, INPUT, N);
  if (draw_below(&c->random, 4) == 0) {
    give_again(c, 0);
  } else {
    give(c, "y", FLOATS, OUTPUT, N);
  }
}

static void draw_fill(KernelCase *c) {
  N = case_length(c);
  c->scalars[0] = draw_float(&c->random, c->values);
  give(c, "y", FLOATS, OUTPUT, N);
}

static void draw_add_row(KernelCase *c) {
  draw_rows_and_columns(c, 0);
  give(c, "x", FLOATS, INPUT, c->sizes[0] * c->sizes[1]);
  give_elementwise_output(c, 1, c->sizes[0] * c->sizes[1]);
  give(c, "bias", FLOATS, INPUT, c->sizes[1]);
}

#define UNARY(NAME, FUNCTION)                                        \
  static void run_##NAME(const AssayKernels *kernels, KernelCase *c) { \
    kernels->map(FUNCTION, N, F(0), F(1));                           \
  }
#define BINARY(NAME)                                                 \
  static void run_##NAME(const AssayKernels *kernels, KernelCase *c) { \
    kernels->NAME(N, F(0), F(1), F(2));                              \
  }
#define SCALED(NAME)                                                 \
  static void run_##NAME(const AssayKernels *kernels, KernelCase *c) { \
    kernels->NAME(N, c->scalars[0], F(0), F(1));                     \
  }

UNARY(exp, ASSAY_EXP)
UNARY(expm1, ASSAY_EXPM1)
UNARY(log, ASSAY_LOG)
UNARY(log1p, ASSAY_LOG1P)
UNARY(tanh, ASSAY_TANH)
UNARY(erf, ASSAY_ERF)
UNARY(sinpi, ASSAY_SINPI)
UNARY(cospi, ASSAY_COSPI)
UNARY(sigmoid, ASSAY_SIGMOID)
UNARY(relu, ASSAY_RELU)
UNARY(gelu, ASSAY_GELU)
UNARY(gelu_tanh, ASSAY_GELU_TANH)
UNARY(sqrt, ASSAY_SQRT)
BINARY(add)
BINARY(subtract)
BINARY(multiply)
BINARY(relu_backward)
BINARY(tanh_backward)
BINARY(sigmoid_backward)
BINARY(gelu_backward)
BINARY(gelu_tanh_backward)
SCALED(scale)
SCALED(add_scaled)

_Static_assert(ASSAY_FUNCTION_COUNT == 13, "a new function needs its cases");

static void run_fill(const AssayKernels *kernels, KernelCase *c) {
  kernels->fill(N, c->scalars[0], F(0));
}

static void run_add_row(const AssayKernels *kernels, KernelCase *c) {
  kernels->add_row(c->sizes[0], c->sizes[1], F(0), F(2), F(1));
}

static void draw_float_sum(KernelCase *c) {
  N = case_length(c);
  give(c, "sum", DOUBLES, OUTPUT, 1);
  give(c, "x", FLOATS, INPUT, N);
}

static void draw_double_sum(KernelCase *c) {
  N = case_length(c);
  give(c, "sum", DOUBLES, OUTPUT, 1);
  give(c, "x", DOUBLES, INPUT, N);
  if (draw_below(&c->random, 8) == 0) {
    c->arguments[c->argument_count++] = 1;  // the square of x
  } else {
    give(c, "y", DOUBLES, INPUT, N);
  }
}

static void run_sum_of_squares(const AssayKernels *kernels, KernelCase *c) {
  *double_argument(c, 0) = kernels->sum_of_squares(N, F(1));
}

static void run_sum_f64(const AssayKernels *kernels, KernelCase *c) {
  *double_argument(c, 0) = kernels->sum_f64(N, double_argument(c, 1));
}

static void run_dot_f64(const AssayKernels *kernels, KernelCase *c) {
  *double_argument(c, 0) = kernels->dot_f64(N, double_argument(c, 1), double_argument(c, 2));
}

#define MAP(NAME) {"map-" #NAME, CASE_ENTRY(map), draw_unary, run_##NAME}
#define ENTRY(NAME, DRAW) {#NAME, CASE_ENTRY(NAME), DRAW, run_##NAME}

static const CaseKernel kernels_with_cases[] = {
    MAP(exp),
    MAP(expm1),
    MAP(log),
    MAP(log1p),
    MAP(tanh),
    MAP(erf),
    MAP(sinpi),
    MAP(cospi),
    MAP(sigmoid),
    MAP(relu),
    MAP(gelu),
    MAP(gelu_tanh),
    MAP(sqrt),
    ENTRY(fill, draw_fill),
    ENTRY(add, draw_binary),
    ENTRY(subtract, draw_binary),
    ENTRY(multiply, draw_binary),
    ENTRY(scale, draw_unary),
    ENTRY(add_scaled, draw_update),
    ENTRY(add_row, draw_add_row),
    ENTRY(relu_backward, draw_binary),
    ENTRY(tanh_backward, draw_binary),
    ENTRY(sigmoid_backward, draw_binary),
    ENTRY(gelu_backward, draw_binary),
    ENTRY(gelu_tanh_backward, draw_binary),
    ENTRY(sum_of_squares, draw_float_sum),
    ENTRY(sum_f64, draw_double_sum),
    ENTRY(dot_f64, draw_double_sum),
};

const CaseGroup elementwise_cases = {sizeof kernels_with_cases / sizeof *kernels_with_cases,
                                     kernels_with_cases};
