// Kernels for aarch64, whose vector unit is part of the base: tiles of 8×12.
#pragma STDC FP_CONTRACT OFF

#if defined(__aarch64__)
#include <string.h>

#include "CKernels.h"

#define PREFIX neon
#define WIDTH 4
#define ROWS 8
#define VECTORS 3
#include "kernels.h"

ASSAY_TABLE(neon, ASSAY_ISA_NEON);
#endif
