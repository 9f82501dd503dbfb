// The float functions in sixteen lanes; see scalar_functions.h, whose text this repeats.

INLINE vf vexp(vf x) {
  vf clamped = select(x < -104.0f, splat(-104.0f), x);
  clamped = select(clamped > 89.0f, splat(89.0f), clamped);
  vf shifted = vfma(clamped, splat(LOG2E), splat(ROUNDER));
  vf n = shifted - ROUNDER;
  vi whole = (vi)shifted - (vi)splat(ROUNDER);
  vf r = vfma(n, splat(-LN2_HI), clamped);
  r = vfma(n, splat(-LN2_LO), r);
  vf q = splat(EXP_C5);
  q = vfma(q, r, splat(EXP_C4));
  q = vfma(q, r, splat(EXP_C3));
  q = vfma(q, r, splat(EXP_C2));
  q = vfma(q, r, splat(EXP_C1));
  q = vfma(q, r, splat(EXP_C0));
  vf high = 1.0f + r;
  vf y = high + vfma(r * r, q, (1.0f - high) + r);
  vi half = whole >> 1;
  y = y * power_of_two(half) * power_of_two(whole - half);
  return select(x != x, x, y);
}

INLINE void vexpm1_parts(vf x, vf *hi, vf *lo) {
  vf shifted = vfma(x, splat(LOG2E), splat(ROUNDER));
  vf n = shifted - ROUNDER;
  vi whole = (vi)shifted - (vi)splat(ROUNDER);
  vf r0 = vfma(n, splat(-LN2_HI), x);
  vf r = vfma(n, splat(-LN2_LO), r0);
  vf r_lo = vfma(n, splat(-LN2_LO), r0 - r);
  vf q = splat(EXPM1_C5);
  q = vfma(q, r, splat(EXPM1_C4));
  q = vfma(q, r, splat(EXPM1_C3));
  q = vfma(q, r, splat(EXPM1_C2));
  q = vfma(q, r, splat(EXPM1_C1));
  q = vfma(q, r, splat(EXPM1_C0));
  q = q * (r * r);
  vf p = r + q;
  vf p_lo = (r - p) + q;
  p_lo = p_lo + vfma(r_lo, r, r_lo);
  vf t = power_of_two(whole - 1);
  vf a = t * p;
  vf b = t - 0.5f;
  vf b_lo = (t - b) - 0.5f;
  vf sum = b + a;
  vf z = sum - b;
  vf sum_lo = (b - (sum - z)) + (a - z);
  sum_lo = sum_lo + (b_lo + t * p_lo);
  *hi = sum + sum;
  *lo = sum_lo + sum_lo;
}

INLINE vf vexpm1(vf x) {
  vf clamped = select(x < -20.0f, splat(-20.0f), x);
  clamped = select(clamped > 89.0f, splat(89.0f), clamped);
  vf hi, lo;
  vexpm1_parts(clamped, &hi, &lo);
  vf y = hi + lo;
  y = select(x > 88.72284f, from_bits(0x7f800000u), y);
  y = select(vabs(x) < 0x1p-25f, x, y);
  return select(x != x, x, y);
}

INLINE vf vlog(vf x) {
  vi tiny = x < 0x1p-126f;
  vf scaled = select(tiny, x * 0x1p23f, x);
  vi bits = (vi)scaled;
  vi whole = (bits - 0x3f2aaaab) >> 23;
  vf f = (vf)(bits - (whole << 23)) - 1.0f;
  vf e = __builtin_convertvector(whole - (tiny & 23), vf);
  vf q = splat(LOG_C8);
  q = vfma(q, f, splat(LOG_C7));
  q = vfma(q, f, splat(LOG_C6));
  q = vfma(q, f, splat(LOG_C5));
  q = vfma(q, f, splat(LOG_C4));
  q = vfma(q, f, splat(LOG_C3));
  q = vfma(q, f, splat(LOG_C2));
  q = vfma(q, f, splat(LOG_C1));
  q = vfma(q, f, splat(LOG_C0));
  q = vfma(q, f, splat(-0.5f));
  vf y = vfma(e, splat(LN2), vfma(q, f * f, f));
  y = select(x == from_bits(0x7f800000u), x, y);
  y = select(x == 0.0f, from_bits(0xff800000u), y);
  y = select(x < 0.0f, from_bits(0x7fc00000u), y);
  return select(x != x, x, y);
}

