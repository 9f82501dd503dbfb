// The float32 multiply-add peak of this machine: what no kernel can exceed.
//
//   cc -O3 -pthread fma_peak.c -o fma-peak
//
// A worker of `make bench`: the line `peak avx512|avx2|neon THREADS` is answered with GFLOP/s (one
// fused multiply-add counts two) of one round of about 20 ms. All operands stay in registers, and
// each thread keeps more independent chains than latency times pipes, so that the units are full.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

enum { MAX_THREADS = 64 };

static volatile float sink;

// One instruction set: CHAINS accumulators of LANES floats; the unrolled loop keeps them in
// registers, of which two more hold the factors.
#define DEFINE_PEAK(NAME, TARGET, VECTOR, LANES, CHAINS, SET1, FMA, FIRST)                     \
  TARGET static void run_##NAME(long rounds) {                                                 \
    VECTOR chain[CHAINS], a = SET1(0.999f), b = SET1(0.001f);                                  \
    for (int i = 0; i < CHAINS; i++) chain[i] = SET1((float)i);                                \
    for (long round = 0; round < rounds; round++) {                                            \
      _Pragma("GCC unroll 32") for (int i = 0; i < CHAINS; i++) chain[i] = FMA(chain[i], a, b); \
    }                                                                                          \
    for (int i = 0; i < CHAINS; i++) sink = FIRST(chain[i]);                                   \
  }

#if defined(__x86_64__)
#define FIRST_512(x) _mm512_cvtss_f32(x)
#define FIRST_256(x) _mm256_cvtss_f32(x)
DEFINE_PEAK(avx512, __attribute__((target("avx512f"))), __m512, 16, 24, _mm512_set1_ps,
            _mm512_fmadd_ps, FIRST_512)
DEFINE_PEAK(avx2, __attribute__((target("avx2,fma"))), __m256, 8, 12, _mm256_set1_ps,
            _mm256_fmadd_ps, FIRST_256)
#elif defined(__aarch64__)
#define FMA_NEON(x, a, b) vfmaq_f32(b, x, a)
#define FIRST_NEON(x) vgetq_lane_f32(x, 0)
DEFINE_PEAK(neon, , float32x4_t, 4, 24, vdupq_n_f32, FMA_NEON, FIRST_NEON)
#endif

typedef struct {
  const char *name;
  void (*run)(long rounds);
  double flops;  // in one round
} Peak;

// The instruction set of a name, or null when this machine lacks it.
static const Peak *peak_named(const char *name) {
#if defined(__x86_64__)
  static const Peak avx512 = {"avx512", run_avx512, 2.0 * 16 * 24};
  static const Peak avx2 = {"avx2", run_avx2, 2.0 * 8 * 12};
  __builtin_cpu_init();
  if (!strcmp(name, "avx512") && __builtin_cpu_supports("avx512f")) return &avx512;
  if (!strcmp(name, "avx2") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return &avx2;
#elif defined(__aarch64__)
  static const Peak neon = {"neon", run_neon, 2.0 * 4 * 24};
  if (!strcmp(name, "neon")) return &neon;
#endif
  return NULL;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct {
  const Peak *peak;
  long rounds;
  pthread_barrier_t *barrier;
  double start, end;
} Share;

static void *work(void *argument) {
  Share *share = argument;
  share->peak->run(share->rounds / 16 + 1);
  pthread_barrier_wait(share->barrier);
  share->start = now();
  share->peak->run(share->rounds);
  share->end = now();
  return NULL;
}

// GFLOP/s of all threads together, from the first start to the last end.
static double measure(const Peak *peak, int threads, long rounds) {
  pthread_t ids[MAX_THREADS];
  Share shares[MAX_THREADS];
  pthread_barrier_t barrier;
  pthread_barrier_init(&barrier, NULL, (unsigned)threads);
  for (int i = 0; i < threads; i++) {
    shares[i] = (Share){.peak = peak, .rounds = rounds, .barrier = &barrier};
    if (pthread_create(&ids[i], NULL, work, &shares[i])) exit(1);
  }
  for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
  pthread_barrier_destroy(&barrier);
  double start = shares[0].start, end = shares[0].end;
  for (int i = 1; i < threads; i++) {
    if (shares[i].start < start) start = shares[i].start;
    if (shares[i].end > end) end = shares[i].end;
  }
  return peak->flops * (double)rounds * threads / (end - start) / 1e9;
}

int main(void) {
  char line[256], name[64];
  int threads;
  while (fgets(line, sizeof line, stdin)) {
    const Peak *peak =
        sscanf(line, "peak %63s %d", name, &threads) == 2 ? peak_named(name) : NULL;
    if (!peak || threads < 1 || threads > MAX_THREADS) {
      puts("error no such peak on this machine");
    } else {
      double guess = measure(peak, 1, 100000);
      printf("%.6g\n", measure(peak, threads, (long)(0.02 * guess * 1e9 / peak->flops) + 1));
    }
    fflush(stdout);
  }
  return 0;
}
