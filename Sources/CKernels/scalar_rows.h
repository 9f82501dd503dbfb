// Row and column kernels as plain loops (rules 3 and 8).
#ifndef ASSAY_SCALAR_ROWS_H
#define ASSAY_SCALAR_ROWS_H

#pragma STDC FP_CONTRACT OFF

#include "CKernels.h"
#include "scalar_functions.h"
#include "scalar_sums.h"

static void scalar_row_sums(size_t rows, size_t columns, const float *x, float *sums) {
  for (size_t r = 0; r < rows; r++) {
    const float *row = x + r * columns;
    SCALAR_ROW_SUM(float, scalar_join, columns, lane = lane + row[i], sums[r]);
  }
}

// The largest element by compare-and-select in sixteen lanes from −∞: a NaN is never larger.
static inline float scalar_max(size_t n, const float *x) {
  float lanes[16];
  for (int l = 0; l < 16; l++) lanes[l] = scalar_float(0xff800000u);
  for (size_t i = 0; i < n; i++) lanes[i % 16] = x[i] > lanes[i % 16] ? x[i] : lanes[i % 16];
  for (int width = 8; width >= 1; width /= 2) {
    for (int l = 0; l < width; l++) {
      lanes[l] = lanes[l + width] > lanes[l] ? lanes[l + width] : lanes[l];
    }
  }
  return lanes[0];
}

// The first index of the largest element; 0 when all are NaN.
static void scalar_row_argmax(size_t rows, size_t columns, const float *x, int32_t *indices) {
  for (size_t r = 0; r < rows; r++) {
    const float *row = x + r * columns;
    float largest = scalar_max(columns, row);
    size_t best = 0;
    while (best < columns && row[best] != largest) best++;
    indices[r] = best < columns ? (int32_t)best : 0;
  }
}

static void scalar_column_sums(size_t rows, size_t columns, size_t stride, const float *x,
                               float *sums) {
  for (size_t j = 0; j < columns; j++) {
    float sum = 0.0f;
    for (size_t r = 0; r < rows; r++) sum = sum + x[r * stride + j];
    sums[j] = sum + 0.0f;
  }
}

static void scalar_softmax(size_t rows, size_t columns, const float *x, float *y) {
  for (size_t r = 0; r < rows && columns > 0; r++) {
    const float *row = x + r * columns;
    float *out = y + r * columns;
    float largest = scalar_max(columns, row);
    for (size_t j = 0; j < columns; j++) out[j] = scalar_exp(row[j] - largest);
    float total;
    SCALAR_ROW_SUM(float, scalar_join, columns, lane = lane + out[i], total);
    float reciprocal = 1.0f / total;
    for (size_t j = 0; j < columns; j++) out[j] = out[j] * reciprocal;
  }
}

static void scalar_log_softmax(size_t rows, size_t columns, const float *x, float *y) {
  for (size_t r = 0; r < rows && columns > 0; r++) {
    const float *row = x + r * columns;
    float *out = y + r * columns;
    float largest = scalar_max(columns, row);
    float total;
    SCALAR_ROW_SUM(float, scalar_join, columns, lane = lane + scalar_exp(row[i] - largest), total);
    float log_total = scalar_log(total);
    for (size_t j = 0; j < columns; j++) out[j] = (row[j] - largest) - log_total;
  }
}

static void scalar_cross_entropy(size_t rows, size_t columns, const float *x,
                                 const int32_t *targets, const float *weights, float on, float off,
                                 float off_total, float factor, float *losses, float *gradient) {
  for (size_t r = 0; r < rows; r++) {
    const float *row = x + r * columns;
    float *out = gradient + r * columns;
    if (targets[r] < 0 || columns == 0) {
      losses[r] = 0.0f;
      for (size_t j = 0; j < columns; j++) out[j] = 0.0f;
      continue;
    }
    size_t target = (size_t)targets[r];
    float largest = scalar_max(columns, row);
    float log_target = row[target] - largest;
    float target_weight = on * (weights ? weights[target] : 1.0f);
    float total;
    SCALAR_ROW_SUM(float, scalar_join, columns, lane = lane + scalar_exp(row[i] - largest), total);
    float log_total = scalar_log(total);
    if (off == 0.0f) {
      losses[r] = (log_total - log_target) * target_weight;
    } else {
      float loss;
      SCALAR_ROW_SUM(float, scalar_join, columns,
                     lane = scalar_fma(off * (weights ? weights[i] : 1.0f),
                                       log_total - (row[i] - largest), lane),
                     loss);
      losses[r] = scalar_fma(log_total - log_target, target_weight, loss);
    }
    float reciprocal = 1.0f / total;
    float mass = target_weight + off_total;
    for (size_t j = 0; j < columns; j++) {
      float p = scalar_exp(row[j] - largest) * reciprocal;
      float aim = off * (weights ? weights[j] : 1.0f);
      aim = j == target ? aim + target_weight : aim;
      out[j] = scalar_fma(p, mass, -aim) * factor;
    }
  }
}

