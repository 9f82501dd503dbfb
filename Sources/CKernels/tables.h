// The kernel tables of this program; `assay_kernels_for` says which of them the CPU can run.
#ifndef ASSAY_TABLES_H
#define ASSAY_TABLES_H

#include "CKernels.h"

extern const AssayKernels assay_scalar_kernels;
#if defined(__x86_64__)
extern const AssayKernels assay_avx2_kernels;
extern const AssayKernels assay_avx512_kernels;
#endif
#if defined(__aarch64__) || defined(ASSAY_NEON_ON_HOST)
extern const AssayKernels assay_neon_kernels;
#endif

/// Elements of a chunk of a long sum (rule 3).
#define ASSAY_CHUNK 4096

// The index tree over chunks as they arrive: complete subtrees are joined at once, the rest from
// the right at the end, so no allocation is needed for any length. Both macros use the variables
// tree_values, tree_leaves and tree_depth of the loop around them.
#define ASSAY_TREE_DEPTH 64

#define TREE_APPEND(TYPE, VALUE)                                        \
  do {                                                                  \
    TYPE tree_value = VALUE;                                            \
    size_t tree_count = 1;                                              \
    while (tree_depth > 0 && tree_leaves[tree_depth - 1] == tree_count) { \
      tree_value = tree_values[--tree_depth] + tree_value;              \
      tree_count *= 2;                                                  \
    }                                                                   \
    tree_values[tree_depth] = tree_value;                               \
    tree_leaves[tree_depth++] = tree_count;                             \
  } while (0)

#define TREE_RESULT(TYPE, RESULT)                                               \
  do {                                                                          \
    TYPE tree_total = tree_depth > 0 ? tree_values[--tree_depth] : (TYPE)0;     \
    while (tree_depth > 0) tree_total = tree_values[--tree_depth] + tree_total; \
    RESULT = tree_total;                                                        \
  } while (0)

#endif
