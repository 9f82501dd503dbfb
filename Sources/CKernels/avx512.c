// Kernels for x86-64 with AVX-512 (F, DQ, BW, VL): tiles of 14×32.
#pragma STDC FP_CONTRACT OFF
// Vectors are passed only between functions that are inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#if defined(__x86_64__)
#include <string.h>

#include "CKernels.h"

#pragma clang attribute push(                                              \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), \
    apply_to = function)
#define PREFIX avx512
#define WIDTH 16
#define ROWS 14
#define VECTORS 2
#include "kernels.h"
#pragma clang attribute pop

ASSAY_TABLE(avx512, ASSAY_ISA_AVX512);
#endif
