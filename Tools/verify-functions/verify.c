// Compares the float functions with the host's double functions over all 2³² floats.
//
//   cc -O2 -mfma -I Sources/CKernels Tools/verify-functions/verify.c -lm && ./a.out [STEP [NAME]]
//
// STEP 1 (the default) tests every float and takes some minutes; a larger one tests a sample. For
// each function it prints the largest error in units in the last place, where it is, and how many
// arguments break the promise: error at most 1 ulp, the right special values, the sign of zero,
// and order kept where the function is monotonic. The exit status is 1 when any does.
#pragma STDC FP_CONTRACT OFF

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scalar_functions.h"

static double turn(double size, int cosine) {
  double n = rint(2 * size), r = size - n / 2;
  int quarter = (int)fmod(n, 4) + cosine;
  double y = quarter % 2 ? cos(M_PI * r) : sin(M_PI * r);
  y = quarter % 4 >= 2 ? -y : y;
  return y == 0 ? 0 : y;
}

static double reference_sinpi(double x) { return copysign(1, x) * turn(fabs(x), 0); }
static double reference_cospi(double x) { return turn(fabs(x), 1); }

static const struct {
  const char *name;
  float (*function)(float);
  double (*reference)(double);
  int rises;
} functions[] = {
    {"exp", scalar_exp, exp, 1},       {"expm1", scalar_expm1, expm1, 1},
    {"log", scalar_log, log, 1},       {"log1p", scalar_log1p, log1p, 1},
    {"tanh", scalar_tanh, tanh, 1},    {"erf", scalar_erf, erf, 1},
    {"sinpi", scalar_sinpi, reference_sinpi, 0}, {"cospi", scalar_cospi, reference_cospi, 0},
};

// Error of y against r in ulps of r; 2 for a wrong special value or sign of zero.
static double error_of(float x, float y, double r) {
  if (x != x || r != r) return y != y ? 0 : 2;
  float rounded = (float)r;
  if (isinf(rounded) || isinf(y)) return rounded == y ? 0 : 2;
  if (rounded == 0 && y == 0) return signbit(rounded) == signbit(y) ? 0 : 2;
  int exponent;
  frexp(r, &exponent);
  return fabs(y - r) / ldexp(1, (exponent < -125 ? -125 : exponent) - 24);
}

// Whether the function falls somewhere between neighbours, walking up from −∞ to ∞.
static uint64_t falls(float (*function)(float), uint32_t step) {
  uint64_t count = 0;
  float last = -INFINITY;
  for (int64_t order = -(int64_t)0x7f800000; order <= 0x7f800000; order += step) {
    uint32_t bits = order < 0 ? 0x80000000u | (uint32_t)-order : (uint32_t)order;
    float y = function(scalar_float(bits));
    if (y != y) continue;
    count += y < last;
    last = y;
  }
  return count;
}

int main(int count, char **arguments) {
  uint32_t step = count > 1 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 1;
  int failed = 0;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    if (count > 2 && strcmp(arguments[2], functions[i].name)) continue;
    double worst = 0;
    float place = 0;
    uint64_t broken = 0;
    for (uint64_t bits = 0; bits < (uint64_t)1 << 32; bits += step) {
      float x = scalar_float((uint32_t)bits);
      double error = error_of(x, functions[i].function(x), functions[i].reference(x));
      if (error > worst) {
        worst = error;
        place = x;
      }
      broken += !(error <= 1);
    }
    uint64_t fallen = functions[i].rises ? falls(functions[i].function, step) : 0;
    printf("%-6s %.6f ulp at %a, %llu beyond 1 ulp, %llu falls\n", functions[i].name, worst, place,
           (unsigned long long)broken, (unsigned long long)fallen);
    fflush(stdout);
    failed |= broken > 0;
  }
  return failed;
}