INLINE vf vlog1p(vf x) {
  vf u = x + 1.0f;
  vi whole = ((vi)u - 0x3f400001) & (int32_t)0xff800000;
  vf scale = (vf)((vi)0x40800000 - whole);
  vf m = vfma(x, 0.25f * scale, vfma(splat(0.25f), scale, splat(-1.0f)));
  vf e = __builtin_convertvector(whole >> 23, vf);
  vf q = splat(LOG1P_C9);
  q = vfma(q, m, splat(LOG1P_C8));
  q = vfma(q, m, splat(LOG1P_C7));
  q = vfma(q, m, splat(LOG1P_C6));
  q = vfma(q, m, splat(LOG1P_C5));
  q = vfma(q, m, splat(LOG1P_C4));
  q = vfma(q, m, splat(LOG1P_C3));
  q = vfma(q, m, splat(LOG1P_C2));
  q = vfma(q, m, splat(LOG1P_C1));
  q = vfma(q, m, splat(LOG1P_C0));
  q = vfma(q, m, splat(-0.5f));
  vf y = vfma(e, splat(LN2), vfma(q, m * m, m));
  y = select(x == from_bits(0x7f800000u), x, y);
  y = select(x == 0.0f, x, y);
  y = select(x == -1.0f, from_bits(0xff800000u), y);
  y = select(x < -1.0f, from_bits(0x7fc00000u), y);
  return select(x != x, x, y);
}

INLINE vf vtanh(vf x) {
  vf t = vabs(x);
  t = select(t > 10.0f, splat(10.0f), t);
  vf hi, lo;
  vexpm1_parts(t + t, &hi, &lo);
  vf d = hi + 2.0f;
  vf z = d - hi;
  vf d_lo = ((hi - (d - z)) + (2.0f - z)) + lo;
  vf reciprocal = 1.0f / d;
  vf y = hi * reciprocal;
  vf remainder = vfma(-y, d, hi) + vfma(-y, d_lo, lo);
  y = vfma(remainder, reciprocal, y);
  y = select(vabs(x) < 0x1p-13f, vabs(x), y);
  y = with_sign(y, x);
  return select(x != x, x, y);
}

INLINE vf verf(vf x) {
  vf t = vabs(x);
  vf s = t * t;
  vf near = splat(ERF_A7);
  near = vfma(near, s, splat(ERF_A6));
  near = vfma(near, s, splat(ERF_A5));
  near = vfma(near, s, splat(ERF_A4));
  near = vfma(near, s, splat(ERF_A3));
  near = vfma(near, s, splat(ERF_A2));
  near = vfma(near, s, splat(ERF_A1));
  near = vfma(near, s, splat(ERF_A0));
  near = vfma(near, t, t);
  vf u = select(t > ERF_ONE, splat(ERF_ONE), t);
  vf distance = u - ERF_CENTRE;
  vf far = splat(ERF_B8);
  far = vfma(far, distance, splat(ERF_B7));
  far = vfma(far, distance, splat(ERF_B6));
  far = vfma(far, distance, splat(ERF_B5));
  far = vfma(far, distance, splat(ERF_B4));
  far = vfma(far, distance, splat(ERF_B3));
  far = vfma(far, distance, splat(ERF_B2));
  far = vfma(far, distance, splat(ERF_B1));
  far = vfma(far, distance, splat(ERF_B0));
  // 1 − far·exp(−u²), the square as two floats.
  vf square = u * u;
  vf square_lo = vfma(u, u, -square);
  far = vfma(far, -square_lo, far);
  far = vfma(-far, vexp(-square), splat(1.0f));
  vf y = select(t > ERF_SPLIT, far, near);
  y = with_sign(y, x);
  return select(x != x, x, y);
}

