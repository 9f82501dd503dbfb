// The logarithm of Γ and the incomplete beta function in double (NUMERICS.md rule 5).
#include "CKernels.h"
#include "double_parts.h"
#include "double_tables.h"

#pragma STDC FP_CONTRACT OFF

// Stirling's series, x >= 10: (x − ½) log x − x + ½ log 2π + Σ B₂ₖ/(2k(2k−1)x²ᵏ⁻¹).
static const double stirling_terms[8] = {
    1.0 / 12.0,   -1.0 / 360.0,       1.0 / 1260.0, -1.0 / 1680.0,
    1.0 / 1188.0, -691.0 / 360360.0, 1.0 / 156.0,  -3617.0 / 122400.0,
};

static double stirling(double x) {
  double inverse = 1.0 / x;
  double series = inverse * double_polynomial(stirling_terms, 8, inverse * inverse);
  Parts log_x = assay_log_parts(x);
  double half = x - 0.5;
  double high = half * log_x.high;
  double low = __builtin_fma(half, log_x.high, -high) + half * log_x.low;
  double sum = high - x;
  double v = sum - high;
  double sum_low = (high - (sum - v)) + (-x - v);
  return sum + ((HALF_LOG_2PI + series) + (sum_low + low));
}

double assay_lgamma(double x) {
  if (x != x) return x;
  if (double_abs(x) == double_infinity()) return double_infinity();
  if (x <= 0.0) {
    if (__builtin_floor(x) == x) return double_infinity();
    // Γ(x)Γ(1−x) = π/sin πx
    if (x > -0x1p-50) return -assay_log(-x);
    return (LOG_PI - assay_log(double_abs(assay_sinpi(x)))) - assay_lgamma(1.0 - x);
  }
  if (x < 0.5) {
    // log Γ(x) = log Γ(2 + x) − log((1 + x)·x), with 2 + x reduced to 2 + z exactly.
    return x * double_polynomial(lgamma_terms, 22, x) - assay_log1p(x) - assay_log(x);
  }
  if (x < 1.5) {
    double z = x - 1.0;
    return z * double_polynomial(lgamma_terms, 22, z) - assay_log1p(z);
  }
  if (x >= 10.0) return x > 0x1p1014 ? double_infinity() : stirling(x);
  double product = 1.0;
  while (x > 2.5) {
    x = x - 1.0;
    product = product * x;
  }
  double z = x - 2.0;
  double base = z * double_polynomial(lgamma_terms, 22, z);
  return product == 1.0 ? base : base + assay_log(product);
}

// The continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method.
static double beta_fraction(double x, double a, double b) {
  const double tiny = 0x1p-900;
  double c = 1.0;
  double d = 1.0 - (a + b) * x / (a + 1.0);
  d = 1.0 / (double_abs(d) < tiny ? tiny : d);
  double value = d;
  for (int m = 1; m <= 10000; m++) {
    double k = (double)m;
    double even = k * (b - k) * x / ((a + 2.0 * k - 1.0) * (a + 2.0 * k));
    d = 1.0 + even * d;
    d = 1.0 / (double_abs(d) < tiny ? tiny : d);
    c = 1.0 + even / c;
    c = double_abs(c) < tiny ? tiny : c;
    value = value * (d * c);
    double odd = -(a + k) * (a + b + k) * x / ((a + 2.0 * k) * (a + 2.0 * k + 1.0));
    d = 1.0 + odd * d;
    d = 1.0 / (double_abs(d) < tiny ? tiny : d);
    c = 1.0 + odd / c;
    c = double_abs(c) < tiny ? tiny : c;
    double step = d * c;
    value = value * step;
    if (double_abs(step - 1.0) < 0x1p-53) break;
  }
  return value;
}

// xᵃ(1−x)ᵇ/(a·B(a, b)); y = 1 − x.
static double beta_front(double x, double y, double a, double b) {
  double log_x = x < 0.5 ? assay_log(x) : assay_log1p(-y);
  double log_y = y < 0.5 ? assay_log(y) : assay_log1p(-x);
  double log_beta = (assay_lgamma(a) + assay_lgamma(b)) - assay_lgamma(a + b);
  return assay_exp((a * log_x + b * log_y) - log_beta) / a;
}

double assay_incomplete_beta(double x, double a, double b) {
  if (!(a > 0.0) || !(b > 0.0) || x != x || a == double_infinity() || b == double_infinity()) {
    return double_nan();
  }
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  double y = 1.0 - x;
  if (x < (a + 1.0) / (a + b + 2.0)) return beta_front(x, y, a, b) * beta_fraction(x, a, b);
  return 1.0 - beta_front(y, x, b, a) * beta_fraction(y, b, a);
}
