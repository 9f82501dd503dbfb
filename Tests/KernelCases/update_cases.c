// Cases of the optimisers' steps, with and without their optional arrays.
#include "kernel_case.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define N c->sizes[0]
#define F(ARGUMENT) float_argument(c, ARGUMENT)

// Arguments: the gradient, `states` arrays that the step keeps, the parameter.
static void draw_step(KernelCase *c, size_t states) {
  static const char *const names[] = {"state 0", "state 1", "state 2"};
  N = case_length(c);
  for (int i = 0; i < CASE_SCALARS; i++) c->scalars[i] = draw_coefficient(c);
  c->flags[0] = draw_flag(c);
  c->flags[1] = draw_flag(c);
  give(c, "g", FLOATS, INPUT, N);
  for (size_t i = 0; i < states; i++) {
    CaseArray *state = give(c, names[i], FLOATS, OUTPUT, N);
    // Averages of squares are not negative, else every step would be NaN.
    if (i == 0 && states > 1) continue;
    for (size_t j = 0; j < N; j++) {
      uint32_t bits;
      memcpy(&bits, (float *)state->initial + j, sizeof bits);
      bits &= 0x7fffffffu;
      memcpy((float *)state->initial + j, &bits, sizeof bits);
    }
  }
}

static void draw_parameter(KernelCase *c) { give(c, "p", FLOATS, OUTPUT, N); }

static void draw_optional(KernelCase *c, const char *name) {
  if (draw_flag(c)) {
    give(c, name, FLOATS, OUTPUT, N);
  } else {
    give_null(c);
  }
}

static void draw_sgd(KernelCase *c) {
  draw_step(c, 0);
  draw_optional(c, "velocity");
  draw_parameter(c);
}

static void draw_adam(KernelCase *c) {
  draw_step(c, 2);
  draw_parameter(c);
}

static void draw_rmsprop(KernelCase *c) {
  draw_step(c, 1);
  draw_optional(c, "average");
  draw_optional(c, "buffer");
  draw_parameter(c);
}

static void draw_adagrad(KernelCase *c) {
  draw_step(c, 1);
  draw_parameter(c);
}

static void run_sgd(const AssayKernels *kernels, KernelCase *c) {
  const float *s = c->scalars;
  AssaySGD step = {.rate = s[0], .momentum = s[1], .one_minus_dampening = s[2],
                   .weight_decay = s[3], .nesterov = c->flags[0], .first = c->flags[1]};
  kernels->sgd(N, step, F(0), F(1), F(2));
}

static void run_adam(const AssayKernels *kernels, KernelCase *c) {
  const float *s = c->scalars;
  AssayAdam step = {.one_minus_beta1 = s[0], .beta2 = s[1], .one_minus_beta2 = s[2], .rate = s[3],
                    .root_scale = s[4], .epsilon = s[5], .weight_decay = s[6], .decay = s[7]};
  kernels->adam(N, step, F(0), F(1), F(2), F(3));
}

static void run_rmsprop(const AssayKernels *kernels, KernelCase *c) {
  const float *s = c->scalars;
  AssayRMSprop step = {.rate = s[0], .alpha = s[1], .one_minus_alpha = s[2], .epsilon = s[3],
                       .momentum = s[4], .weight_decay = s[5]};
  kernels->rmsprop(N, step, F(0), F(1), F(2), F(3), F(4));
}

static void run_adagrad(const AssayKernels *kernels, KernelCase *c) {
  kernels->adagrad(N, c->scalars[0], c->scalars[1], c->scalars[2], F(0), F(1), F(2));
}

#define ENTRY(NAME) {#NAME, CASE_ENTRY(NAME), draw_##NAME, run_##NAME}

static const CaseKernel kernels_with_cases[] = {
    ENTRY(sgd),
    ENTRY(adam),
    ENTRY(rmsprop),
    ENTRY(adagrad),
};

const CaseGroup update_cases = {sizeof kernels_with_cases / sizeof *kernels_with_cases,
                                kernels_with_cases};
