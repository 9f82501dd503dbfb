// Cases of the kernels with random numbers: ranges that start anywhere in a group of 64 elements.
#include "kernel_case.h"

#pragma STDC FP_CONTRACT OFF

#define N c->sizes[0]
#define F(ARGUMENT) float_argument(c, ARGUMENT)

static void draw_range(KernelCase *c) {
  N = case_length(c);
  // Low, at random, and ending where ranges must end (2³⁴).
  const uint64_t limit = (uint64_t)1 << 34, most = limit - N;
  switch (draw_below(&c->random, 3)) {
    case 0: c->first = draw_below(&c->random, 130); break;
    case 1: c->first = draw_below(&c->random, most + 1); break;
    default: c->first = most - draw_below(&c->random, 70); break;
  }
  uint64_t key = draw_bits(&c->random);
  c->source = (AssayRandom){.key0 = (uint32_t)key, .key1 = (uint32_t)(key >> 32)};
  c->source.site = (uint32_t)draw_bits(&c->random);
  c->source.draw = draw_bits(&c->random);
  c->scalars[0] = draw_coefficient(c);
  c->scalars[1] = draw_coefficient(c);
}

static void draw_words(KernelCase *c) {
  draw_range(c);
  give(c, "words", WORDS, OUTPUT, N);
}

static void draw_floats(KernelCase *c) {
  draw_range(c);
  give(c, "y", FLOATS, OUTPUT, N);
}

static void draw_dropout(KernelCase *c) {
  static const uint64_t thresholds[] = {0, 1, 0x80000000u, 0xffffffffu, 0x100000000u};
  draw_range(c);
  uint64_t choice = draw_below(&c->random, 10);
  c->threshold = choice < 5 ? thresholds[choice] : draw_bits(&c->random) >> 32;
  give(c, "x", FLOATS, INPUT, N);
  give_elementwise_output(c, 1, N);
}

static void run_random_words(const AssayKernels *kernels, KernelCase *c) {
  kernels->random_words(N, c->first, c->source, argument_of(c, 0));
}

static void run_random_uniform(const AssayKernels *kernels, KernelCase *c) {
  kernels->random_uniform(N, c->first, c->source, c->scalars[0], c->scalars[1], F(0));
}

static void run_random_normal(const AssayKernels *kernels, KernelCase *c) {
  kernels->random_normal(N, c->first, c->source, c->scalars[0], c->scalars[1], F(0));
}

static void run_dropout(const AssayKernels *kernels, KernelCase *c) {
  kernels->dropout(N, c->first, c->source, c->threshold, c->scalars[0], F(0), F(1));
}

#define ENTRY(NAME, DRAW) {#NAME, CASE_ENTRY(NAME), DRAW, run_##NAME}

static const CaseKernel kernels_with_cases[] = {
    ENTRY(random_words, draw_words),
    ENTRY(random_uniform, draw_floats),
    ENTRY(random_normal, draw_floats),
    ENTRY(dropout, draw_dropout),
};

const CaseGroup random_cases = {sizeof kernels_with_cases / sizeof *kernels_with_cases,
                                kernels_with_cases};
