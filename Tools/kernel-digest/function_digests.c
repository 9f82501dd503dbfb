// Digests of the double functions, the float oracles, Philox and the index tree.
#include "function_digests.h"

#include <string.h>

#include "CKernels.h"
#include "KernelCases.h"
#include "random_values.h"

#pragma STDC FP_CONTRACT OFF

#define SAMPLE 20000

static uint64_t add_double(uint64_t hash, double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return assay_digest_word(hash, x != x ? 0x7ff8000000000000u : bits);
}

static uint64_t add_float(uint64_t hash, float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return assay_digest_word(hash, x != x ? 0x7fc00000u : bits);
}

// Ranges of arguments that a function is worth trying on.
typedef enum Range { ANY, SMALL, UNIT, SHAPE } Range;

static double draw_argument(RandomSource *random, Range range) {
  const double fraction = (double)(draw_bits(random) >> 11) * 0x1p-53;
  switch (range) {
    case ANY: return draw_double(random, (Values){SPECIAL_VALUES, 1});
    case SMALL: return (fraction - 0.5) * 60.0;
    case UNIT: return fraction;
    default: return 0.5 + fraction * 400.0;
  }
}

typedef struct Function {
  const char *name;
  double (*unary)(double);
  Range range;  // of three in four arguments; the others are ANY
} Function;

static const Function unary_functions[] = {
    {"exp", assay_exp, SMALL},       {"expm1", assay_expm1, SMALL},
    {"log", assay_log, SHAPE},       {"log1p", assay_log1p, UNIT},
    {"sinpi", assay_sinpi, SMALL},   {"cospi", assay_cospi, SMALL},
    {"erf", assay_erf, SMALL},       {"erfc", assay_erfc, SMALL},
    {"erfcx", assay_erfcx, SMALL},   {"lgamma", assay_lgamma, SHAPE},
    {"normal_quantile", assay_normal_quantile, UNIT},
};
#define UNARY_COUNT (sizeof unary_functions / sizeof *unary_functions)

static uint64_t digest_of_unary(const Function *function) {
  RandomSource random = {1};
  uint64_t hash = 0;
  for (int i = 0; i < SAMPLE; i++) {
    double x = draw_argument(&random, i % 4 == 3 ? ANY : function->range);
    hash = add_double(hash, function->unary(x));
  }
  return hash;
}

static uint64_t digest_of_pow(void) {
  RandomSource random = {2};
  uint64_t hash = 0;
  for (int i = 0; i < SAMPLE; i++) {
    double x = draw_argument(&random, i % 4 == 3 ? ANY : SHAPE);
    double y = draw_argument(&random, i % 8 == 7 ? ANY : SMALL);
    hash = add_double(hash, assay_pow(x, y));
  }
  return hash;
}

// Slow functions get a smaller sample, in the range that NUMERICS.md bounds them for.
static uint64_t digest_of_incomplete_beta(void) {
  RandomSource random = {3};
  uint64_t hash = 0;
  for (int i = 0; i < SAMPLE / 20; i++) {
    double x = draw_argument(&random, UNIT), a = draw_argument(&random, SHAPE);
    hash = add_double(hash, assay_incomplete_beta(x, a, draw_argument(&random, SHAPE)));
  }
  return hash;
}

static uint64_t digest_of_student_quantile(void) {
  RandomSource random = {4};
  uint64_t hash = 0;
  for (int i = 0; i < SAMPLE / 40; i++) {
    double p = draw_argument(&random, UNIT);
    double degrees = i % 3 == 0 ? (double)(i % 40) : draw_argument(&random, SHAPE) * (i % 7);
    hash = add_double(hash, assay_student_quantile(p, degrees));
  }
  return hash;
}

// The float oracles, over every 4,000,037th float.
static uint64_t digest_of_float_functions(void) {
  static float (*const functions[])(float) = {
      assay_expf,  assay_expm1f, assay_logf,   assay_log1pf,
      assay_tanhf, assay_erff,   assay_sinpif, assay_cospif,
  };
  uint64_t hash = 0;
  for (uint64_t bits = 0; bits <= UINT32_MAX; bits += 4000037) {
    uint32_t pattern = (uint32_t)bits;
    float x;
    memcpy(&x, &pattern, sizeof x);
    for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
      hash = add_float(hash, functions[f](x));
    }
  }
  return hash;
}

static uint64_t digest_of_philox(void) {
  RandomSource random = {5};
  uint64_t hash = 0;
  for (int i = 0; i < SAMPLE; i++) {
    uint32_t counter[4], key[2], words[4];
    for (int j = 0; j < 4; j++) counter[j] = (uint32_t)draw_bits(&random);
    for (int j = 0; j < 2; j++) key[j] = (uint32_t)draw_bits(&random);
    assay_philox4x32(counter, key, words);
    for (int j = 0; j < 4; j++) hash = assay_digest_word(hash, words[j]);
  }
  return hash;
}

static uint64_t digest_of_tree_sums(void) {
  RandomSource random = {6};
  float floats[200];
  double doubles[200];
  uint64_t hash = 0;
  for (size_t n = 0; n <= 200; n++) {
    for (size_t i = 0; i < n; i++) {
      floats[i] = draw_ordinary(&random);
      doubles[i] = draw_argument(&random, SMALL);
    }
    hash = add_float(hash, assay_tree_sum(n, floats));
    hash = add_double(hash, assay_tree_sum_f64(n, doubles));
  }
  return hash;
}

static const struct {
  const char *name;
  uint64_t (*digest)(void);
} other_functions[] = {
    {"pow", digest_of_pow},
    {"incomplete_beta", digest_of_incomplete_beta},
    {"student_quantile", digest_of_student_quantile},
    {"float_functions", digest_of_float_functions},
    {"philox", digest_of_philox},
    {"tree_sums", digest_of_tree_sums},
};

size_t function_digest_count(void) {
  return UNARY_COUNT + sizeof other_functions / sizeof *other_functions;
}

const char *function_name(size_t function) {
  return function < UNARY_COUNT ? unary_functions[function].name
                                : other_functions[function - UNARY_COUNT].name;
}

uint64_t function_digest(size_t function) {
  return function < UNARY_COUNT ? digest_of_unary(&unary_functions[function])
                                : other_functions[function - UNARY_COUNT].digest();
}
