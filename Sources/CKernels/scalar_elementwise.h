// Elementwise kernels and random numbers as plain loops.
#ifndef ASSAY_SCALAR_ELEMENTWISE_H
#define ASSAY_SCALAR_ELEMENTWISE_H

#pragma STDC FP_CONTRACT OFF

#include "CKernels.h"
#include "philox.h"
#include "scalar_functions.h"

static void scalar_map(AssayFunction function, size_t n, const float *x, float *y) {
#define CASE(NAME, EXPRESSION)                        \
  case NAME:                                          \
    for (size_t i = 0; i < n; i++) y[i] = EXPRESSION; \
    break;
  switch (function) {
    CASE(ASSAY_EXP, scalar_exp(x[i]))
    CASE(ASSAY_EXPM1, scalar_expm1(x[i]))
    CASE(ASSAY_LOG, scalar_log(x[i]))
    CASE(ASSAY_LOG1P, scalar_log1p(x[i]))
    CASE(ASSAY_TANH, scalar_tanh(x[i]))
    CASE(ASSAY_ERF, scalar_erf(x[i]))
    CASE(ASSAY_SINPI, scalar_sinpi(x[i]))
    CASE(ASSAY_COSPI, scalar_cospi(x[i]))
    CASE(ASSAY_SIGMOID, scalar_sigmoid(x[i]))
    CASE(ASSAY_RELU, scalar_relu(x[i]))
    CASE(ASSAY_GELU, scalar_gelu(x[i]))
    CASE(ASSAY_GELU_TANH, scalar_gelu_tanh(x[i]))
    CASE(ASSAY_SQRT, __builtin_sqrtf(x[i]))
    default:
      break;
  }
#undef CASE
}

static void scalar_fill(size_t n, float value, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = value;
}

static void scalar_add(size_t n, const float *a, const float *b, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = a[i] + b[i];
}

static void scalar_subtract(size_t n, const float *a, const float *b, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = a[i] - b[i];
}

static void scalar_multiply(size_t n, const float *a, const float *b, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = a[i] * b[i];
}

static void scalar_scale(size_t n, float factor, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = x[i] * factor;
}

static void scalar_add_scaled(size_t n, float factor, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = scalar_fma(factor, x[i], y[i]);
}

static void scalar_add_row(size_t rows, size_t columns, const float *x, const float *bias,
                           float *y) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t j = 0; j < columns; j++) y[r * columns + j] = x[r * columns + j] + bias[j];
  }
}

static void scalar_relu_backward(size_t n, const float *y, const float *g, float *dx) {
  for (size_t i = 0; i < n; i++) dx[i] = y[i] <= 0.0f ? 0.0f : g[i];
}

static void scalar_tanh_backward(size_t n, const float *y, const float *g, float *dx) {
  for (size_t i = 0; i < n; i++) dx[i] = g[i] * scalar_fma(-y[i], y[i], 1.0f);
}

static void scalar_sigmoid_backward(size_t n, const float *y, const float *g, float *dx) {
  for (size_t i = 0; i < n; i++) dx[i] = g[i] * (y[i] * (1.0f - y[i]));
}

static void scalar_gelu_backward(size_t n, const float *x, const float *g, float *dx) {
  for (size_t i = 0; i < n; i++) dx[i] = g[i] * scalar_gelu_slope(x[i]);
}

static void scalar_gelu_tanh_backward(size_t n, const float *x, const float *g, float *dx) {
  for (size_t i = 0; i < n; i++) dx[i] = g[i] * scalar_gelu_tanh_slope(x[i]);
}

// The words of element e's Philox block: e is word (e>>4)&3 of block (e>>6)·16 + (e&15).
static inline void scalar_block(uint64_t element, AssayRandom source, uint32_t words[4]) {
  uint32_t counter[4] = {(uint32_t)((element >> 6) * 16 + (element & 15)), source.site,
                         (uint32_t)source.draw, (uint32_t)(source.draw >> 32)};
  uint32_t key[2] = {source.key0, source.key1};
  philox_block(counter, key, words);
}

static inline uint32_t scalar_word(uint64_t element, AssayRandom source) {
  uint32_t words[4];
  scalar_block(element, source, words);
  return words[(element >> 4) & 3];
}

static void scalar_random_words(size_t n, uint64_t first, AssayRandom source, uint32_t *words) {
  for (size_t i = 0; i < n; i++) words[i] = scalar_word(first + i, source);
}

static void scalar_random_uniform(size_t n, uint64_t first, AssayRandom source, float low,
                                  float width, float *y) {
  for (size_t i = 0; i < n; i++) {
    float u = (float)(int32_t)(scalar_word(first + i, source) >> 8) * 0x1p-24f;
    y[i] = scalar_fma(width, u, low);
  }
}

static void scalar_random_normal(size_t n, uint64_t first, AssayRandom source, float mean,
                                 float deviation, float *y) {
  for (size_t i = 0; i < n; i++) {
    uint64_t element = first + i;
    uint32_t words[4];
    scalar_block(element, source, words);
    int place = (int)((element >> 4) & 3);
    // Words 0 and 1 make one pair of normals, words 2 and 3 the other.
    float u = (float)((int32_t)(words[place & 2] >> 8) + 1) * 0x1p-24f;
    float v = (float)(int32_t)(words[place | 1] >> 8) * 0x1p-24f;
    float radius = __builtin_sqrtf(-2.0f * scalar_log(u));
    float turn = v + v;
    float z = radius * ((place & 1) ? scalar_sinpi(turn) : scalar_cospi(turn));
    y[i] = scalar_fma(deviation, z, mean);
  }
}

static void scalar_dropout(size_t n, uint64_t first, AssayRandom source, uint64_t threshold,
                           float scale, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) {
    y[i] = scalar_word(first + i, source) >= threshold ? x[i] * scale : 0.0f;
  }
}

#endif
