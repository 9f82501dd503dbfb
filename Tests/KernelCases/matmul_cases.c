// Cases of the matrix product: layouts, gaps between rows, edges of tiles and blocks, epilogues.
#include "kernel_case.h"

#pragma STDC FP_CONTRACT OFF

// Terms of a product that a random case may have, so that it takes milliseconds.
#define MOST_TERMS 2000000

// Around tiles (6×16, 14×32, 8×12), blocks of rows (108 and 112), columns (1056) and k (768), alone
// and together: see matmul_blocks.h.
static const size_t edge_sizes[EDGE_COUNT][3] = {
    {0, 3, 2},    {3, 0, 2},    {2, 3, 0},    {1, 1, 1},     {6, 16, 5},    {7, 17, 6},
    {14, 32, 1},  {15, 33, 17}, {8, 12, 64},  {9, 20, 8},    {112, 33, 768}, {113, 17, 769},
    {108, 9, 767}, {109, 5, 1537}, {5, 1056, 768}, {3, 1057, 769},
    {7, 1062, 1545}, {15, 1064, 20}, {2, 2113, 3}, {225, 17, 33}, {112, 40, 780},
};

static size_t draw_side(KernelCase *c, size_t far) {
  uint64_t choice = draw_below(&c->random, 12);
  // Across the blocks of the cache, once in a while.
  if (choice == 0) return 1 + draw_below(&c->random, far);
  return choice < 4 ? 1 + draw_below(&c->random, 12) : draw_length(&c->random, 100);
}

static void draw_sizes(KernelCase *c) {
  if (c->edge >= 0) {
    for (int i = 0; i < 3; i++) c->sizes[i] = edge_sizes[c->edge][i];
    return;
  }
  c->sizes[0] = draw_side(c, 300);
  c->sizes[1] = draw_side(c, 2200);
  c->sizes[2] = draw_side(c, 1600);
  while (c->sizes[0] * c->sizes[1] * c->sizes[2] > MOST_TERMS) {
    c->sizes[draw_below(&c->random, 3)] /= 2;
  }
}

static void draw_product(KernelCase *c, AssayLayout layout) {
  draw_sizes(c);
  const size_t m = c->sizes[0], n = c->sizes[1], k = c->sizes[2];
  const size_t a_columns = layout == ASSAY_TN ? m : k, b_columns = layout == ASSAY_NT ? k : n;
  c->sizes[3] = draw_stride(c, a_columns);
  c->sizes[4] = draw_stride(c, b_columns);
  c->sizes[5] = draw_stride(c, n);
  give(c, "a", FLOATS, INPUT, matrix_extent(layout == ASSAY_TN ? k : m, a_columns, c->sizes[3]));
  give(c, "b", FLOATS, INPUT, matrix_extent(layout == ASSAY_NT ? n : k, b_columns, c->sizes[4]));
  // Gaps between the rows of C are outputs too: they must stay as they are. What is in C matters
  // where chains continue.
  give(c, "c", FLOATS, OUTPUT, matrix_extent(m, n, c->sizes[5]));
  // Beyond a block of columns the bias moves along.
  if (draw_flag(c) || n > 1056) {
    give(c, "bias", FLOATS, INPUT, n);
  } else {
    give_null(c);
  }
  c->flags[0] = draw_flag(c);
  c->flags[1] = draw_flag(c);
  give(c, "workspace", FLOATS, SCRATCH, assay_matmul_workspace());
}

static void run_product(const AssayKernels *kernels, KernelCase *c, AssayLayout layout) {
  AssayEpilogue epilogue = {.bias = float_argument(c, 3), .relu = c->flags[0]};
  epilogue.continues = c->flags[1];
  kernels->matmul(layout, c->sizes[0], c->sizes[1], c->sizes[2], float_argument(c, 0), c->sizes[3],
                  float_argument(c, 1), c->sizes[4], float_argument(c, 2), c->sizes[5], epilogue,
                  float_argument(c, 4));
}

#define LAYOUT(NAME, VALUE)                                                             \
  static void draw_##NAME(KernelCase *c) { draw_product(c, VALUE); }                    \
  static void run_##NAME(const AssayKernels *kernels, KernelCase *c) {                  \
    run_product(kernels, c, VALUE);                                                     \
  }

LAYOUT(nn, ASSAY_NN)
LAYOUT(nt, ASSAY_NT)
LAYOUT(tn, ASSAY_TN)

static const CaseKernel kernels_with_cases[] = {
    {"matmul-nn", CASE_ENTRY(matmul), draw_nn, run_nn},
    {"matmul-nt", CASE_ENTRY(matmul), draw_nt, run_nt},
    {"matmul-tn", CASE_ENTRY(matmul), draw_tn, run_tn},
};

const CaseGroup matmul_cases = {sizeof kernels_with_cases / sizeof *kernels_with_cases,
                                kernels_with_cases};
