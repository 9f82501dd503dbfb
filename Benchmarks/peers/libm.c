// The C library's float functions in a plain loop, as a C program calls them.
//
//   cc -O2 libm.c -lm -o libm
//
// A worker of `make bench`: the line `map exp|tanh|erf|log COUNT low=… high=… milliseconds=…` is
// answered with the seconds of one pass over the arguments, which are those of Assay's worker:
// low + (high − low)·u, u the fraction of i·2654435761/2³².
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#define DEFINE_LOOP(NAME, FUNCTION)                                       \
  static void loop_##NAME(size_t n, const float *x, float *y) {           \
    for (size_t i = 0; i < n; i++) y[i] = FUNCTION(x[i]);                 \
  }
DEFINE_LOOP(exp, expf)
DEFINE_LOOP(tanh, tanhf)
DEFINE_LOOP(erf, erff)
DEFINE_LOOP(log, logf)

typedef void (*Loop)(size_t n, const float *x, float *y);

static Loop loop_named(const char *name) {
  static const struct {
    const char *name;
    Loop loop;
  } loops[] = {
      {"exp", loop_exp}, {"tanh", loop_tanh}, {"erf", loop_erf}, {"log", loop_log}};
  for (size_t i = 0; i < sizeof loops / sizeof *loops; i++)
    if (!strcmp(name, loops[i].name)) return loops[i].loop;
  return NULL;
}

// Seconds of one call, the first one (which warms the caches) left out.
static double measure(Loop loop, size_t n, const float *x, float *y, double seconds) {
  double start = now();
  loop(n, x, y);
  long calls = (long)(seconds / (now() - start)) + 1;
  start = now();
  for (long i = 0; i < calls; i++) loop(n, x, y);
  return (now() - start) / (double)calls;
}

int main(void) {
  char line[256], name[16];
  size_t count;
  double low, high, milliseconds;
  while (fgets(line, sizeof line, stdin)) {
    int fields = sscanf(line, "map %15s %zu low=%lf high=%lf milliseconds=%lf", name, &count,
                        &low, &high, &milliseconds);
    Loop loop = fields == 5 ? loop_named(name) : NULL;
    float *x = loop ? malloc(count * sizeof *x) : NULL;
    float *y = loop ? malloc(count * sizeof *y) : NULL;
    if (x && y) {
      for (size_t i = 0; i < count; i++)
        x[i] = (float)(low + (high - low) * ((uint32_t)i * 2654435761u * 0x1p-32));
      printf("%.9g\n", measure(loop, count, x, y, milliseconds / 1000));
    } else {
      puts("error no such function");
    }
    fflush(stdout);
    free(x);
    free(y);
  }
  return 0;
}
