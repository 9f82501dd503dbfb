// What the cases of all kernels share.
#include "kernel_case.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

const size_t edge_lengths[EDGE_COUNT] = {0,  1,  2,  7,  8,  9,   15,   16,   17,   31,  32,
                                         33, 63, 64, 65, 100, 1000, 4095, 4096, 4097, 13000};

CaseArray *give(KernelCase *c, const char *name, ElementType element, ArrayRole role,
                size_t count) {
  CaseArray *array = &c->arrays[c->array_count];
  *array = (CaseArray){.name = name, .element = element, .role = role, .count = count};
  array->offset = draw_below(&c->random, 17);
  if (role != SCRATCH) {
    array->initial = memory_of(count * element_size(array));
    for (size_t i = 0; i < count; i++) {
      if (element == FLOATS) {
        ((float *)array->initial)[i] = draw_float(&c->random, c->values);
      } else if (element == DOUBLES) {
        ((double *)array->initial)[i] = draw_double(&c->random, c->values);
      } else {
        ((uint32_t *)array->initial)[i] = (uint32_t)draw_bits(&c->random);
      }
    }
  }
  c->arguments[c->argument_count++] = (int)c->array_count++;
  return array;
}

void give_again(KernelCase *c, size_t argument) {
  int place = c->arguments[argument];
  c->arrays[place].role = OUTPUT;
  c->arguments[c->argument_count++] = place;
}

void give_null(KernelCase *c) { c->arguments[c->argument_count++] = -1; }

void give_elementwise_output(KernelCase *c, size_t inputs, size_t count) {
  uint64_t choice = draw_below(&c->random, inputs + 2);
  if (choice < inputs) {
    give_again(c, choice);
  } else {
    give(c, "y", FLOATS, OUTPUT, count);
  }
}

void *argument_of(const KernelCase *c, size_t argument) {
  int place = c->arguments[argument];
  return place < 0 ? NULL : c->arrays[place].start;
}

float *float_argument(const KernelCase *c, size_t argument) { return argument_of(c, argument); }
double *double_argument(const KernelCase *c, size_t argument) { return argument_of(c, argument); }

size_t case_length(KernelCase *c) {
  return c->edge >= 0 ? edge_lengths[c->edge] : draw_length(&c->random, SIZE_MAX - 1);
}

void draw_rows_and_columns(KernelCase *c, size_t least_columns) {
  size_t columns = case_length(c);
  size_t rows = 1 + draw_below(&c->random, columns > 1000 ? 2 : 9);
  if (c->edge < 0) {
    if (columns <= 1000) rows = draw_length(&c->random, columns <= 40 ? 300 : 12);
  }
  c->sizes[0] = rows;
  c->sizes[1] = columns > least_columns ? columns : least_columns;
}

size_t matrix_extent(size_t rows, size_t columns, size_t stride) {
  return rows == 0 || columns == 0 ? 0 : (rows - 1) * stride + columns;
}

size_t draw_stride(KernelCase *c, size_t columns) {
  return columns + (draw_flag(c) ? 0 : draw_below(&c->random, 20));
}

int draw_flag(KernelCase *c) { return (int)draw_below(&c->random, 2); }

float draw_coefficient(KernelCase *c) {
  static const float common[] = {0.0f, 1.0f, 0.5f, 0.1f, 0.9f, 0.999f, 0.001f, 1e-8f};
  uint64_t choice = draw_below(&c->random, 16);
  return choice < 8 ? common[choice] : draw_ordinary(&c->random) * 0.25f;
}
