// Row and column kernels in sixteen lanes; oracle: scalar_rows.h.

// The sum over a row by rule 3. STEP updates `lane` from element i on; `part` lanes are valid, and
// STEP must leave the others unchanged or add zeros to them.
#define LANE_SUM(N, STEP, RESULT)                                             \
  do {                                                                        \
    float tree_values[ASSAY_TREE_DEPTH];                                      \
    size_t tree_leaves[ASSAY_TREE_DEPTH];                                     \
    int tree_depth = 0;                                                       \
    for (size_t start = 0; start < (N); start += ASSAY_CHUNK) {               \
      size_t chunk = (N) - start < ASSAY_CHUNK ? (N) - start : ASSAY_CHUNK;   \
      size_t whole = start + chunk / LANES * LANES;                           \
      vf lane = splat(0.0f);                                                  \
      size_t i = start;                                                       \
      for (; i < whole; i += LANES) {                                         \
        const size_t part = LANES;                                            \
        STEP                                                                  \
      }                                                                       \
      if (i < start + chunk) {                                                \
        const size_t part = start + chunk - i;                                \
        STEP                                                                  \
      }                                                                       \
      TREE_APPEND(float, join(lane));                                         \
    }                                                                         \
    TREE_RESULT(float, RESULT);                                               \
  } while (0)

// Zero in the lanes that hold no element.
#define VALID(VALUE) (part == LANES ? (VALUE) : select(first_lanes(part), VALUE, splat(0.0f)))

static void KERNEL(row_sums)(size_t rows, size_t columns, const float *x, float *sums) {
  for (size_t r = 0; r < rows; r++, x += columns) {
    LANE_SUM(columns, { lane = lane + LOAD(x); }, sums[r]);
  }
}

INLINE float row_max(size_t n, const float *x) {
  const float lowest = -__builtin_inff();
  vf best = splat(lowest);
  FOR_LANES(n, {
    vf value = part == LANES ? load(x + i) : load_part(x + i, part, lowest);
    best = select(value > best, value, best);
  });
  float lanes[LANES];
  store(lanes, best);
  for (int width = 8; width >= 1; width /= 2) {
    for (int l = 0; l < width; l++) {
      lanes[l] = lanes[l + width] > lanes[l] ? lanes[l + width] : lanes[l];
    }
  }
  return lanes[0];
}

static void KERNEL(row_argmax)(size_t rows, size_t columns, const float *x, int32_t *indices) {
  for (size_t r = 0; r < rows; r++, x += columns) {
    float largest = row_max(columns, x);
    size_t best = 0;
    while (best < columns && x[best] != largest) best++;
    indices[r] = best < columns ? (int32_t)best : 0;
  }
}

// The columns that a column kernel visits at once: a few lines of each row, so that rows far apart
// are not fetched again for every vector.
#define STRIP 4

static void KERNEL(column_sums)(size_t rows, size_t columns, size_t stride, const float *x,
                                float *sums) {
  size_t j = 0;
  for (; j + STRIP * LANES <= columns; j += STRIP * LANES) {
    vf strip[STRIP] = {0};
    for (size_t r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
      for (size_t s = 0; s < STRIP; s++) strip[s] = strip[s] + load(x + r * stride + j + s * LANES);
    }
    for (size_t s = 0; s < STRIP; s++) store(sums + j + s * LANES, strip[s] + 0.0f);
  }
  for (; j + LANES <= columns; j += LANES) {
    vf sum = splat(0.0f);
    for (size_t r = 0; r < rows; r++) sum = sum + load(x + r * stride + j);
    store(sums + j, sum + 0.0f);
  }
  if (j == columns) return;
  float rest[LANES] = {0};
  for (size_t r = 0; r < rows; r++) {
    for (size_t l = 0; l < columns - j; l++) rest[l] = rest[l] + x[r * stride + j + l];
  }
  for (size_t l = 0; l < columns - j; l++) sums[j + l] = rest[l] + 0.0f;
}

// Σ exp(x − largest), the terms written to `out`.
INLINE float exp_row(size_t columns, const float *x, float largest, float *out) {
  float total;
  LANE_SUM(columns, {
    vf e = vexp(LOAD(x) - largest);
    STORE(out, e);
    lane = lane + VALID(e);
  }, total);
  return total;
}

