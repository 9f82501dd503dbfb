// Elementwise kernels in sixteen lanes; oracle: scalar_elementwise.h.

static void KERNEL(map)(AssayFunction function, size_t n, const float *x, float *y) {
#define CASE(NAME, FUNCTION)                                      \
  case NAME:                                                      \
    FOR_LANES(n, { STORE(y, FUNCTION(LOAD(x))); });               \
    break;
  switch (function) {
    CASE(ASSAY_EXP, vexp)
    CASE(ASSAY_EXPM1, vexpm1)
    CASE(ASSAY_LOG, vlog)
    CASE(ASSAY_LOG1P, vlog1p)
    CASE(ASSAY_TANH, vtanh)
    CASE(ASSAY_ERF, verf)
    CASE(ASSAY_SINPI, vsinpi)
    CASE(ASSAY_COSPI, vcospi)
    CASE(ASSAY_SIGMOID, vsigmoid)
    CASE(ASSAY_RELU, vrelu)
    CASE(ASSAY_GELU, vgelu)
    CASE(ASSAY_GELU_TANH, vgelu_tanh)
    CASE(ASSAY_SQRT, vsqrt)
    default:
      break;
  }
#undef CASE
}

static void KERNEL(fill)(size_t n, float value, float *y) {
  FOR_LANES(n, { STORE(y, splat(value)); });
}

static void KERNEL(add)(size_t n, const float *a, const float *b, float *y) {
  FOR_LANES(n, { STORE(y, LOAD(a) + LOAD(b)); });
}

static void KERNEL(subtract)(size_t n, const float *a, const float *b, float *y) {
  FOR_LANES(n, { STORE(y, LOAD(a) - LOAD(b)); });
}

static void KERNEL(multiply)(size_t n, const float *a, const float *b, float *y) {
  FOR_LANES(n, { STORE(y, LOAD(a) * LOAD(b)); });
}

static void KERNEL(scale)(size_t n, float factor, const float *x, float *y) {
  FOR_LANES(n, { STORE(y, LOAD(x) * factor); });
}

static void KERNEL(add_scaled)(size_t n, float factor, const float *x, float *y) {
  FOR_LANES(n, { STORE(y, vfma(splat(factor), LOAD(x), LOAD(y))); });
}

static void KERNEL(add_row)(size_t rows, size_t columns, const float *x, const float *bias,
                            float *y) {
  for (size_t r = 0; r < rows; r++, x += columns, y += columns) {
    FOR_LANES(columns, { STORE(y, LOAD(x) + LOAD(bias)); });
  }
}

static void KERNEL(relu_backward)(size_t n, const float *y, const float *g, float *dx) {
  FOR_LANES(n, { STORE(dx, select(LOAD(y) <= 0.0f, splat(0.0f), LOAD(g))); });
}

static void KERNEL(tanh_backward)(size_t n, const float *y, const float *g, float *dx) {
  FOR_LANES(n, {
    vf out = LOAD(y);
    STORE(dx, LOAD(g) * vfma(-out, out, splat(1.0f)));
  });
}

static void KERNEL(sigmoid_backward)(size_t n, const float *y, const float *g, float *dx) {
  FOR_LANES(n, {
    vf out = LOAD(y);
    STORE(dx, LOAD(g) * (out * (1.0f - out)));
  });
}

static void KERNEL(gelu_backward)(size_t n, const float *x, const float *g, float *dx) {
  FOR_LANES(n, { STORE(dx, LOAD(g) * gelu_slope(LOAD(x))); });
}

static void KERNEL(gelu_tanh_backward)(size_t n, const float *x, const float *g, float *dx) {
  FOR_LANES(n, { STORE(dx, LOAD(g) * gelu_tanh_slope(LOAD(x))); });
}
