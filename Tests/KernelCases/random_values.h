// Repeatable random numbers for cases (SplitMix64), from integers and exact operations only, so
// that every processor draws the same ones.
#ifndef ASSAY_RANDOM_VALUES_H
#define ASSAY_RANDOM_VALUES_H

#include <stddef.h>
#include <stdint.h>

typedef struct RandomSource {
  uint64_t state;
} RandomSource;

/// What the values of a case are made of.
typedef enum ValueKind {
  ORDINARY_VALUES = 0,  // between −4 and 4
  FINITE_VALUES = 1,    // zeros of both signs, denormals, tiny and huge numbers too
  SPECIAL_VALUES = 2,   // NaN with any payload, infinities, any bits too
} ValueKind;

typedef struct Values {
  ValueKind kind;
  uint64_t one_in;  // every how many values one is not ordinary, on average
} Values;

uint64_t draw_bits(RandomSource *random);

/// An integer in 0 ..< n, n >= 1.
uint64_t draw_below(RandomSource *random, uint64_t n);

/// A multiple of 2⁻²¹ in −4 ..< 4.
float draw_ordinary(RandomSource *random);

float draw_float(RandomSource *random, Values values);
double draw_double(RandomSource *random, Values values);

/// A length in 0 ... `limit`: often 0, 1 or close to a multiple of the lanes, seldom long.
size_t draw_length(RandomSource *random, size_t limit);

#endif
