// Packing of the factors of a product for the micro-kernel in lanes_matmul.h.
//
// A block of A becomes tiles of ROWS rows ([k][ROWS], the last one only as high as its rows), a
// block of B panels of COLUMNS columns ([k][COLUMNS]; the last one is a whole panel or one register
// wide, filled up with zero columns that are never stored).

#define COLUMNS (WIDTH * VECTORS)

typedef float vw __attribute__((ext_vector_type(WIDTH)));
typedef float vw_unaligned __attribute__((ext_vector_type(WIDTH), aligned(4)));

INLINE vw load_w(const float *x) { return *(const vw_unaligned *)x; }
INLINE void store_w(float *y, vw value) { *(vw_unaligned *)y = value; }

#if WIDTH == 16
#define ZIP_LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define ZIP_HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif WIDTH == 8
#define ZIP_LOW 0, 8, 1, 9, 2, 10, 3, 11
#define ZIP_HIGH 4, 12, 5, 13, 6, 14, 7, 15
#else
#define ZIP_LOW 0, 4, 1, 5
#define ZIP_HIGH 2, 6, 3, 7
#endif

// Turns WIDTH rows into columns by log₂ WIDTH perfect shuffles.
INLINE void transpose_w(vw rows[WIDTH]) {
#pragma clang loop unroll(full)
  for (int stage = 1; stage < WIDTH; stage *= 2) {
    vw next[WIDTH];
#pragma clang loop unroll(full)
    for (int i = 0; i < WIDTH / 2; i++) {
      next[2 * i] = __builtin_shufflevector(rows[i], rows[i + WIDTH / 2], ZIP_LOW);
      next[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + WIDTH / 2], ZIP_HIGH);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < WIDTH; i++) rows[i] = next[i];
  }
}

// Copies `count` rows of `depth` contiguous floats (stride ld) as columns: out[p·width + i].
//
// Whole registers are stored: what goes beyond a column falls on places that are written later
// (columns ascend, groups of rows descend), or behind the end, where WIDTH floats must be free.
static void pack_turned(const float *x, size_t ld, size_t count, size_t depth, size_t width,
                        float *out) {
  for (size_t group = (count + WIDTH - 1) / WIDTH; group > 0; group--) {
    const size_t first = (group - 1) * WIDTH;
    const size_t rows = count - first < WIDTH ? count - first : WIDTH;
    const float *source = x + first * ld;
    float *target = out + first;
    size_t p = 0;
    for (; p + WIDTH <= depth; p += WIDTH) {
      vw block[WIDTH];
#pragma clang loop unroll(full)
      for (size_t i = 0; i < WIDTH; i++) {
        block[i] = i < rows ? load_w(source + i * ld + p) : (vw)0.0f;
      }
      transpose_w(block);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < WIDTH; i++) store_w(target + (p + i) * width, block[i]);
    }
    for (; p < depth; p++) {
      for (size_t r = 0; r < rows; r++) target[p * width + r] = source[r * ld + p];
    }
  }
}

// Copies `depth` rows of `count` contiguous floats (stride ld) into pieces of `piece` columns, each
// [k][piece] and the last one [k][last] wide, of which the columns behind `count` are left alone.
INLINE void pack_straight(const float *x, size_t ld, size_t count, size_t depth,
                          const size_t piece, size_t last, float *out) {
  const size_t whole = count / piece * piece, rest = count - whole;
  for (size_t p = 0; p < depth; p++) {
    const float *row = x + p * ld;
    for (size_t i = 0; i < whole; i += piece) {
      memcpy(out + i * depth + p * piece, row + i, piece * sizeof(float));
    }
    float *target = out + whole * depth + p * last;
    for (size_t i = 0; i < rest; i++) target[i] = row[whole + i];
  }
}

// Width of the panel that holds the last `columns` columns: one register or a whole panel.
INLINE size_t padded_width(size_t columns) { return columns <= WIDTH ? WIDTH : COLUMNS; }

// Packs a block of B into panels.
static void pack_panels(AssayLayout layout, const float *b, size_t ldb, size_t columns,
                        size_t depth, float *out) {
  const size_t whole = columns / COLUMNS * COLUMNS, rest = columns - whole;
  const size_t width = padded_width(rest);
  if (rest > 0 && rest < width) memset(out + whole * depth, 0, width * depth * sizeof(float));
  if (layout != ASSAY_NT) {
    // A kilobyte of each row at a time: few pages at once, few visits to each.
    const size_t some = 256 / COLUMNS * COLUMNS;
    for (size_t j = 0; j < columns; j += some) {
      const size_t count = columns - j < some ? columns - j : some;
      pack_straight(b + j, ldb, count, depth, COLUMNS, width, out + j * depth);
    }
    return;
  }
  for (size_t j = 0; j < columns; j += COLUMNS) {
    const size_t count = j < whole ? COLUMNS : rest;
    pack_turned(b + j * ldb, ldb, count, depth, j < whole ? COLUMNS : width, out + j * depth);
  }
}

// Packs a block of A into tiles.
static void pack_tiles(AssayLayout layout, const float *a, size_t lda, size_t rows, size_t depth,
                       float *out) {
  if (layout == ASSAY_TN) {
    pack_straight(a, lda, rows, depth, ROWS, rows % ROWS, out);
    return;
  }
  for (size_t i = 0; i < rows; i += ROWS) {
    const size_t height = rows - i < ROWS ? rows - i : ROWS;
    pack_turned(a + i * lda, lda, height, depth, height, out + i * depth);
  }
}
