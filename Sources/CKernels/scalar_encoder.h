// A transformer's encoder as plain loops (rules 2, 3, 6 and 8).
#ifndef ASSAY_SCALAR_ENCODER_H
#define ASSAY_SCALAR_ENCODER_H

#pragma STDC FP_CONTRACT OFF

#include "CKernels.h"
#include "scalar_elementwise.h"
#include "scalar_rows.h"

static void scalar_activation_backward(AssayFunction function, size_t n, const float *x,
                                       const float *g, float *y, float *dx) {
  for (size_t i = 0; i < n; i++) {
    float input = x[i], up = g[i];
    switch (function) {
      case ASSAY_RELU:
        dx[i] = scalar_relu(input) <= 0.0f ? 0.0f : up;
        y[i] = scalar_relu(input);
        break;
      case ASSAY_GELU:
        dx[i] = up * scalar_gelu_slope(input);
        y[i] = scalar_gelu(input);
        break;
      case ASSAY_GELU_TANH:
        dx[i] = up * scalar_gelu_tanh_slope(input);
        y[i] = scalar_gelu_tanh(input);
        break;
      default: break;
    }
  }
}

// Dropout of one run of elements; a threshold of 0 draws nothing.
static void scalar_drop(size_t n, uint64_t first, AssayDropout dropout, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) {
    int kept = dropout.threshold == 0 ||
               scalar_word(first + i, dropout.source) >= dropout.threshold;
    y[i] = kept ? x[i] * dropout.scale : 0.0f;
  }
}

static void scalar_dropout_rows(size_t rows, size_t columns, AssayDropout dropout,
                                AssayPlaces places, const float *x, float *y) {
  for (size_t r = 0; r < rows; r++) {
    dropout.source.draw = places.draws[r];
    scalar_drop(columns, (uint64_t)places.positions[r] * columns, dropout, x + r * columns,
                y + r * columns);
  }
}

static void scalar_residual_norm(size_t rows, size_t columns, const float *x,
                                 const float *residual, AssayDropout dropout, AssayPlaces places,
                                 const float *gain, const float *bias, float epsilon, float *sum,
                                 float *y, float *means, float *scales) {
  scalar_dropout_rows(rows, columns, dropout, places, x, sum);
  scalar_add(rows * columns, residual, sum, sum);
  scalar_layer_norm(rows, columns, sum, gain, bias, epsilon, y, means, scales);
}

static void scalar_residual_norm_backward(size_t rows, size_t columns, const float *sum,
                                          const float *gain, const float *means,
                                          const float *scales, const float *g,
                                          AssayDropout dropout, AssayPlaces places,
                                          float *residual_gradient, float *gradient) {
  scalar_layer_norm_backward(rows, columns, sum, gain, means, scales, g, residual_gradient);
  scalar_dropout_rows(rows, columns, dropout, places, residual_gradient, gradient);
}

static void scalar_attention_softmax(size_t rows, size_t columns, AssayHead head,
                                     const int32_t *queries, float *p, float *kept) {
  scalar_scale(rows * columns, head.scale, p, p);
  scalar_softmax(rows, columns, p, p);
  for (size_t r = 0; r < rows && head.dropout.threshold != 0; r++) {
    scalar_drop(columns, head.first + (uint64_t)queries[r] * head.span, head.dropout,
                p + r * columns, kept + r * columns);
  }
}

static void scalar_attention_backward(size_t rows, size_t columns, float scale, float dropout,
                                      const float *p, const float *kept, float *g) {
  for (size_t r = 0; r < rows; r++) {
    const float *share = p + r * columns, *mask = kept + r * columns;
    float *d = g + r * columns;
    for (size_t j = 0; j < columns; j++) d[j] = mask[j] != 0.0f ? d[j] * dropout : 0.0f;
    float dot;
    SCALAR_ROW_SUM(float, scalar_join, columns, lane = scalar_fma(d[i], share[i], lane), dot);
    for (size_t j = 0; j < columns; j++) d[j] = share[j] * (d[j] - dot) * scale;
  }
}

static void scalar_embedding_rows(size_t rows, size_t columns, const int32_t *ids,
                                  const uint8_t *segments, const int32_t *places,
                                  const float *words, const float *types, const float *positions,
                                  float *y) {
  for (size_t r = 0; r < rows; r++) {
    const float *word = words + (size_t)ids[r] * columns;
    const float *type = types + (size_t)segments[r] * columns;
    const float *position = positions + (size_t)places[r] * columns;
    for (size_t j = 0; j < columns; j++) {
      y[r * columns + j] = (word[j] + type[j]) + position[j];
    }
  }
}

static void scalar_sums_of_rows(size_t count, size_t columns, const int32_t *starts,
                                const int32_t *rows, const float *x, float *y) {
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < columns; j++) {
      float sum = 0.0f;
      for (int32_t k = starts[i]; k < starts[i + 1]; k++) {
        sum = sum + x[(size_t)rows[k] * columns + j];
      }
      y[i * columns + j] = sum + 0.0f;
    }
  }
}

#endif
