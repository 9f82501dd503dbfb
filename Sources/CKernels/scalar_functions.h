// The float functions as plain C: the text of the law, one number at a time.
#ifndef ASSAY_SCALAR_FUNCTIONS_H
#define ASSAY_SCALAR_FUNCTIONS_H

#pragma STDC FP_CONTRACT OFF

#include <stdint.h>
#include <string.h>

#include "function_constants.h"

static inline uint32_t scalar_bits(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline float scalar_float(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline float scalar_fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }

static inline float scalar_abs(float x) { return scalar_float(scalar_bits(x) & 0x7fffffffu); }

// The magnitude of the first with the sign of the second.
static inline float scalar_with_sign(float x, float sign) {
  return scalar_float(scalar_bits(x) | (scalar_bits(sign) & 0x80000000u));
}

// 2ⁿ for n in −126 ... 127.
static inline float scalar_power_of_two(int32_t n) {
  return scalar_float((uint32_t)(n + 127) << 23);
}

static inline float scalar_exp(float x) {
  float clamped = x < -104.0f ? -104.0f : x;
  clamped = clamped > 89.0f ? 89.0f : clamped;
  float shifted = scalar_fma(clamped, LOG2E, ROUNDER);
  float n = shifted - ROUNDER;
  int32_t whole = (int32_t)(scalar_bits(shifted) - scalar_bits(ROUNDER));
  float r = scalar_fma(n, -LN2_HI, clamped);
  r = scalar_fma(n, -LN2_LO, r);
  float q = EXP_C5;
  q = scalar_fma(q, r, EXP_C4);
  q = scalar_fma(q, r, EXP_C3);
  q = scalar_fma(q, r, EXP_C2);
  q = scalar_fma(q, r, EXP_C1);
  q = scalar_fma(q, r, EXP_C0);
  float high = 1.0f + r;
  float y = high + scalar_fma(r * r, q, (1.0f - high) + r);
  // Two steps, so that results below 2⁻¹²⁶ are rounded once.
  int32_t half = whole >> 1;
  y = y * scalar_power_of_two(half) * scalar_power_of_two(whole - half);
  return x != x ? x : y;
}

// e^x − 1 as an unevaluated sum, for |x| <= 90.
static inline void scalar_expm1_parts(float x, float *hi, float *lo) {
  float shifted = scalar_fma(x, LOG2E, ROUNDER);
  float n = shifted - ROUNDER;
  int32_t whole = (int32_t)(scalar_bits(shifted) - scalar_bits(ROUNDER));
  float r0 = scalar_fma(n, -LN2_HI, x);
  float r = scalar_fma(n, -LN2_LO, r0);
  float r_lo = scalar_fma(n, -LN2_LO, r0 - r);
  float q = EXPM1_C5;
  q = scalar_fma(q, r, EXPM1_C4);
  q = scalar_fma(q, r, EXPM1_C3);
  q = scalar_fma(q, r, EXPM1_C2);
  q = scalar_fma(q, r, EXPM1_C1);
  q = scalar_fma(q, r, EXPM1_C0);
  q = q * (r * r);
  // p + p_lo = e^r − 1
  float p = r + q;
  float p_lo = (r - p) + q;
  p_lo = p_lo + scalar_fma(r_lo, r, r_lo);
  // Scale by half of 2ⁿ, which a float holds up to n = 128, and double at the end.
  float t = scalar_power_of_two(whole - 1);
  float a = t * p;
  float b = t - 0.5f;
  float b_lo = (t - b) - 0.5f;
  float sum = b + a;
  float z = sum - b;
  float sum_lo = (b - (sum - z)) + (a - z);
  sum_lo = sum_lo + (b_lo + t * p_lo);
  *hi = sum + sum;
  *lo = sum_lo + sum_lo;
}

static inline float scalar_expm1(float x) {
  float clamped = x < -20.0f ? -20.0f : x;
  clamped = clamped > 89.0f ? 89.0f : clamped;
  float hi, lo;
  scalar_expm1_parts(clamped, &hi, &lo);
  float y = hi + lo;
  // e^x − 1 overflows where e^x does; the parts are then ∞ and NaN.
  y = x > 88.72284f ? scalar_float(0x7f800000u) : y;
  // Halved parts would lose the last bit of a denormal.
  y = scalar_abs(x) < 0x1p-25f ? x : y;
  return x != x ? x : y;
}

static inline float scalar_log(float x) {
  int tiny = x < 0x1p-126f;
  float scaled = tiny ? x * 0x1p23f : x;
  uint32_t bits = scalar_bits(scaled);
  // m in [2/3, 4/3)
  int32_t whole = (int32_t)(bits - 0x3f2aaaabu) >> 23;
  float f = scalar_float(bits - ((uint32_t)whole << 23)) - 1.0f;
  float e = (float)(whole - (tiny ? 23 : 0));
  float q = LOG_C8;
  q = scalar_fma(q, f, LOG_C7);
  q = scalar_fma(q, f, LOG_C6);
  q = scalar_fma(q, f, LOG_C5);
  q = scalar_fma(q, f, LOG_C4);
  q = scalar_fma(q, f, LOG_C3);
  q = scalar_fma(q, f, LOG_C2);
  q = scalar_fma(q, f, LOG_C1);
  q = scalar_fma(q, f, LOG_C0);
  q = scalar_fma(q, f, -0.5f);
  float y = scalar_fma(e, LN2, scalar_fma(q, f * f, f));
  y = x == scalar_float(0x7f800000u) ? x : y;
  y = x == 0.0f ? scalar_float(0xff800000u) : y;
  y = x < 0.0f ? scalar_float(0x7fc00000u) : y;
  return x != x ? x : y;
}

static inline float scalar_log1p(float x) {
  float u = x + 1.0f;
  // 2⁻ᵉ(1 + x) in (3/4, 3/2]
  int32_t whole = (int32_t)(scalar_bits(u) - 0x3f400001u) & (int32_t)0xff800000u;
  float scale = scalar_float(0x40800000u - (uint32_t)whole);  // 4·2⁻ᵉ
  float m = scalar_fma(x, 0.25f * scale, scalar_fma(0.25f, scale, -1.0f));
  float e = (float)(whole >> 23);
  float q = LOG1P_C9;
  q = scalar_fma(q, m, LOG1P_C8);
  q = scalar_fma(q, m, LOG1P_C7);
  q = scalar_fma(q, m, LOG1P_C6);
  q = scalar_fma(q, m, LOG1P_C5);
  q = scalar_fma(q, m, LOG1P_C4);
  q = scalar_fma(q, m, LOG1P_C3);
  q = scalar_fma(q, m, LOG1P_C2);
  q = scalar_fma(q, m, LOG1P_C1);
  q = scalar_fma(q, m, LOG1P_C0);
  q = scalar_fma(q, m, -0.5f);
  float y = scalar_fma(e, LN2, scalar_fma(q, m * m, m));
  y = x == scalar_float(0x7f800000u) ? x : y;
  y = x == 0.0f ? x : y;
  y = x == -1.0f ? scalar_float(0xff800000u) : y;
  y = x < -1.0f ? scalar_float(0x7fc00000u) : y;
  return x != x ? x : y;
}

static inline float scalar_tanh(float x) {
  float t = scalar_abs(x);
  t = t > 10.0f ? 10.0f : t;
  float hi, lo;
  scalar_expm1_parts(t + t, &hi, &lo);
  // (hi + lo)/(hi + lo + 2), corrected once by the exact remainder.
  float d = hi + 2.0f;
  float z = d - hi;
  float d_lo = ((hi - (d - z)) + (2.0f - z)) + lo;
  float reciprocal = 1.0f / d;
  float y = hi * reciprocal;
  float remainder = scalar_fma(-y, d, hi) + scalar_fma(-y, d_lo, lo);
  y = scalar_fma(remainder, reciprocal, y);
  y = scalar_abs(x) < 0x1p-13f ? scalar_abs(x) : y;
  y = scalar_with_sign(y, x);
  return x != x ? x : y;
}

static inline float scalar_erf(float x) {
  float t = scalar_abs(x);
  float s = t * t;
  float near = ERF_A7;
  near = scalar_fma(near, s, ERF_A6);
  near = scalar_fma(near, s, ERF_A5);
  near = scalar_fma(near, s, ERF_A4);
  near = scalar_fma(near, s, ERF_A3);
  near = scalar_fma(near, s, ERF_A2);
  near = scalar_fma(near, s, ERF_A1);
  near = scalar_fma(near, s, ERF_A0);
  near = scalar_fma(near, t, t);
  float u = t > ERF_ONE ? ERF_ONE : t;
  float distance = u - ERF_CENTRE;
  float far = ERF_B8;
  far = scalar_fma(far, distance, ERF_B7);
  far = scalar_fma(far, distance, ERF_B6);
  far = scalar_fma(far, distance, ERF_B5);
  far = scalar_fma(far, distance, ERF_B4);
  far = scalar_fma(far, distance, ERF_B3);
  far = scalar_fma(far, distance, ERF_B2);
  far = scalar_fma(far, distance, ERF_B1);
  far = scalar_fma(far, distance, ERF_B0);
  // 1 − far·exp(−u²), the square as two floats.
  float square = u * u;
  float square_lo = scalar_fma(u, u, -square);
  far = scalar_fma(far, -square_lo, far);
  far = scalar_fma(-far, scalar_exp(-square), 1.0f);
  float y = t > ERF_SPLIT ? far : near;
  y = scalar_with_sign(y, x);
  return x != x ? x : y;
}

// The nearest multiple of ½ below, and what is left of x: x = n/2 + r, |r| <= ¼; n mod 4.
static inline float scalar_half_turns(float x, float *r) {
  float n = __builtin_rintf(x + x);
  *r = scalar_fma(n, -0.5f, x);
  return n - 4.0f * __builtin_floorf(n * 0.25f);
}

static inline float scalar_sin_kernel(float r) {
  float s = r * r;
  float q = SINPI_C3;
  q = scalar_fma(q, s, SINPI_C2);
  q = scalar_fma(q, s, SINPI_C1);
  q = scalar_fma(q, s, SINPI_C0);
  q = scalar_fma(q, s, PI_LO);
  return scalar_fma(r, PI_HI, r * q);
}

static inline float scalar_cos_kernel(float r) {
  float s = r * r;
  float s_lo = scalar_fma(r, r, -s);
  float q = COSPI_C3;
  q = scalar_fma(q, s, COSPI_C2);
  q = scalar_fma(q, s, COSPI_C1);
  q = scalar_fma(q, s, COSPI_LO);
  float hi = scalar_fma(COSPI_C0, s, 1.0f);
  float lo = scalar_fma(COSPI_C0, s, 1.0f - hi);
  return hi + (lo + scalar_fma(COSPI_C0, s_lo, q * s));
}

static inline float scalar_sinpi(float x) {
  float r;
  // From 2²³ on every float is an integer, and 2x may overflow.
  float t = scalar_abs(x);
  int whole = t >= 0x1p23f;
  float quarter = scalar_half_turns(whole ? 0.0f : t, &r);
  float y = quarter == 1.0f || quarter == 3.0f ? scalar_cos_kernel(r) : scalar_sin_kernel(r);
  y = quarter >= 2.0f ? -y : y;
  // Integers give a zero of the argument's sign.
  y = y == 0.0f ? 0.0f : y;
  y = scalar_float(scalar_bits(y) ^ (scalar_bits(x) & 0x80000000u));
  y = t == scalar_float(0x7f800000u) ? scalar_float(0x7fc00000u) : y;
  return x != x ? x : y;
}

static inline float scalar_cospi(float x) {
  float r;
  float t = scalar_abs(x);
  // From 2²⁴ on every float is even; an odd float below it keeps its parity.
  float quarter = scalar_half_turns(t >= 0x1p24f ? 0.0f : t, &r);
  float y = quarter == 1.0f || quarter == 3.0f ? scalar_sin_kernel(r) : scalar_cos_kernel(r);
  y = quarter == 1.0f || quarter == 2.0f ? -y : y;
  y = y == 0.0f ? 0.0f : y;
  y = t == scalar_float(0x7f800000u) ? scalar_float(0x7fc00000u) : y;
  return x != x ? x : y;
}

static inline float scalar_sigmoid(float x) { return 1.0f / (1.0f + scalar_exp(-x)); }

static inline float scalar_relu(float x) { return 0.0f > x ? 0.0f : x; }

// Φ(x) of the erf form.
static inline float scalar_gelu_gate(float x) {
  return scalar_fma(0.5f, scalar_erf(x * SQRT_HALF), 0.5f);
}

static inline float scalar_gelu(float x) { return x * scalar_gelu_gate(x); }

static inline float scalar_gelu_slope(float x) {
  float density = INV_SQRT_2PI * scalar_exp(x * x * -0.5f);
  return scalar_fma(x, density, scalar_gelu_gate(x));
}

static inline float scalar_gelu_tanh_angle(float x) {
  return SQRT_2_OVER_PI * scalar_fma(GELU_CUBE, x * x * x, x);
}

static inline float scalar_gelu_tanh(float x) {
  return x * scalar_fma(0.5f, scalar_tanh(scalar_gelu_tanh_angle(x)), 0.5f);
}

static inline float scalar_gelu_tanh_slope(float x) {
  float t = scalar_tanh(scalar_gelu_tanh_angle(x));
  float gate = scalar_fma(0.5f, t, 0.5f);
  float bend = scalar_fma(-t, t, 1.0f) * (SQRT_2_OVER_PI * scalar_fma(GELU_CUBE3, x * x, 1.0f));
  return scalar_fma(0.5f * x, bend, gate);
}

#endif
