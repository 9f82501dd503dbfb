// Sixteen float lanes and what the vector kernels do with them. Included once per instruction set,
// inside its target attribute; PREFIX names the set.
//
// All files lanes_*.h mirror their scalar_*.h oracles operation by operation.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"
#include "function_constants.h"
#include "matmul_blocks.h"
#include "philox.h"
#include "tables.h"

#define JOIN_NAMES(A, B) A##_##B
#define EXPAND_NAMES(A, B) JOIN_NAMES(A, B)
#define KERNEL(NAME) EXPAND_NAMES(PREFIX, NAME)
#define INLINE static inline __attribute__((always_inline))

#define LANES 16
typedef float vf __attribute__((ext_vector_type(16)));
typedef int32_t vi __attribute__((ext_vector_type(16)));
typedef uint32_t vu __attribute__((ext_vector_type(16)));
typedef double vd __attribute__((ext_vector_type(16)));
typedef float vf_unaligned __attribute__((ext_vector_type(16), aligned(4)));
typedef uint32_t vu_unaligned __attribute__((ext_vector_type(16), aligned(4)));
typedef double vd_unaligned __attribute__((ext_vector_type(16), aligned(8)));

static const vi lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

INLINE vf load(const float *x) { return *(const vf_unaligned *)x; }
INLINE void store(float *y, vf value) { *(vf_unaligned *)y = value; }
INLINE vf splat(float x) { return (vf)x; }
INLINE vf vfma(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }
INLINE vf vsqrt(vf x) { return __builtin_elementwise_sqrt(x); }
INLINE vf select(vi mask, vf a, vf b) { return (vf)((mask & (vi)a) | (~mask & (vi)b)); }
INLINE vf vabs(vf x) { return (vf)((vi)x & 0x7fffffff); }
INLINE vf with_sign(vf x, vf sign) { return (vf)((vi)x | ((vi)sign & (int32_t)0x80000000)); }
INLINE vf from_bits(uint32_t bits) { return (vf)(vu)bits; }
INLINE vf power_of_two(vi n) { return (vf)((n + 127) << 23); }
INLINE vi first_lanes(size_t count) { return lane_numbers < (int32_t)count; }

// The first `count` lanes from memory, the others equal to `rest`.
INLINE vf load_part(const float *x, size_t count, float rest) {
  float buffer[LANES];
  for (int l = 0; l < LANES; l++) buffer[l] = rest;
  memcpy(buffer, x, count * sizeof(float));
  return load(buffer);
}

INLINE void store_part(float *y, vf value, size_t count) {
  float buffer[LANES];
  store(buffer, value);
  memcpy(y, buffer, count * sizeof(float));
}

// y[i] = EXPRESSION of vectors that LOADS defines by LOAD(pointer), for i in 0 ..< n.
#define FOR_LANES(N, BODY)                                    \
  do {                                                        \
    size_t i = 0;                                             \
    for (; i + LANES <= (N); i += LANES) {                    \
      const size_t part = LANES;                              \
      BODY                                                    \
    }                                                         \
    if (i < (N)) {                                            \
      const size_t part = (N) - i;                            \
      BODY                                                    \
    }                                                         \
  } while (0)

#define LOAD(X) (part == LANES ? load((X) + i) : load_part((X) + i, part, 0.0f))
#define STORE(Y, VALUE)                       \
  do {                                        \
    if (part == LANES) {                      \
      store((Y) + i, VALUE);                  \
    } else {                                  \
      store_part((Y) + i, VALUE, part);       \
    }                                         \
  } while (0)

// (l, l+8), (l, l+4), (l, l+2), (l, l+1), then + 0.
INLINE float join(vf v) {
  typedef float v8 __attribute__((ext_vector_type(8)));
  typedef float v4 __attribute__((ext_vector_type(4)));
  v8 a = v.lo + v.hi;
  v4 b = a.lo + a.hi;
  float c0 = b[0] + b[2], c1 = b[1] + b[3];
  return (c0 + c1) + 0.0f;
}

INLINE double join_f64(vd v) {
  typedef double v8 __attribute__((ext_vector_type(8)));
  typedef double v4 __attribute__((ext_vector_type(4)));
  v8 a = v.lo + v.hi;
  v4 b = a.lo + a.hi;
  double c0 = b[0] + b[2], c1 = b[1] + b[3];
  return (c0 + c1) + 0.0;
}
