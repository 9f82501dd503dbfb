// Packed, cache-blocked products; oracle: scalar_matmul.h.
//
// A block of A becomes tiles of ROWS rows ([k][ROWS]), a block of B panels of COLUMNS columns
// ([k][COLUMNS], the last one filled up with zero columns that are never stored). The micro-kernel
// keeps a whole tile of C in registers. Between blocks of k the accumulators are loaded from C, so
// each element stays one chain over ascending k; nothing is ever added to k.
//
// The including file defines WIDTH (floats of a register), ROWS and VECTORS (registers per row).

#define COLUMNS (WIDTH * VECTORS)
#define K_BLOCK 320
#define ROW_BLOCK (ROWS * 16)
#define COLUMN_BLOCK 480

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
static void pack_turned(const float *x, size_t ld, size_t count, size_t depth, size_t width,
                        float *out) {
  for (size_t first = 0; first < count; first += WIDTH) {
    size_t rows = count - first < WIDTH ? count - first : WIDTH;
    size_t p = 0;
    for (; p + WIDTH <= depth; p += WIDTH) {
      vw block[WIDTH];
#pragma clang loop unroll(full)
      for (size_t i = 0; i < WIDTH; i++) {
        block[i] = i < rows ? load_w(x + (first + i) * ld + p) : (vw)0.0f;
      }
      transpose_w(block);
      if (rows == WIDTH) {
#pragma clang loop unroll(full)
        for (size_t i = 0; i < WIDTH; i++) store_w(out + (p + i) * width + first, block[i]);
      } else {
        float turned[WIDTH * WIDTH];
#pragma clang loop unroll(full)
        for (size_t i = 0; i < WIDTH; i++) store_w(turned + i * WIDTH, block[i]);
        for (size_t i = 0; i < WIDTH; i++) {
          for (size_t r = 0; r < rows; r++) out[(p + i) * width + first + r] = turned[i * WIDTH + r];
        }
      }
    }
    for (; p < depth; p++) {
      for (size_t r = 0; r < rows; r++) out[p * width + first + r] = x[(first + r) * ld + p];
    }
  }
}

// Copies `depth` rows of `count` contiguous floats (stride ld): out[p·width + i].
static void pack_straight(const float *x, size_t ld, size_t count, size_t depth, size_t width,
                          float *out) {
  if (count == COLUMNS) {
    for (size_t p = 0; p < depth; p++) {
#pragma clang loop unroll(full)
      for (size_t v = 0; v < VECTORS; v++) {
        store_w(out + p * width + v * WIDTH, load_w(x + p * ld + v * WIDTH));
      }
    }
    return;
  }
  for (size_t p = 0; p < depth; p++) {
    for (size_t i = 0; i < count; i++) out[p * width + i] = x[p * ld + i];
  }
}

// One tile of C: `rows` is a constant wherever this is called.
INLINE void tile(const size_t rows, size_t depth, const float *a, const float *b, float *c,
                 size_t ldc, int first, int last) {
  vw sums[ROWS][VECTORS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (size_t v = 0; v < VECTORS; v++) {
      sums[i][v] = first ? (vw)0.0f : load_w(c + i * ldc + v * WIDTH);
    }
  }
  for (size_t p = 0; p < depth; p++) {
    vw columns[VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < VECTORS; v++) columns[v] = load_w(b + p * COLUMNS + v * WIDTH);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
      vw factor = (vw)a[p * rows + i];
#pragma clang loop unroll(full)
      for (size_t v = 0; v < VECTORS; v++) {
        sums[i][v] = __builtin_elementwise_fma(factor, columns[v], sums[i][v]);
      }
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (size_t v = 0; v < VECTORS; v++) {
      store_w(c + i * ldc + v * WIDTH, last ? sums[i][v] + 0.0f : sums[i][v]);
    }
  }
}

static void tile_of(size_t rows, size_t depth, const float *a, const float *b, float *c,
                    size_t ldc, int first, int last) {
#define ROWS_CASE(N)                                   \
  case N:                                              \
    tile(N, depth, a, b, c, ldc, first, last);         \
    break;
  switch (rows) {
    ROWS_CASE(1)
    ROWS_CASE(2)
    ROWS_CASE(3)
    ROWS_CASE(4)
    ROWS_CASE(5)
    ROWS_CASE(6)
#if ROWS >= 8
    ROWS_CASE(7)
    ROWS_CASE(8)
#endif
#if ROWS >= 14
    ROWS_CASE(9)
    ROWS_CASE(10)
    ROWS_CASE(11)
    ROWS_CASE(12)
    ROWS_CASE(13)
    ROWS_CASE(14)
#endif
    default:
      break;
  }
#undef ROWS_CASE
}

