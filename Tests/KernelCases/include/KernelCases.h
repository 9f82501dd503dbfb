// Random cases of every entry of `AssayKernels`, each run on the scalar table (the oracle) and on
// another one from the same inputs.
//
// A case is a function of a seed and an index only, on every processor and with every compiler. The
// first ones go through a fixed list of edge sizes (around the lanes, the tiles and the chunks of
// long sums) for every kernel and three kinds of values; from `assay_edge_case_count()` on the
// sizes are random. Starts are misaligned, outputs are inputs where CKernels.h allows it, and the
// rows of products lie further apart than they are long.
//
// A case fails when a bit of an output differs (every NaN is the same one), when an input has been
// written to, or when a word before or after an array has.
#ifndef ASSAY_KERNEL_CASES_H
#define ASSAY_KERNEL_CASES_H

#include <stddef.h>
#include <stdint.h>

#include "CKernels.h"

#if defined(__cplusplus)
extern "C" {
#endif

/// How the arrays of a case lie in memory, and what is read from them afterwards.
typedef enum AssayCaseMemory {
  /// Between guard words, which a test reads afterwards.
  ASSAY_CASE_GUARDED = 0,
  /// Alone, to the byte, in allocations of their own: for a sanitizer or valgrind, which then see
  /// reads past the end too.
  ASSAY_CASE_BARE = 1,
  /// Alone too, and outputs are not compared: valgrind's own fma gets signs of zeros wrong.
  ASSAY_CASE_EMULATED = 2,
} AssayCaseMemory;

/// What a case did.
typedef struct AssayCaseReport {
  /// Which kernel it ran, below `assay_case_kernel_count()`.
  size_t kernel;
  /// Digests of the outputs of the scalar table and of the other one.
  uint64_t oracle_digest, digest;
  /// Empty when all is well; else the case, its sizes, and the first thing that is wrong.
  char failure[400];
} AssayCaseReport;

/// Kernels that cases name; one entry of the table may have several (`map` has one per function).
size_t assay_case_kernel_count(void);

/// The name of a kernel, without spaces.
const char *_Nonnull assay_case_kernel_name(size_t kernel);

/// Entries of `AssayKernels` that no case calls: 0, or a new kernel waits for its cases.
size_t assay_kernels_without_cases(void);

/// Cases from 0 on whose sizes are not random.
uint64_t assay_edge_case_count(void);

/// Runs case `index` of `seed` on the scalar table and on that of `isa` (the scalar one twice, when
/// it is that). Returns 1 when all is well, 0 with `failure` filled when not.
///
/// Safe to call from several threads at once. The table must be one that this CPU has.
int assay_run_kernel_case(uint64_t seed, uint64_t index, AssayISA isa, AssayCaseMemory memory,
                          AssayCaseReport *_Nonnull report);

/// `hash` continued by a word; digests start from 0.
uint64_t assay_digest_word(uint64_t hash, uint64_t word);

#if defined(__cplusplus)
}
#endif

#endif