static void scalar_layer_norm(size_t rows, size_t columns, const float *x, const float *gain,
                              const float *bias, float epsilon, float *y, float *means,
                              float *scales) {
  float share = (float)(1.0 / (double)columns);
  for (size_t r = 0; r < rows; r++) {
    const float *row = x + r * columns;
    float *out = y + r * columns;
    float total;
    SCALAR_ROW_SUM(float, scalar_join, columns, lane = lane + row[i], total);
    float mean = total * share;
    float squares;
    SCALAR_ROW_SUM(float, scalar_join, columns,
                   lane = scalar_fma(row[i] - mean, row[i] - mean, lane), squares);
    float scale = 1.0f / __builtin_sqrtf(squares * share + epsilon);
    for (size_t j = 0; j < columns; j++) {
      out[j] = scalar_fma((row[j] - mean) * scale, gain[j], bias[j]);
    }
    means[r] = mean;
    scales[r] = scale;
  }
}

static void scalar_layer_norm_again(size_t rows, size_t columns, const float *x,
                                    const float *gain, const float *bias, const float *means,
                                    const float *scales, float *y) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t j = 0; j < columns; j++) {
      float unit = (x[r * columns + j] - means[r]) * scales[r];
      y[r * columns + j] = scalar_fma(unit, gain[j], bias[j]);
    }
  }
}

static void scalar_layer_norm_backward(size_t rows, size_t columns, const float *x,
                                       const float *gain, const float *means, const float *scales,
                                       const float *g, float *dx) {
  float share = (float)(1.0 / (double)columns);
  for (size_t r = 0; r < rows; r++) {
    const float *row = x + r * columns;
    const float *up = g + r * columns;
    float *out = dx + r * columns;
    float mean = means[r], scale = scales[r];
    float sum, product;
    SCALAR_ROW_SUM(float, scalar_join, columns, lane = lane + up[i] * gain[i], sum);
    SCALAR_ROW_SUM(float, scalar_join, columns,
                   lane = scalar_fma(up[i] * gain[i], (row[i] - mean) * scale, lane), product);
    float a = sum * share;
    float b = product * share;
    for (size_t j = 0; j < columns; j++) {
      float unit = (row[j] - mean) * scale;
      out[j] = scalar_fma(-unit, b, up[j] * gain[j] - a) * scale;
    }
  }
}

static void scalar_layer_norm_parameters(size_t rows, size_t columns, size_t stride,
                                         const float *x, const float *means, const float *scales,
                                         const float *g, float *gain_gradient,
                                         float *bias_gradient) {
  for (size_t j = 0; j < columns; j++) {
    float gain = 0.0f, bias = 0.0f;
    for (size_t r = 0; r < rows; r++) {
      float unit = (x[r * stride + j] - means[r]) * scales[r];
      gain = scalar_fma(g[r * stride + j], unit, gain);
      bias = bias + g[r * stride + j];
    }
    gain_gradient[j] = gain + 0.0f;
    bias_gradient[j] = bias + 0.0f;
  }
}

static double scalar_sum_of_squares(size_t n, const float *x) {
  double sum;
  SCALAR_ROW_SUM(double, scalar_join_f64, n,
                 lane = __builtin_fma((double)x[i], (double)x[i], lane), sum);
  return sum;
}

static double scalar_sum_f64(size_t n, const double *x) {
  double sum;
  SCALAR_ROW_SUM(double, scalar_join_f64, n, lane = lane + x[i], sum);
  return sum;
}

static double scalar_dot_f64(size_t n, const double *x, const double *y) {
  double sum;
  SCALAR_ROW_SUM(double, scalar_join_f64, n, lane = __builtin_fma(x[i], y[i], lane), sum);
  return sum;
}

#endif
