// exp, log, their relatives, pow, sinpi and cospi in double (NUMERICS.md rule 5).
#include "CKernels.h"
#include "double_parts.h"
#include "double_tables.h"

#pragma STDC FP_CONTRACT OFF

static const double rounder = 0x1.8p52;

// 2ⁿ for n in −1022 ... 1023.
static double power_of_two(int64_t n) { return double_from((uint64_t)(n + 1023) << 52); }

// Splits x = n·ln 2 + r + r_low with |r| <= ln 2/2.
static int64_t reduce(double x, double *r, double *r_low) {
  double shifted = __builtin_fma(x, LOG2_E, rounder);
  double n = shifted - rounder;
  double exact = __builtin_fma(n, -LN2_HIGH, x);
  *r = __builtin_fma(n, -LN2_REST, exact);
  *r_low = __builtin_fma(n, -LN2_REST, exact - *r);
  return (int64_t)(double_bits(shifted) - double_bits(rounder));
}

double assay_exp_parts(double high, double low) {
  if (high != high) return high;
  if (high > 710.0) return double_infinity();
  if (high < -746.0) return 0.0;
  double r, r_low;
  int64_t n = reduce(high, &r, &r_low);
  r_low = r_low + low;
  double q = double_polynomial(exp_terms, 13, r) * (r * r);
  double y = 1.0 + (r + (q + __builtin_fma(r_low, r + q, r_low)));
  // Two steps, so that results below 2⁻¹⁰²² are rounded once.
  int64_t half = n >> 1;
  return y * power_of_two(half) * power_of_two(n - half);
}

double assay_exp(double x) { return assay_exp_parts(x, 0.0); }

double assay_expm1(double x) {
  if (x != x || double_abs(x) < 0x1p-54) return x;
  if (x > 710.0) return double_infinity();
  double bounded = x < -50.0 ? -50.0 : x;
  double r, r_low;
  int64_t n = reduce(bounded, &r, &r_low);
  double q = double_polynomial(exp_terms, 13, r) * (r * r);
  double p = r + q;
  double p_low = ((r - p) + q) + __builtin_fma(r_low, r, r_low);
  double t = power_of_two(n - 1);
  double a = t * p;
  double b = t - 0.5;
  double b_low = (t - b) - 0.5;
  double sum = b + a;
  double z = sum - b;
  double sum_low = ((b - (sum - z)) + (a - z)) + (b_low + t * p_low);
  double y = sum + sum_low;
  return y + y;
}

Parts assay_log_parts(double x) {
  const uint64_t offset = 0x3fe6900000000000u;
  int64_t shift = 0;
  if (x < 0x1p-1022) {
    x = x * 0x1p54;
    shift = 54;
  }
  uint64_t bits = double_bits(x);
  uint64_t above = bits - offset;
  int place = (int)(above >> 45) & 127;
  double n = (double)(((int64_t)above >> 52) - shift);
  double z = double_from(bits - (above & 0xfff0000000000000u));
  // r + r_low = z/c − 1, exactly.
  double product = z * log_inverse[place];
  double product_low = __builtin_fma(z, log_inverse[place], -product);
  double difference = product - 1.0;
  double r = difference + product_low;
  double r_low = (difference - r) + product_low;
  // log(1 + r) = r − r²/2 + r³·tail
  double square = r * r;
  double square_low = __builtin_fma(r, r, -square);
  double tail = 1.0 / 9.0;
  tail = __builtin_fma(tail, r, -1.0 / 8.0);
  tail = __builtin_fma(tail, r, 1.0 / 7.0);
  tail = __builtin_fma(tail, r, -1.0 / 6.0);
  tail = __builtin_fma(tail, r, 1.0 / 5.0);
  tail = __builtin_fma(tail, r, -1.0 / 4.0);
  tail = __builtin_fma(tail, r, 1.0 / 3.0);
  double high = __builtin_fma(-0.5, square, r);
  double low = __builtin_fma(-0.5, square, r - high);
  low = low + (__builtin_fma(-r, r_low, r_low) + __builtin_fma(-0.5, square_low, square * r * tail));
  // n·ln 2 + log c + log(1 + r)
  double a = n * LN2_HIGH;
  double b = a + log_high[place];
  double v = b - a;
  double b_low = (a - (b - v)) + (log_high[place] - v);
  double c = b + high;
  v = c - b;
  double c_low = (b - (c - v)) + (high - v);
  double rest = (b_low + c_low) + (low + __builtin_fma(n, LN2_REST, log_low[place]));
  Parts result;
  result.high = c + rest;
  result.low = (c - result.high) + rest;
  return result;
}

