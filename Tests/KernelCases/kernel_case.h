// One case: sizes, coefficients and arrays; and the list of kernels that cases are drawn for.
#ifndef ASSAY_KERNEL_CASE_H
#define ASSAY_KERNEL_CASE_H

#include "case_arrays.h"

#define CASE_ARRAYS 10
#define CASE_SIZES 6
#define CASE_SCALARS 8

/// Edge lengths that every kernel meets with every kind of value.
#define EDGE_COUNT 21
extern const size_t edge_lengths[EDGE_COUNT];

typedef struct KernelCase {
  RandomSource random;
  Values values;
  int edge;  // which edge size to take; −1: sizes are random
  size_t sizes[CASE_SIZES];
  float scalars[CASE_SCALARS];
  int flags[2];
  uint64_t first, threshold;
  AssayRandom source;
  // Arguments in the order of the kernel's; each is an array, or −1 for a null pointer.
  CaseArray arrays[CASE_ARRAYS];
  size_t array_count;
  int arguments[CASE_ARRAYS];
  size_t argument_count;
} KernelCase;

/// A kernel with its cases.
typedef struct CaseKernel {
  const char *name;
  size_t entry;  // its place in AssayKernels, in bytes
  void (*draw)(KernelCase *);
  void (*run)(const AssayKernels *, KernelCase *);
} CaseKernel;

typedef struct CaseGroup {
  size_t count;
  const CaseKernel *kernels;
} CaseGroup;

extern const CaseGroup elementwise_cases, encoder_cases, matmul_cases, random_cases, row_cases,
    update_cases;

#define CASE_ENTRY(NAME) offsetof(AssayKernels, NAME)

/// The next argument: a new array with values of the case's kind (FLOATS, DOUBLES) or bits (WORDS).
CaseArray *give(KernelCase *c, const char *name, ElementType element, ArrayRole role,
                size_t count);

/// The next argument: the array of an earlier one, which becomes an output.
void give_again(KernelCase *c, size_t argument);

/// The next argument: no array.
void give_null(KernelCase *c);

/// The next argument: an output that is a new array, or one of the first `inputs` arguments.
void give_elementwise_output(KernelCase *c, size_t inputs, size_t count);

/// Arguments while a case runs; null for none.
float *float_argument(const KernelCase *c, size_t argument);
double *double_argument(const KernelCase *c, size_t argument);
void *argument_of(const KernelCase *c, size_t argument);

/// The edge length of the case, or a random one.
size_t case_length(KernelCase *c);

/// Elements of a matrix whose rows begin `stride` apart: after the last row there is no gap.
size_t matrix_extent(size_t rows, size_t columns, size_t stride);

/// A distance between rows: often none beyond the columns.
size_t draw_stride(KernelCase *c, size_t columns);

/// Sets sizes 0 and 1 to rows and columns, at least `least_columns`.
void draw_rows_and_columns(KernelCase *c, size_t least_columns);

/// 0 or 1.
int draw_flag(KernelCase *c);

/// A number that is often a round one: a coefficient of a step.
float draw_coefficient(KernelCase *c);

#endif
