// Kernels for x86-64 with AVX2 and FMA: tiles of 6×16.
#pragma STDC FP_CONTRACT OFF
// Vectors are passed only between functions that are inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#if defined(__x86_64__)
#include <string.h>

#include "CKernels.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define PREFIX avx2
#define WIDTH 8
#define ROWS 6
#define VECTORS 2
#include "kernels.h"
#pragma clang attribute pop

ASSAY_TABLE(avx2, ASSAY_ISA_AVX2);
#endif