INLINE vf half_turns(vf x, vf *r) {
  vf n = __builtin_elementwise_rint(x + x);
  *r = vfma(n, splat(-0.5f), x);
  return n - 4.0f * __builtin_elementwise_floor(n * 0.25f);
}

INLINE vf sin_kernel(vf r) {
  vf s = r * r;
  vf q = splat(SINPI_C3);
  q = vfma(q, s, splat(SINPI_C2));
  q = vfma(q, s, splat(SINPI_C1));
  q = vfma(q, s, splat(SINPI_C0));
  q = vfma(q, s, splat(PI_LO));
  return vfma(r, splat(PI_HI), r * q);
}

INLINE vf cos_kernel(vf r) {
  vf s = r * r;
  vf s_lo = vfma(r, r, -s);
  vf q = splat(COSPI_C3);
  q = vfma(q, s, splat(COSPI_C2));
  q = vfma(q, s, splat(COSPI_C1));
  q = vfma(q, s, splat(COSPI_LO));
  vf hi = vfma(splat(COSPI_C0), s, splat(1.0f));
  vf lo = vfma(splat(COSPI_C0), s, 1.0f - hi);
  return hi + (lo + vfma(splat(COSPI_C0), s_lo, q * s));
}

INLINE vf vsinpi(vf x) {
  vf t = vabs(x), r;
  vf quarter = half_turns(select(t >= 0x1p23f, splat(0.0f), t), &r);
  vf y = select((quarter == 1.0f) | (quarter == 3.0f), cos_kernel(r), sin_kernel(r));
  y = select(quarter >= 2.0f, -y, y);
  y = select(y == 0.0f, splat(0.0f), y);
  y = (vf)((vi)y ^ ((vi)x & (int32_t)0x80000000));
  y = select(t == from_bits(0x7f800000u), from_bits(0x7fc00000u), y);
  return select(x != x, x, y);
}

INLINE vf vcospi(vf x) {
  vf t = vabs(x), r;
  vf quarter = half_turns(select(t >= 0x1p24f, splat(0.0f), t), &r);
  vf y = select((quarter == 1.0f) | (quarter == 3.0f), sin_kernel(r), cos_kernel(r));
  y = select((quarter == 1.0f) | (quarter == 2.0f), -y, y);
  y = select(y == 0.0f, splat(0.0f), y);
  y = select(t == from_bits(0x7f800000u), from_bits(0x7fc00000u), y);
  return select(x != x, x, y);
}

INLINE vf vsigmoid(vf x) { return 1.0f / (1.0f + vexp(-x)); }

INLINE vf vrelu(vf x) { return select(0.0f > x, splat(0.0f), x); }

INLINE vf gelu_gate(vf x) { return vfma(splat(0.5f), verf(x * SQRT_HALF), splat(0.5f)); }

INLINE vf vgelu(vf x) { return x * gelu_gate(x); }

INLINE vf gelu_slope(vf x) {
  vf density = INV_SQRT_2PI * vexp(x * x * -0.5f);
  return vfma(x, density, gelu_gate(x));
}

INLINE vf gelu_tanh_angle(vf x) {
  return SQRT_2_OVER_PI * vfma(splat(GELU_CUBE), x * x * x, x);
}

INLINE vf vgelu_tanh(vf x) {
  return x * vfma(splat(0.5f), vtanh(gelu_tanh_angle(x)), splat(0.5f));
}

INLINE vf gelu_tanh_slope(vf x) {
  vf t = vtanh(gelu_tanh_angle(x));
  vf gate = vfma(splat(0.5f), t, splat(0.5f));
  vf bend = vfma(-t, t, splat(1.0f)) *
            (SQRT_2_OVER_PI * vfma(splat(GELU_CUBE3), x * x, splat(1.0f)));
  return vfma(0.5f * x, bend, gate);
}
