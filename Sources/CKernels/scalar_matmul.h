// Products as the law states them: loop order i, k, j, one fma chain per element (rule 2).
#ifndef ASSAY_SCALAR_MATMUL_H
#define ASSAY_SCALAR_MATMUL_H

#pragma STDC FP_CONTRACT OFF

#include "CKernels.h"

static void scalar_matmul(AssayLayout layout, size_t m, size_t n, size_t k, const float *a,
                          size_t lda, const float *b, size_t ldb, float *c, size_t ldc,
                          AssayEpilogue epilogue, float *workspace) {
  (void)workspace;
  for (size_t i = 0; i < m; i++) {
    float *row = c + i * ldc;
    if (layout == ASSAY_NT) {
      for (size_t j = 0; j < n; j++) {
        float sum = epilogue.continues ? row[j] : 0.0f;
        for (size_t p = 0; p < k; p++) {
          sum = __builtin_fmaf(a[i * lda + p], b[j * ldb + p], sum);
        }
        row[j] = sum + 0.0f;
      }
    } else {
      for (size_t j = 0; j < n && !epilogue.continues; j++) row[j] = 0.0f;
      for (size_t p = 0; p < k; p++) {
        float factor = layout == ASSAY_TN ? a[p * lda + i] : a[i * lda + p];
        for (size_t j = 0; j < n; j++) row[j] = __builtin_fmaf(factor, b[p * ldb + j], row[j]);
      }
      for (size_t j = 0; j < n; j++) row[j] = row[j] + 0.0f;
    }
    if (epilogue.bias) {
      for (size_t j = 0; j < n; j++) row[j] = row[j] + epilogue.bias[j];
    }
    if (epilogue.relu) {
      for (size_t j = 0; j < n; j++) row[j] = scalar_relu(row[j]);
    }
  }
}

#endif
