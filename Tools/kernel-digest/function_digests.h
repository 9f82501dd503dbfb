// Digests of the functions of CKernels.h that have one implementation for every processor.
#ifndef ASSAY_FUNCTION_DIGESTS_H
#define ASSAY_FUNCTION_DIGESTS_H

#include <stddef.h>
#include <stdint.h>

size_t function_digest_count(void);
const char *function_name(size_t function);

/// The digest of a function over a fixed sample of arguments.
uint64_t function_digest(size_t function);

#endif
