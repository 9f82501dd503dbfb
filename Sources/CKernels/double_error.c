// The error function and its relatives in double (NUMERICS.md rule 5).
#include "CKernels.h"
#include "double_parts.h"
#include "double_tables.h"

#pragma STDC FP_CONTRACT OFF

#define INVERSE_ROOT_PI 0x1.20dd750429b6dp-1

// exp(x²)·erfc(x) for x >= 0: a polynomial in each eighth below 8, a series in 1/x² above.
static double scaled_complement(double x) {
  if (x < 8.0) {
    int place = (int)(x * 8.0);
    double t = x - ((double)place + 0.5) * 0.125;
    return double_polynomial(erfcx_terms + 13 * place, 13, t);
  }
  double inverse = 1.0 / x;
  return inverse * double_polynomial(erfcx_tail, 13, inverse * inverse);
}

// exp(±x²) with the square carried to twice the precision.
static double exp_square(double x, double sign) {
  double square = x * x;
  if (square > 1000.0) return sign < 0.0 ? 0.0 : double_infinity();
  double low = __builtin_fma(x, x, -square);
  return assay_exp_parts(sign * square, sign * low);
}

static double complement(double x) { return exp_square(x, -1.0) * scaled_complement(x); }

double assay_erf(double x) {
  double size = double_abs(x);
  if (x != x) return x;
  if (size <= 0.5) {
    return __builtin_fma(double_polynomial(erf_terms, 11, size * size), x, x);
  }
  if (size > 6.0) return double_with_sign(1.0, x);
  return double_with_sign(1.0 - complement(size), x);
}

double assay_erfc(double x) {
  if (x != x) return x;
  if (double_abs(x) <= 0.5) return 1.0 - assay_erf(x);
  if (x < -6.0) return 2.0;
  if (x < 0.0) return 2.0 - complement(-x);
  return complement(x);
}

double assay_erfcx(double x) {
  if (x != x) return x;
  if (x >= 0.0) return scaled_complement(x);
  if (x > -0.5) return exp_square(x, 1.0) * assay_erfc(x);
  return 2.0 * exp_square(x, 1.0) - scaled_complement(-x);
}
