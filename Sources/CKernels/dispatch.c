// The choice of an instruction set, and small functions that need no vectors.
#include <string.h>

#include "CKernels.h"
#include "matmul_blocks.h"
#include "tables.h"

#pragma STDC FP_CONTRACT OFF

const AssayKernels *assay_kernels_for(AssayISA isa) {
  switch (isa) {
    case ASSAY_ISA_SCALAR:
      return &assay_scalar_kernels;
#if defined(__x86_64__)
    case ASSAY_ISA_AVX2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &assay_avx2_kernels
                                                                             : NULL;
    case ASSAY_ISA_AVX512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                     __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                     __builtin_cpu_supports("fma")
                 ? &assay_avx512_kernels
                 : NULL;
#endif
#if defined(__aarch64__) || defined(ASSAY_NEON_ON_HOST)
    case ASSAY_ISA_NEON:
      return &assay_neon_kernels;
#endif
    default:
      return NULL;
  }
}

AssayISA assay_best_isa(void) {
  for (int isa = ASSAY_ISA_AVX512; isa > ASSAY_ISA_SCALAR; isa--) {
    if (assay_kernels_for((AssayISA)isa)) return (AssayISA)isa;
  }
  return ASSAY_ISA_SCALAR;
}

// Rows lie anywhere in memory: while one is copied the next one is on its way.
void assay_gather_rows(size_t count, size_t width, const ptrdiff_t *rows, const float *x,
                       float *y) {
  const size_t ahead = width < 4096 ? width : 4096;
  for (size_t r = 0; r < count; r++) {
    if (r + 1 < count) {
      const float *next = x + (size_t)rows[r + 1] * width;
      for (size_t i = 0; i < ahead; i += 16) __builtin_prefetch(next + i);
    }
    memcpy(y + r * width, x + (size_t)rows[r] * width, width * sizeof(float));
  }
}

// Sum of leaves first ..< first + n by the index tree.
static float tree_sum(size_t n, const float *values) {
  if (n == 1) return values[0];
  size_t left = 1;
  while (left * 2 < n) left *= 2;
  return tree_sum(left, values) + tree_sum(n - left, values + left);
}

static double tree_sum_f64(size_t n, const double *values) {
  if (n == 1) return values[0];
  size_t left = 1;
  while (left * 2 < n) left *= 2;
  return tree_sum_f64(left, values) + tree_sum_f64(n - left, values + left);
}

float assay_tree_sum(size_t n, const float *values) { return n == 0 ? 0.0f : tree_sum(n, values); }

double assay_tree_sum_f64(size_t n, const double *values) {
  return n == 0 ? 0.0 : tree_sum_f64(n, values);
}

size_t assay_matmul_workspace(void) { return ASSAY_PANELS + ASSAY_TILES; }
