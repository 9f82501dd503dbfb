// NEON's tiles of 8×12 in AVX2 registers, so that sanitizers see their packing on x86-64 too.
//
// `make test-sanitize` builds with ASSAY_NEON_ON_HOST, which makes dispatch.c offer this table.
#pragma STDC FP_CONTRACT OFF
// Vectors are passed only between functions that are inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#if defined(__x86_64__) && defined(ASSAY_NEON_ON_HOST)
#include <string.h>

#include "CKernels.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define PREFIX neon
#define WIDTH 4
#define ROWS 8
#define VECTORS 3
#include "kernels.h"
#pragma clang attribute pop

ASSAY_TABLE(neon, ASSAY_ISA_NEON);
#endif
