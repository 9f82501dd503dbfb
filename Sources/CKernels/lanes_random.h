// Philox in sixteen lanes: one group of sixteen blocks holds the words of 64 elements, word q of
// all blocks being those of elements 16·q ..< 16·q + 16. Oracle: scalar_elementwise.h.

// The two halves of sixteen products of 32 bits by 32: those of even lanes and of odd lanes are
// multiplied in registers of 64-bit numbers, which sets have, and zipped.
INLINE void multiply_wide(vu x, uint32_t factor, vu *high, vu *low) {
  typedef uint64_t vq __attribute__((ext_vector_type(8)));
  vq even = ((vq)x & 0xffffffffu) * (uint64_t)factor;
  vq odd = ((vq)x >> 32) * (uint64_t)factor;
  *high = (vu)((even >> 32) | (odd & 0xffffffff00000000u));
  *low = (vu)((even & 0xffffffffu) | (odd << 32));
}

INLINE void philox_group(uint64_t group, AssayRandom source, vu words[4]) {
  vu c0 = (vu)(uint32_t)(group * 16) + (vu)lane_numbers;
  vu c1 = (vu)source.site;
  vu c2 = (vu)(uint32_t)source.draw;
  vu c3 = (vu)(uint32_t)(source.draw >> 32);
  uint32_t k0 = source.key0, k1 = source.key1;
  for (int round = 0; round < PHILOX_ROUNDS; round++) {
    vu high0;
    vu low0;
    vu high1;
    vu low1;
    multiply_wide(c0, PHILOX_M0, &high0, &low0);
    multiply_wide(c2, PHILOX_M1, &high1, &low1);
    c0 = high1 ^ c1 ^ k0;
    c2 = high0 ^ c3 ^ k1;
    c1 = low1;
    c3 = low0;
    k0 += PHILOX_W0;
    k1 += PHILOX_W1;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

// Runs BODY for every vector of elements first ..< first + n. In it `values` is indexed by lane,
// `begin ..< end` are the lanes that belong to the range, and `at` is the array index of lane
// `begin`; `words` and `place` say where the words are.
#define FOR_WORDS(BODY)                                                            \
  do {                                                                             \
    uint64_t last = first + n;                                                     \
    for (uint64_t group = first >> 6; n > 0 && group <= (last - 1) >> 6; group++) { \
      vu words[4];                                                                 \
      philox_group(group, source, words);                                          \
      for (int place = 0; place < 4; place++) {                                    \
        uint64_t base = (group << 6) + (uint64_t)place * 16;                       \
        if (base + 16 <= first || base >= last) continue;                          \
        size_t begin = base < first ? (size_t)(first - base) : 0;                  \
        size_t end = last - base < 16 ? (size_t)(last - base) : 16;                \
        size_t at = (size_t)(base + begin - first);                                \
        BODY                                                                       \
      }                                                                            \
    }                                                                              \
  } while (0)

// Writes the lanes begin ..< end of a vector.
INLINE void store_range(float *y, vf value, size_t begin, size_t end) {
  if (end - begin == LANES) {
    store(y, value);
    return;
  }
  float buffer[LANES];
  store(buffer, value);
  memcpy(y, buffer + begin, (end - begin) * sizeof(float));
}

INLINE vf load_range(const float *x, size_t begin, size_t end) {
  if (end - begin == LANES) return load(x);
  float buffer[LANES] = {0};
  memcpy(buffer + begin, x, (end - begin) * sizeof(float));
  return load(buffer);
}

INLINE vf fraction(vu word) {
  return __builtin_convertvector((vi)(word >> 8), vf) * 0x1p-24f;
}

static void KERNEL(random_words)(size_t n, uint64_t first, AssayRandom source, uint32_t *y) {
  FOR_WORDS({ store_range((float *)(void *)(y + at), (vf)words[place], begin, end); });
}

static void KERNEL(random_uniform)(size_t n, uint64_t first, AssayRandom source, float low,
                                   float width, float *y) {
  FOR_WORDS({
    store_range(y + at, vfma(splat(width), fraction(words[place]), splat(low)), begin, end);
  });
}

static void KERNEL(random_normal)(size_t n, uint64_t first, AssayRandom source, float mean,
                                  float deviation, float *y) {
  FOR_WORDS({
    vf u = __builtin_convertvector((vi)(words[place & 2] >> 8) + 1, vf) * 0x1p-24f;
    vf v = fraction(words[place | 1]);
    vf radius = vsqrt(-2.0f * vlog(u));
    vf turn = v + v;
    vf z = radius * ((place & 1) ? vsinpi(turn) : vcospi(turn));
    store_range(y + at, vfma(splat(deviation), z, splat(mean)), begin, end);
  });
}

static void KERNEL(dropout)(size_t n, uint64_t first, AssayRandom source, uint64_t threshold,
                            float scale, const float *x, float *y) {
  if (threshold > UINT32_MAX) {
    for (size_t i = 0; i < n; i++) y[i] = 0.0f;
    return;
  }
  vu least = (vu)(uint32_t)threshold;
  FOR_WORDS({
    vi kept = words[place] >= least;
    store_range(y + at, select(kept, load_range(x + at, begin, end) * scale, splat(0.0f)), begin,
                end);
  });
}
