// A transformer's encoder in sixteen lanes; oracle: scalar_encoder.h. Rows stay in the nearest cache
// while several steps pass over them.

// The value and the slope of each GELU share their dear part.
INLINE void gelu_both(vf x, vf *value, vf *slope) {
  vf gate = gelu_gate(x);
  vf density = INV_SQRT_2PI * vexp(x * x * -0.5f);
  *value = x * gate;
  *slope = vfma(x, density, gate);
}

INLINE void gelu_tanh_both(vf x, vf *value, vf *slope) {
  vf t = vtanh(gelu_tanh_angle(x));
  vf gate = vfma(splat(0.5f), t, splat(0.5f));
  vf bend = vfma(-t, t, splat(1.0f)) *
            (SQRT_2_OVER_PI * vfma(splat(GELU_CUBE3), x * x, splat(1.0f)));
  *value = x * gate;
  *slope = vfma(0.5f * x, bend, gate);
}

static void KERNEL(activation_backward)(AssayFunction function, size_t n, const float *x,
                                        const float *g, float *y, float *dx) {
  switch (function) {
    case ASSAY_RELU:
      FOR_LANES(n, {
        vf value = vrelu(LOAD(x));
        vf up = LOAD(g);
        STORE(dx, select(value <= 0.0f, splat(0.0f), up));
        STORE(y, value);
      });
      break;
    case ASSAY_GELU:
      FOR_LANES(n, {
        vf value;
        vf slope;
        gelu_both(LOAD(x), &value, &slope);
        STORE(dx, LOAD(g) * slope);
        STORE(y, value);
      });
      break;
    case ASSAY_GELU_TANH:
      FOR_LANES(n, {
        vf value;
        vf slope;
        gelu_tanh_both(LOAD(x), &value, &slope);
        STORE(dx, LOAD(g) * slope);
        STORE(y, value);
      });
      break;
    default: break;
  }
}

// Dropout of one run of elements; a threshold of 0 draws nothing.
static void drop(size_t n, uint64_t first, AssayDropout dropout, const float *x, float *y) {
  if (dropout.threshold == 0) {
    KERNEL(scale)(n, dropout.scale, x, y);
  } else {
    KERNEL(dropout)(n, first, dropout.source, dropout.threshold, dropout.scale, x, y);
  }
}

static void drop_row(size_t row, size_t columns, AssayDropout dropout, AssayPlaces places,
                     const float *x, float *y) {
  dropout.source.draw = places.draws[row];
  drop(columns, (uint64_t)places.positions[row] * columns, dropout, x, y);
}

static void KERNEL(dropout_rows)(size_t rows, size_t columns, AssayDropout dropout,
                                 AssayPlaces places, const float *x, float *y) {
  for (size_t r = 0; r < rows; r++, x += columns, y += columns) {
    drop_row(r, columns, dropout, places, x, y);
  }
}

static void KERNEL(residual_norm)(size_t rows, size_t columns, const float *x,
                                  const float *residual, AssayDropout dropout, AssayPlaces places,
                                  const float *gain, const float *bias, float epsilon, float *sum,
                                  float *y, float *means, float *scales) {
  for (size_t r = 0; r < rows; r++) {
    drop_row(r, columns, dropout, places, x, sum);
    KERNEL(add)(columns, residual, sum, sum);
    KERNEL(layer_norm)(1, columns, sum, gain, bias, epsilon, y, means + r, scales + r);
    x += columns, residual += columns, sum += columns, y += columns;
  }
}

static void KERNEL(residual_norm_backward)(size_t rows, size_t columns, const float *sum,
                                           const float *gain, const float *means,
                                           const float *scales, const float *g,
                                           AssayDropout dropout, AssayPlaces places,
                                           float *residual_gradient, float *gradient) {
  for (size_t r = 0; r < rows; r++) {
    KERNEL(layer_norm_backward)(1, columns, sum, gain, means + r, scales + r, g,
                                residual_gradient);
    drop_row(r, columns, dropout, places, residual_gradient, gradient);
    sum += columns, g += columns, residual_gradient += columns, gradient += columns;
  }
}

static void KERNEL(attention_softmax)(size_t rows, size_t columns, AssayHead head,
                                      const int32_t *queries, float *p, float *kept) {
  for (size_t r = 0; r < rows; r++, p += columns, kept += columns) {
    KERNEL(scale)(columns, head.scale, p, p);
    KERNEL(softmax)(1, columns, p, p);
    if (head.dropout.threshold == 0) continue;
    drop(columns, head.first + (uint64_t)queries[r] * head.span, head.dropout, p, kept);
  }
}

static void KERNEL(attention_backward)(size_t rows, size_t columns, float scale, float dropout,
                                       const float *p, const float *kept, float *g) {
  for (size_t r = 0; r < rows; r++, p += columns, kept += columns, g += columns) {
    float dot;
    LANE_SUM(columns, {
      vf d = select(LOAD(kept) != 0.0f, LOAD(g) * dropout, splat(0.0f));
      STORE(g, d);
      vf next = vfma(d, LOAD(p), lane);
      lane = part == LANES ? next : select(first_lanes(part), next, lane);
    }, dot);
    FOR_LANES(columns, { STORE(g, LOAD(p) * (LOAD(g) - dot) * scale); });
  }
}

static void KERNEL(embedding_rows)(size_t rows, size_t columns, const int32_t *ids,
                                   const uint8_t *segments, const int32_t *places,
                                   const float *words, const float *types, const float *positions,
                                   float *y) {
  for (size_t r = 0; r < rows; r++, y += columns) {
    const float *word = words + (size_t)ids[r] * columns;
    const float *type = types + (size_t)segments[r] * columns;
    const float *position = positions + (size_t)places[r] * columns;
    FOR_LANES(columns, { STORE(y, (LOAD(word) + LOAD(type)) + LOAD(position)); });
  }
}

static void KERNEL(sums_of_rows)(size_t count, size_t columns, const int32_t *starts,
                                 const int32_t *rows, const float *x, float *y) {
  for (size_t target = 0; target < count; target++, y += columns) {
    FOR_LANES(columns, {
      vf sum = splat(0.0f);
      for (int32_t k = starts[target]; k < starts[target + 1]; k++) {
        sum = sum + LOAD(x + (size_t)rows[k] * columns);
      }
      STORE(y, sum + 0.0f);
    });
  }
}