static void KERNEL(softmax)(size_t rows, size_t columns, const float *x, float *y) {
  for (size_t r = 0; r < rows && columns > 0; r++, x += columns, y += columns) {
    float reciprocal = 1.0f / exp_row(columns, x, row_max(columns, x), y);
    FOR_LANES(columns, { STORE(y, LOAD(y) * reciprocal); });
  }
}

static void KERNEL(log_softmax)(size_t rows, size_t columns, const float *x, float *y) {
  for (size_t r = 0; r < rows && columns > 0; r++, x += columns, y += columns) {
    float largest = row_max(columns, x);
    float total;
    LANE_SUM(columns, { lane = lane + VALID(vexp(LOAD(x) - largest)); }, total);
    float log_total = vlog(splat(total))[0];
    FOR_LANES(columns, { STORE(y, (LOAD(x) - largest) - log_total); });
  }
}

static void KERNEL(cross_entropy)(size_t rows, size_t columns, const float *x,
                                  const int32_t *targets, const float *weights, float on,
                                  float off, float off_total, float factor, float *losses,
                                  float *gradient) {
  for (size_t r = 0; r < rows; r++, x += columns, gradient += columns) {
    if (targets[r] < 0 || columns == 0) {
      losses[r] = 0.0f;
      for (size_t j = 0; j < columns; j++) gradient[j] = 0.0f;
      continue;
    }
    size_t target = (size_t)targets[r];
    float largest = row_max(columns, x);
    float log_target = x[target] - largest;
    float target_weight = on * (weights ? weights[target] : 1.0f);
    float total = exp_row(columns, x, largest, gradient);
    float log_total = vlog(splat(total))[0];
#define WEIGHT (weights ? LOAD(weights) : splat(1.0f))
    if (off == 0.0f) {
      losses[r] = (log_total - log_target) * target_weight;
    } else {
      float loss;
      LANE_SUM(columns, {
        vf term = log_total - (LOAD(x) - largest);
        lane = select(first_lanes(part), vfma(off * WEIGHT, term, lane), lane);
      }, loss);
      losses[r] = __builtin_fmaf(log_total - log_target, target_weight, loss);
    }
    float reciprocal = 1.0f / total;
    float mass = target_weight + off_total;
    FOR_LANES(columns, {
      vf p = LOAD(gradient) * reciprocal;
      vf aim = off * WEIGHT;
      vi here = lane_numbers == (int32_t)(target - i);
      if (target < i) here = (vi)0;
      aim = select(here, aim + target_weight, aim);
      STORE(gradient, vfma(p, splat(mass), -aim) * factor);
    });
#undef WEIGHT
  }
}

static void KERNEL(layer_norm)(size_t rows, size_t columns, const float *x, const float *gain,
                               const float *bias, float epsilon, float *y, float *means,
                               float *scales) {
  float share = (float)(1.0 / (double)columns);
  for (size_t r = 0; r < rows; r++, x += columns, y += columns) {
    float total, squares;
    LANE_SUM(columns, { lane = lane + LOAD(x); }, total);
    float mean = total * share;
    LANE_SUM(columns, {
      vf d = VALID(LOAD(x) - mean);
      lane = vfma(d, d, lane);
    }, squares);
    float scale = 1.0f / __builtin_sqrtf(squares * share + epsilon);
    FOR_LANES(columns, {
      STORE(y, vfma((LOAD(x) - mean) * scale, LOAD(gain), LOAD(bias)));
    });
    means[r] = mean;
    scales[r] = scale;
  }
}

static void KERNEL(layer_norm_again)(size_t rows, size_t columns, const float *x,
                                     const float *gain, const float *bias, const float *means,
                                     const float *scales, float *y) {
  for (size_t r = 0; r < rows; r++, x += columns, y += columns) {
    float mean = means[r], scale = scales[r];
    FOR_LANES(columns, {
      STORE(y, vfma((LOAD(x) - mean) * scale, LOAD(gain), LOAD(bias)));
    });
  }
}

static void KERNEL(layer_norm_backward)(size_t rows, size_t columns, const float *x,
                                        const float *gain, const float *means,
                                        const float *scales, const float *g, float *dx) {
  float share = (float)(1.0 / (double)columns);
  for (size_t r = 0; r < rows; r++, x += columns, g += columns, dx += columns) {
    float mean = means[r], scale = scales[r];
    float sum, product;
    LANE_SUM(columns, { lane = lane + LOAD(g) * LOAD(gain); }, sum);
    LANE_SUM(columns, {
      vf up = LOAD(g) * LOAD(gain);
      lane = select(first_lanes(part), vfma(up, (LOAD(x) - mean) * scale, lane), lane);
    }, product);
    float a = sum * share;
    float b = product * share;
    FOR_LANES(columns, {
      vf unit = (LOAD(x) - mean) * scale;
      STORE(dx, vfma(-unit, splat(b), LOAD(g) * LOAD(gain) - a) * scale);
    });
  }
}

