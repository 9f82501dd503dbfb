// Numbers as unevaluated sums of two doubles, for functions that need more than one.
#ifndef ASSAY_DOUBLE_PARTS_H
#define ASSAY_DOUBLE_PARTS_H

#pragma STDC FP_CONTRACT OFF

#include <stdint.h>
#include <string.h>

#include "CKernels.h"

/// high + low, |low| at most half an ulp of high.
typedef struct Parts {
  double high, low;
} Parts;

/// log x for normal and denormal x > 0, relative error below 2⁻⁶⁴.
Parts assay_log_parts(double x);

/// exp(high + low), correctly scaled down to denormals; error below 0.76 ulp.
double assay_exp_parts(double high, double low);

static inline uint64_t double_bits(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double double_from(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline double double_abs(double x) { return double_from(double_bits(x) << 1 >> 1); }

static inline int double_is_negative(double x) { return (int)(double_bits(x) >> 63); }

static inline double double_with_sign(double x, double sign) {
  return double_from((double_bits(x) << 1 >> 1) | (double_bits(sign) >> 63 << 63));
}

static inline double double_infinity(void) { return double_from(0x7ff0000000000000u); }

static inline double double_nan(void) { return double_from(0x7ff8000000000000u); }

/// Σ terms[i]·x^i by Horner's rule with fma.
static inline double double_polynomial(const double *terms, int count, double x) {
  double sum = terms[count - 1];
  for (int i = count - 2; i >= 0; i--) sum = __builtin_fma(sum, x, terms[i]);
  return sum;
}

#endif