double assay_log(double x) {
  if (x != x || x == double_infinity()) return x;
  if (x == 0.0) return -double_infinity();
  if (x < 0.0) return double_nan();
  return assay_log_parts(x).high;
}

double assay_log1p(double x) {
  if (x != x || x == double_infinity() || double_abs(x) < 0x1p-54) return x;
  if (x == -1.0) return -double_infinity();
  if (x < -1.0) return double_nan();
  double u = 1.0 + x;
  double v = u - 1.0;
  double u_low = (1.0 - (u - v)) + (x - v);
  Parts log_u = assay_log_parts(u);
  return log_u.high + (log_u.low + u_low / u);
}

double assay_pow(double x, double y) {
  if (y == 0.0 || x == 1.0) return 1.0;
  if (x != x || y != y) return double_nan();
  double size = double_abs(x), exponent = double_abs(y);
  int whole = __builtin_rint(y) == y;
  int odd = whole && exponent < 0x1p53 && __builtin_rint(y * 0.5) != y * 0.5;
  double sign = double_is_negative(x) && odd ? -1.0 : 1.0;
  if (exponent == double_infinity()) {
    if (size == 1.0) return 1.0;
    return (size > 1.0) == (y > 0.0) ? double_infinity() : 0.0;
  }
  if (size == 0.0 || size == double_infinity()) {
    return sign * ((size == 0.0) == (y > 0.0) ? 0.0 : double_infinity());
  }
  if (x < 0.0 && !whole) return double_nan();
  if (size == 1.0) return sign;
  Parts log_x = assay_log_parts(size);
  double high = y * log_x.high;
  if (high > 1000.0) return sign * double_infinity();
  if (high < -1000.0) return sign * 0.0;
  double low = __builtin_fma(y, log_x.high, -high) + y * log_x.low;
  return sign * assay_exp_parts(high, low);
}

// |x| = n/2 + r with |r| <= 1/4; n mod 4.
static int half_turns(double size, double *r) {
  double n = __builtin_rint(size + size);
  *r = __builtin_fma(n, -0.5, size);
  return (int)(n - 4.0 * __builtin_floor(n * 0.25));
}

static double sin_kernel(double r) {
  double s = r * r;
  double q = double_polynomial(sinpi_terms, 9, s);
  return __builtin_fma(r, PI_HIGH, r * __builtin_fma(q, s, PI_REST));
}

static double cos_kernel(double r) {
  double s = r * r;
  double s_low = __builtin_fma(r, r, -s);
  double q = __builtin_fma(double_polynomial(cospi_terms, 9, s), s, COS_REST);
  double high = __builtin_fma(COS_HIGH, s, 1.0);
  double low = __builtin_fma(COS_HIGH, s, 1.0 - high);
  return high + (low + __builtin_fma(COS_HIGH, s_low, q * s));
}

double assay_sinpi(double x) {
  double size = double_abs(x);
  if (!(size < double_infinity())) return double_nan();
  double r;
  int quarter = half_turns(size >= 0x1p52 ? 0.0 : size, &r);
  double y = quarter == 1 || quarter == 3 ? cos_kernel(r) : sin_kernel(r);
  y = quarter >= 2 ? -y : y;
  y = y == 0.0 ? 0.0 : y;
  return double_is_negative(x) ? -y : y;
}

double assay_cospi(double x) {
  double size = double_abs(x);
  if (!(size < double_infinity())) return double_nan();
  double r;
  int quarter = half_turns(size >= 0x1p53 ? 0.0 : size, &r);
  double y = quarter == 1 || quarter == 3 ? sin_kernel(r) : cos_kernel(r);
  y = quarter == 1 || quarter == 2 ? -y : y;
  return y == 0.0 ? 0.0 : y;
}
