// The scalar table: the oracle of all others, portable C without vectors.
#include "CKernels.h"
#include "scalar_elementwise.h"
#include "scalar_encoder.h"
#include "scalar_matmul.h"
#include "scalar_rows.h"
#include "scalar_updates.h"
#include "table.h"
#include "tables.h"

#pragma STDC FP_CONTRACT OFF

ASSAY_TABLE(scalar, ASSAY_ISA_SCALAR);

float assay_expf(float x) { return scalar_exp(x); }
float assay_expm1f(float x) { return scalar_expm1(x); }
float assay_logf(float x) { return scalar_log(x); }
float assay_log1pf(float x) { return scalar_log1p(x); }
float assay_tanhf(float x) { return scalar_tanh(x); }
float assay_erff(float x) { return scalar_erf(x); }
float assay_sinpif(float x) { return scalar_sinpi(x); }
float assay_cospif(float x) { return scalar_cospi(x); }

void assay_philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t words[4]) {
  philox_block(counter, key, words);
}
