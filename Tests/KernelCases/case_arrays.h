// The arrays of a case: their contents before a run, their memory during one, and what is read
// from them afterwards.
#ifndef ASSAY_CASE_ARRAYS_H
#define ASSAY_CASE_ARRAYS_H

#include "KernelCases.h"
#include "random_values.h"

typedef enum ElementType { FLOATS, WORDS, DOUBLES } ElementType;

typedef enum ArrayRole {
  INPUT,    // keeps its contents
  OUTPUT,   // must be equal on every table
  SCRATCH,  // may hold anything afterwards; starts at 64 bytes
} ArrayRole;

typedef struct CaseArray {
  const char *name;
  ElementType element;
  ArrayRole role;
  size_t count;
  size_t offset;   // elements between an aligned address and the first one
  void *initial;   // contents before a run; null for SCRATCH
  void *expected;  // contents after the run of the oracle; null before it
  void *block;     // memory of the run that is on, or null
  void *start;     // the first element in it
} CaseArray;

size_t element_size(const CaseArray *array);

/// Gives the array memory for a run, filled with its initial contents.
void open_array(CaseArray *array, AssayCaseMemory memory);

/// What is wrong with an array after a run, in words, or null: a guard or an input that has
/// changed; when `expected` is there, an output that differs from it. `text` takes the words.
const char *fault_in_array(const CaseArray *array, AssayCaseMemory memory, char *text,
                           size_t capacity);

/// `hash` continued by the elements of an array, every NaN being the same one.
uint64_t digest_of_array(uint64_t hash, const CaseArray *array);

/// Keeps the contents as those to be expected.
void keep_as_expected(CaseArray *array);

/// Ends a run.
void close_array(CaseArray *array);

/// Frees everything.
void drop_array(CaseArray *array);

/// Memory that is there, or the end of the program.
void *memory_of(size_t bytes);

#endif