static void KERNEL(layer_norm_parameters)(size_t rows, size_t columns, size_t stride,
                                          const float *x, const float *means, const float *scales,
                                          const float *g, float *gain_gradient,
                                          float *bias_gradient) {
  size_t first = 0;
  for (; first + STRIP * LANES <= columns; first += STRIP * LANES) {
    vf gains[STRIP] = {0}, biases[STRIP] = {0};
    for (size_t r = 0; r < rows; r++) {
      const size_t start = r * stride + first;
#pragma clang loop unroll(full)
      for (size_t s = 0; s < STRIP; s++) {
        vf up = load(g + start + s * LANES);
        vf unit = (load(x + start + s * LANES) - means[r]) * scales[r];
        gains[s] = vfma(up, unit, gains[s]);
        biases[s] = biases[s] + up;
      }
    }
    for (size_t s = 0; s < STRIP; s++) {
      store(gain_gradient + first + s * LANES, gains[s] + 0.0f);
      store(bias_gradient + first + s * LANES, biases[s] + 0.0f);
    }
  }
  x += first;
  g += first;
  gain_gradient += first;
  bias_gradient += first;
  FOR_LANES(columns - first, {
    vf gain = splat(0.0f);
    vf bias = splat(0.0f);
    for (size_t r = 0; r < rows; r++) {
      vf unit = (LOAD(x + r * stride) - means[r]) * scales[r];
      vf up = LOAD(g + r * stride);
      gain = vfma(up, unit, gain);
      bias = bias + up;
    }
    STORE(gain_gradient, gain + 0.0f);
    STORE(bias_gradient, bias + 0.0f);
  });
}

INLINE vd load_f64(const double *x) { return *(const vd_unaligned *)x; }

INLINE vd load_part_f64(const double *x, size_t count) {
  double buffer[LANES] = {0};
  memcpy(buffer, x, count * sizeof(double));
  return load_f64(buffer);
}

// LANE_SUM in double.
#define LANE_SUM_F64(N, STEP, RESULT)                                         \
  do {                                                                        \
    double tree_values[ASSAY_TREE_DEPTH];                                     \
    size_t tree_leaves[ASSAY_TREE_DEPTH];                                     \
    int tree_depth = 0;                                                       \
    for (size_t start = 0; start < (N); start += ASSAY_CHUNK) {               \
      size_t chunk = (N) - start < ASSAY_CHUNK ? (N) - start : ASSAY_CHUNK;   \
      size_t whole = start + chunk / LANES * LANES;                           \
      vd lane = (vd)0.0;                                                      \
      size_t i = start;                                                       \
      for (; i < whole; i += LANES) {                                         \
        const size_t part = LANES;                                            \
        STEP                                                                  \
      }                                                                       \
      if (i < start + chunk) {                                                \
        const size_t part = start + chunk - i;                                \
        STEP                                                                  \
      }                                                                       \
      TREE_APPEND(double, join_f64(lane));                                    \
    }                                                                         \
    TREE_RESULT(double, RESULT);                                              \
  } while (0)

#define LOAD_F64(X) (part == LANES ? load_f64((X) + i) : load_part_f64((X) + i, part))

static double KERNEL(sum_of_squares)(size_t n, const float *x) {
  double sum;
  LANE_SUM_F64(n, {
    vd value = __builtin_convertvector(LOAD(x), vd);
    lane = __builtin_elementwise_fma(value, value, lane);
  }, sum);
  return sum;
}

static double KERNEL(sum_f64)(size_t n, const double *x) {
  double sum;
  LANE_SUM_F64(n, { lane = lane + LOAD_F64(x); }, sum);
  return sum;
}

static double KERNEL(dot_f64)(size_t n, const double *x, const double *y) {
  double sum;
  LANE_SUM_F64(n, { lane = __builtin_elementwise_fma(LOAD_F64(x), LOAD_F64(y), lane); }, sum);
  return sum;
}
