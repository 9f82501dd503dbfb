// Sums by rule 3 as plain loops: sixteen lanes, four joins, chunks of 4096 and the index tree.
#ifndef ASSAY_SCALAR_SUMS_H
#define ASSAY_SCALAR_SUMS_H

#pragma STDC FP_CONTRACT OFF

#include <stddef.h>

#include "tables.h"

// Joins sixteen lanes: (l, l+8), (l, l+4), (l, l+2), (l, l+1), then + 0.
#define SCALAR_JOIN(TYPE, NAME)                            \
  static inline TYPE NAME(TYPE lanes[16]) {                \
    for (int width = 8; width >= 1; width /= 2) {          \
      for (int l = 0; l < width; l++) {                    \
        lanes[l] = lanes[l] + lanes[l + width];            \
      }                                                    \
    }                                                      \
    return lanes[0] + (TYPE)0;                             \
  }

SCALAR_JOIN(float, scalar_join)
SCALAR_JOIN(double, scalar_join_f64)

// The sum over i of an element expression; STEP updates `lane` for element `i`.
#define SCALAR_ROW_SUM(TYPE, JOIN, N, STEP, RESULT)                            \
  do {                                                                         \
    TYPE tree_values[ASSAY_TREE_DEPTH];                                        \
    size_t tree_leaves[ASSAY_TREE_DEPTH];                                      \
    int tree_depth = 0;                                                        \
    for (size_t start = 0; start < (N); start += ASSAY_CHUNK) {                \
      size_t end = (N) - start < ASSAY_CHUNK ? (N) : start + ASSAY_CHUNK;      \
      TYPE lanes[16] = {0};                                                    \
      for (size_t i = start; i < end; i++) {                                   \
        TYPE lane = lanes[i % 16];                                             \
        STEP;                                                                  \
        lanes[i % 16] = lane;                                                  \
      }                                                                        \
      TREE_APPEND(TYPE, JOIN(lanes));                                          \
    }                                                                          \
    TREE_RESULT(TYPE, RESULT);                                                 \
  } while (0)

#endif
