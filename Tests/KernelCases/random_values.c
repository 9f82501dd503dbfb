// Repeatable random numbers for cases.
#include "random_values.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

uint64_t draw_bits(RandomSource *random) {
  uint64_t z = random->state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

uint64_t draw_below(RandomSource *random, uint64_t n) { return draw_bits(random) % n; }

float draw_ordinary(RandomSource *random) {
  return (float)((int32_t)(draw_bits(random) >> 40) - (1 << 23)) * 0x1p-21f;
}

static float float_of_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static double double_of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// A finite number of any class: sign and significand at random, the exponent by class.
static float draw_finite(RandomSource *random) {
  uint64_t bits = draw_bits(random);
  uint32_t sign = (uint32_t)(bits >> 63) << 31, significand = (uint32_t)bits & 0x7fffffu;
  uint32_t exponent;
  switch ((bits >> 40) % 6) {
    case 0: return float_of_bits(sign);
    case 1: exponent = 0; break;
    case 2: exponent = 1 + (uint32_t)(bits >> 44) % 40; break;
    case 3: exponent = 215 + (uint32_t)(bits >> 44) % 40; break;
    default: exponent = 117 + (uint32_t)(bits >> 44) % 18; break;
  }
  return float_of_bits(sign | exponent << 23 | significand);
}

float draw_float(RandomSource *random, Values values) {
  if (values.kind == ORDINARY_VALUES || draw_below(random, values.one_in) != 0) {
    return draw_ordinary(random);
  }
  if (values.kind == FINITE_VALUES) return draw_finite(random);
  uint64_t bits = draw_bits(random);
  switch ((bits >> 40) % 6) {
    case 0: return float_of_bits(0x7f800000u);
    case 1: return float_of_bits(0xff800000u);
    case 2: return float_of_bits((uint32_t)bits | 0x7fc00000u);
    case 3: return float_of_bits(((uint32_t)bits & 0xffbfffffu) | 0x7f800001u);
    case 4: return float_of_bits((uint32_t)bits);
    default: return draw_finite(random);
  }
}

double draw_double(RandomSource *random, Values values) {
  uint64_t bits = draw_bits(random);
  double ordinary = (double)((int64_t)(bits >> 11) - ((int64_t)1 << 52)) * 0x1p-50;
  if (values.kind == ORDINARY_VALUES || draw_below(random, values.one_in) != 0) return ordinary;
  uint64_t sign = bits & 0x8000000000000000u, significand = bits & 0x000fffffffffffffu;
  uint64_t choice = draw_below(random, values.kind == FINITE_VALUES ? 4 : 7);
  switch (choice) {
    case 0: return double_of_bits(sign);
    case 1: return double_of_bits(sign | significand);
    case 2: return double_of_bits(sign | (1 + draw_below(random, 400)) << 52 | significand);
    case 3: return double_of_bits(sign | (1646 + draw_below(random, 400)) << 52 | significand);
    case 4: return double_of_bits(sign | 0x7ff0000000000000u);
    case 5: return double_of_bits(sign | 0x7ff8000000000000u | significand);
    default: return double_of_bits(bits);
  }
}

size_t draw_length(RandomSource *random, size_t limit) {
  static const size_t middles[] = {4, 6, 8, 12, 14, 16, 24, 32, 48, 64};
  size_t length;
  uint64_t choice = draw_below(random, 32);
  if (choice < 2) {
    length = choice;
  } else if (choice < 14) {
    length = middles[draw_below(random, sizeof middles / sizeof *middles)] - 1;
    length += draw_below(random, 3);
  } else if (choice < 26) {
    length = draw_below(random, 80);
  } else if (choice < 31) {
    length = draw_below(random, 600);
  } else {
    length = 4000 + draw_below(random, 5000);
  }
  return length <= limit ? length : length % (limit + 1);
}
