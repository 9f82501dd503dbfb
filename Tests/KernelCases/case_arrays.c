// The arrays of a case in memory.
#define _POSIX_C_SOURCE 200112L  // posix_memalign
#include "case_arrays.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// An ordinary number as a float and as a double, so that nothing mends it on the way.
#define GUARD 0x40b5a5a5u
#define GUARD_BYTES 128

void *memory_of(size_t bytes) {
  void *block = malloc(bytes > 0 ? bytes : 1);
  if (!block) abort();
  return block;
}

size_t element_size(const CaseArray *array) {
  return array->element == DOUBLES ? sizeof(double) : sizeof(float);
}

static size_t bytes_of(const CaseArray *array) { return array->count * element_size(array); }

// Guard bytes before the first element; as many follow the last one, without the offset.
static size_t bytes_before(const CaseArray *array, AssayCaseMemory memory) {
  size_t guard = memory == ASSAY_CASE_GUARDED ? GUARD_BYTES : 0;
  return guard + (array->role == SCRATCH ? 0 : array->offset * element_size(array));
}

static void fill_with_guards(unsigned char *bytes, size_t count) {
  const uint32_t guard = GUARD;
  for (size_t i = 0; i < count; i += 4) memcpy(bytes + i, &guard, 4);
}

void open_array(CaseArray *array, AssayCaseMemory memory) {
  size_t before = bytes_before(array, memory), bytes = bytes_of(array);
  size_t after = memory == ASSAY_CASE_GUARDED ? GUARD_BYTES : 0;
  if (array->role == SCRATCH) {
    if (posix_memalign(&array->block, 64, before + bytes + after) != 0) abort();
  } else {
    array->block = memory_of(before + bytes + after);
  }
  unsigned char *block = array->block;
  array->start = block + before;
  if (memory == ASSAY_CASE_GUARDED) {
    fill_with_guards(block, before);
    fill_with_guards(block + before + bytes, after);
  }
  if (array->initial) memcpy(array->start, array->initial, bytes);
}

static int guards_hold(const unsigned char *bytes, size_t count) {
  const uint32_t guard = GUARD;
  for (size_t i = 0; i < count; i += 4) {
    if (memcmp(bytes + i, &guard, 4) != 0) return 0;
  }
  return 1;
}

// The bits of an element; those of a NaN are always the same ones (NUMERICS.md rule 9).
static uint64_t canonical_bits(const CaseArray *array, const void *elements, size_t i) {
  if (array->element == DOUBLES) {
    uint64_t bits;
    memcpy(&bits, (const double *)elements + i, sizeof bits);
    return (bits & 0x7fffffffffffffffu) > 0x7ff0000000000000u ? 0x7ff8000000000000u : bits;
  }
  uint32_t bits;
  memcpy(&bits, (const float *)elements + i, sizeof bits);
  if (array->element == WORDS) return bits;
  return (bits & 0x7fffffffu) > 0x7f800000u ? 0x7fc00000u : bits;
}

static const char *first_difference(const CaseArray *array, char *text, size_t capacity) {
  for (size_t i = 0; i < array->count; i++) {
    uint64_t found = canonical_bits(array, array->start, i);
    uint64_t expected = canonical_bits(array, array->expected, i);
    if (found != expected) {
      int digits = array->element == DOUBLES ? 16 : 8;
      snprintf(text, capacity, "%s[%zu] is %0*" PRIx64 ", by the oracle %0*" PRIx64, array->name, i,
               digits, found, digits, expected);
      return text;
    }
  }
  return NULL;
}

const char *fault_in_array(const CaseArray *array, AssayCaseMemory memory, char *text,
                           size_t capacity) {
  const unsigned char *block = array->block;
  size_t before = bytes_before(array, memory), bytes = bytes_of(array);
  if (memory == ASSAY_CASE_GUARDED) {
    int low = guards_hold(block, before), high = guards_hold(block + before + bytes, GUARD_BYTES);
    if (!low || !high) {
      snprintf(text, capacity, "wrote %s %s", low ? "past the end of" : "before", array->name);
      return text;
    }
  }
  if (array->role == INPUT && bytes > 0 && memcmp(array->start, array->initial, bytes) != 0) {
    snprintf(text, capacity, "wrote to its input %s", array->name);
    return text;
  }
  if (array->role != OUTPUT || !array->expected || memory == ASSAY_CASE_EMULATED) return NULL;
  return first_difference(array, text, capacity);
}

uint64_t digest_of_array(uint64_t hash, const CaseArray *array) {
  for (size_t i = 0; i < array->count; i++) {
    hash = assay_digest_word(hash, canonical_bits(array, array->start, i));
  }
  return hash;
}

void keep_as_expected(CaseArray *array) {
  array->expected = memory_of(bytes_of(array));
  memcpy(array->expected, array->start, bytes_of(array));
}

void close_array(CaseArray *array) {
  free(array->block);
  array->block = NULL;
  array->start = NULL;
}

void drop_array(CaseArray *array) {
  close_array(array);
  free(array->initial);
  free(array->expected);
  array->initial = NULL;
  array->expected = NULL;
}