// A tile at the right edge goes through a buffer that is as wide as the panel.
static void edge_tile(size_t rows, size_t columns, size_t depth, const float *a, const float *b,
                      float *c, size_t ldc, int first, int last) {
  float buffer[ROWS * COLUMNS];
  if (!first) {
    for (size_t i = 0; i < rows; i++) {
      for (size_t j = 0; j < COLUMNS; j++) {
        buffer[i * COLUMNS + j] = j < columns ? c[i * ldc + j] : 0.0f;
      }
    }
  }
  tile_of(rows, depth, a, b, buffer, COLUMNS, first, last);
  for (size_t i = 0; i < rows; i++) {
    memcpy(c + i * ldc, buffer + i * COLUMNS, columns * sizeof(float));
  }
}

// Packs a block of B into panels.
static void pack_panels(AssayLayout layout, const float *b, size_t ldb, size_t columns,
                        size_t depth, float *out) {
  for (size_t j = 0; j < columns; j += COLUMNS, out += COLUMNS * depth) {
    size_t width = columns - j < COLUMNS ? columns - j : COLUMNS;
    if (width < COLUMNS) memset(out, 0, COLUMNS * depth * sizeof(float));
    if (layout == ASSAY_NT) {
      pack_turned(b + j * ldb, ldb, width, depth, COLUMNS, out);
    } else {
      pack_straight(b + j, ldb, width, depth, COLUMNS, out);
    }
  }
}

// Packs a block of A into tiles, the last one only as high as its rows.
static void pack_tiles(AssayLayout layout, const float *a, size_t lda, size_t rows, size_t depth,
                       float *out) {
  for (size_t i = 0; i < rows; i += ROWS) {
    size_t height = rows - i < ROWS ? rows - i : ROWS;
    if (layout == ASSAY_TN) {
      pack_straight(a + i, lda, height, depth, height, out);
    } else {
      pack_turned(a + i * lda, lda, height, depth, height, out);
    }
    out += height * depth;
  }
}

static void KERNEL(matmul)(AssayLayout layout, size_t m, size_t n, size_t k, const float *a,
                           size_t lda, const float *b, size_t ldb, float *c, size_t ldc,
                           float *workspace) {
  if (k == 0) {
    for (size_t i = 0; i < m; i++) memset(c + i * ldc, 0, n * sizeof(float));
    return;
  }
  float *panels = workspace;
  float *tiles = workspace + K_BLOCK * (COLUMN_BLOCK + COLUMNS);
  // Blocks of k of about equal depth; where they are cut changes no bit.
  size_t blocks = (k + K_BLOCK - 1) / K_BLOCK;
  for (size_t j0 = 0; j0 < n; j0 += COLUMN_BLOCK) {
    size_t columns = n - j0 < COLUMN_BLOCK ? n - j0 : COLUMN_BLOCK;
    for (size_t block = 0; block < blocks; block++) {
      size_t p0 = k * block / blocks;
      size_t depth = k * (block + 1) / blocks - p0;
      int first = block == 0, last = block + 1 == blocks;
      pack_panels(layout, layout == ASSAY_NT ? b + j0 * ldb + p0 : b + p0 * ldb + j0, ldb, columns,
                  depth, panels);
      for (size_t i0 = 0; i0 < m; i0 += ROW_BLOCK) {
        size_t rows = m - i0 < ROW_BLOCK ? m - i0 : ROW_BLOCK;
        pack_tiles(layout, layout == ASSAY_TN ? a + p0 * lda + i0 : a + i0 * lda + p0, lda, rows,
                   depth, tiles);
        for (size_t j = 0; j < columns; j += COLUMNS) {
          size_t width = columns - j < COLUMNS ? columns - j : COLUMNS;
          for (size_t i = 0; i < rows; i += ROWS) {
            size_t height = rows - i < ROWS ? rows - i : ROWS;
            const float *left = tiles + i * depth, *right = panels + j * depth;
            float *corner = c + (i0 + i) * ldc + j0 + j;
            if (width == COLUMNS) {
              tile_of(height, depth, left, right, corner, ldc, first, last);
            } else {
              edge_tile(height, width, depth, left, right, corner, ldc, first, last);
            }
          }
        }
      }
    }
  }
}
