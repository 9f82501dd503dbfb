// Optimiser steps in sixteen lanes; oracle: scalar_updates.h.

static void KERNEL(sgd)(size_t n, AssaySGD step, const float *g, float *velocity, float *p) {
  FOR_LANES(n, {
    vf parameter = LOAD(p);
    vf gradient = LOAD(g);
    if (step.weight_decay != 0.0f) gradient = vfma(splat(step.weight_decay), parameter, gradient);
    vf direction = gradient;
    if (velocity) {
      vf v = gradient;
      if (!step.first) {
        v = vfma(splat(step.momentum), LOAD(velocity), step.one_minus_dampening * gradient);
      }
      STORE(velocity, v);
      direction = step.nesterov ? vfma(splat(step.momentum), v, gradient) : v;
    }
    STORE(p, vfma(splat(-step.rate), direction, parameter));
  });
}

static void KERNEL(adam)(size_t n, AssayAdam step, const float *g, float *m, float *v, float *p) {
  FOR_LANES(n, {
    vf parameter = LOAD(p) * step.decay;
    vf gradient = LOAD(g);
    if (step.weight_decay != 0.0f) gradient = vfma(splat(step.weight_decay), parameter, gradient);
    vf old = LOAD(m);
    vf mean = vfma(splat(step.one_minus_beta1), gradient - old, old);
    vf square = vfma(splat(step.one_minus_beta2), gradient * gradient, step.beta2 * LOAD(v));
    vf root = vsqrt(square) * step.root_scale + step.epsilon;
    STORE(m, mean);
    STORE(v, square);
    STORE(p, parameter - step.rate * mean / root);
  });
}

static void KERNEL(rmsprop)(size_t n, AssayRMSprop step, const float *g, float *square,
                            float *average, float *buffer, float *p) {
  FOR_LANES(n, {
    vf parameter = LOAD(p);
    vf gradient = LOAD(g);
    if (step.weight_decay != 0.0f) gradient = vfma(splat(step.weight_decay), parameter, gradient);
    vf s = vfma(splat(step.one_minus_alpha), gradient * gradient, step.alpha * LOAD(square));
    STORE(square, s);
    if (average) {
      vf old = LOAD(average);
      vf mean = vfma(splat(step.one_minus_alpha), gradient - old, old);
      STORE(average, mean);
      s = vfma(-mean, mean, s);
    }
    vf direction = gradient / (vsqrt(s) + step.epsilon);
    if (buffer) {
      direction = vfma(splat(step.momentum), LOAD(buffer), direction);
      STORE(buffer, direction);
    }
    STORE(p, vfma(splat(-step.rate), direction, parameter));
  });
}

static void KERNEL(adagrad)(size_t n, float rate, float epsilon, float weight_decay,
                            const float *g, float *sum, float *p) {
  FOR_LANES(n, {
    vf parameter = LOAD(p);
    vf gradient = LOAD(g);
    if (weight_decay != 0.0f) gradient = vfma(splat(weight_decay), parameter, gradient);
    vf s = vfma(gradient, gradient, LOAD(sum));
    STORE(sum, s);
    STORE(p, parameter - rate * gradient / (vsqrt(s) + epsilon));
  });
}
