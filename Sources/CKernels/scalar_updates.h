// Optimiser steps as plain loops (rule 8).
#ifndef ASSAY_SCALAR_UPDATES_H
#define ASSAY_SCALAR_UPDATES_H

#pragma STDC FP_CONTRACT OFF

#include "CKernels.h"
#include "scalar_functions.h"

static void scalar_sgd(size_t n, AssaySGD step, const float *g, float *velocity, float *p) {
  for (size_t i = 0; i < n; i++) {
    float gradient = step.weight_decay == 0.0f ? g[i] : scalar_fma(step.weight_decay, p[i], g[i]);
    float direction = gradient;
    if (velocity) {
      float v = step.first ? gradient
                           : scalar_fma(step.momentum, velocity[i],
                                        step.one_minus_dampening * gradient);
      velocity[i] = v;
      direction = step.nesterov ? scalar_fma(step.momentum, v, gradient) : v;
    }
    p[i] = scalar_fma(-step.rate, direction, p[i]);
  }
}

static void scalar_adam(size_t n, AssayAdam step, const float *g, float *m, float *v, float *p) {
  for (size_t i = 0; i < n; i++) {
    float parameter = p[i] * step.decay;
    float gradient =
        step.weight_decay == 0.0f ? g[i] : scalar_fma(step.weight_decay, parameter, g[i]);
    float mean = scalar_fma(step.one_minus_beta1, gradient - m[i], m[i]);
    float square = scalar_fma(step.one_minus_beta2, gradient * gradient, step.beta2 * v[i]);
    float root = __builtin_sqrtf(square) * step.root_scale + step.epsilon;
    m[i] = mean;
    v[i] = square;
    p[i] = parameter - step.rate * mean / root;
  }
}

static void scalar_rmsprop(size_t n, AssayRMSprop step, const float *g, float *square,
                           float *average, float *buffer, float *p) {
  for (size_t i = 0; i < n; i++) {
    float gradient = step.weight_decay == 0.0f ? g[i] : scalar_fma(step.weight_decay, p[i], g[i]);
    float s = scalar_fma(step.one_minus_alpha, gradient * gradient, step.alpha * square[i]);
    square[i] = s;
    if (average) {
      float mean = scalar_fma(step.one_minus_alpha, gradient - average[i], average[i]);
      average[i] = mean;
      s = scalar_fma(-mean, mean, s);
    }
    float direction = gradient / (__builtin_sqrtf(s) + step.epsilon);
    if (buffer) {
      direction = scalar_fma(step.momentum, buffer[i], direction);
      buffer[i] = direction;
    }
    p[i] = scalar_fma(-step.rate, direction, p[i]);
  }
}

static void scalar_adagrad(size_t n, float rate, float epsilon, float weight_decay, const float *g,
                           float *sum, float *p) {
  for (size_t i = 0; i < n; i++) {
    float gradient = weight_decay == 0.0f ? g[i] : scalar_fma(weight_decay, p[i], g[i]);
    float s = scalar_fma(gradient, gradient, sum[i]);
    sum[i] = s;
    p[i] = p[i] - rate * gradient / (__builtin_sqrtf(s) + epsilon);
  }
}

#endif
