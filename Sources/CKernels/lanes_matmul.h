// Packed, cache-blocked products; oracle: scalar_matmul.h.
//
// The micro-kernel keeps a whole tile of C in registers. Between blocks of k the accumulators are
// loaded from C, so each element stays one chain over ascending k; nothing is ever added to k.
//
// The including file defines WIDTH (floats of a register), ROWS and VECTORS (registers per row).

#define ROW_BLOCK (ASSAY_ROW_BLOCK / ROWS * ROWS)

// What the micro-kernel reads: element (i, p) of A at a[p·a_step + i], row p of B at b + p·b_step.
typedef struct {
  const float *a, *b;
  size_t a_step, b_step, depth;
  int first, last;        // of the blocks of k: chains begin at +0, chains end
  AssayEpilogue epilogue; // with the bias of this tile's first column
} Factors;

// One tile of C: `rows` and `vectors` are constants wherever this is called.
INLINE void tile(const size_t rows, const size_t vectors, const Factors *factors, float *c,
                 size_t ldc) {
  vw sums[ROWS][VECTORS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) {
      sums[i][v] = factors->first ? (vw)0.0f : load_w(c + i * ldc + v * WIDTH);
    }
  }
  const float *a = factors->a, *b = factors->b;
  const size_t a_step = factors->a_step, b_step = factors->b_step;
  for (size_t p = factors->depth; p > 0; p--, a += a_step, b += b_step) {
    vw columns[VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) columns[v] = load_w(b + v * WIDTH);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
      vw factor = (vw)a[i];
#pragma clang loop unroll(full)
      for (size_t v = 0; v < vectors; v++) {
        sums[i][v] = __builtin_elementwise_fma(factor, columns[v], sums[i][v]);
      }
    }
  }
  if (factors->last) {
    const float *bias = factors->epilogue.bias;
    const int relu = factors->epilogue.relu;
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) {
      vw shift = bias ? load_w(bias + v * WIDTH) : (vw)0.0f;
#pragma clang loop unroll(full)
      for (size_t i = 0; i < rows; i++) {
        vw sum = sums[i][v] + 0.0f;
        if (bias) sum = sum + shift;
        if (relu) sum = 0.0f > sum ? (vw)0.0f : sum;
        sums[i][v] = sum;
      }
    }
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) store_w(c + i * ldc + v * WIDTH, sums[i][v]);
  }
}

#define EACH_HEIGHT_UP_TO_6(CASE) CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6)
#if ROWS == 14
#define EACH_HEIGHT(CASE) \
  EACH_HEIGHT_UP_TO_6(CASE) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12) CASE(13) CASE(14)
#elif ROWS == 8
#define EACH_HEIGHT(CASE) EACH_HEIGHT_UP_TO_6(CASE) CASE(7) CASE(8)
#else
#define EACH_HEIGHT(CASE) EACH_HEIGHT_UP_TO_6(CASE)
#endif

static void tile_of(size_t rows, const Factors *factors, float *c, size_t ldc) {
#define HEIGHT(N) \
  case N: tile(N, VECTORS, factors, c, ldc); break;
  switch (rows) {
    EACH_HEIGHT(HEIGHT)
    default: break;
  }
#undef HEIGHT
}

// A tile that is one register wide.
static void narrow_tile_of(size_t rows, const Factors *factors, float *c, size_t ldc) {
#define HEIGHT(N) \
  case N: tile(N, 1, factors, c, ldc); break;
  switch (rows) {
    EACH_HEIGHT(HEIGHT)
    default: break;
  }
#undef HEIGHT
}

// A tile at the right edge goes through a buffer that is as wide as the panel.
static void edge_tile(size_t rows, size_t columns, const Factors *whole, float *c, size_t ldc) {
  const size_t width = padded_width(columns);
  float buffer[ROWS * COLUMNS], bias[COLUMNS];
  Factors factors = *whole;
  if (factors.last && factors.epilogue.bias) {
    for (size_t j = 0; j < width; j++) bias[j] = j < columns ? factors.epilogue.bias[j] : 0.0f;
    factors.epilogue.bias = bias;
  }
  if (!factors.first) {
    for (size_t i = 0; i < rows; i++) {
      for (size_t j = 0; j < width; j++) {
        buffer[i * width + j] = j < columns ? c[i * ldc + j] : 0.0f;
      }
    }
  }
  if (width == WIDTH) {
    narrow_tile_of(rows, &factors, buffer, width);
  } else {
    tile_of(rows, &factors, buffer, width);
  }
  for (size_t i = 0; i < rows; i++) {
    memcpy(c + i * ldc, buffer + i * width, columns * sizeof(float));
  }
}

// One block of a product: rows i0.. of A times columns j0.. of B over a block of k.
typedef struct {
  size_t rows, columns;
  const float *tiles;   // packed A, or A itself when `tile_step` is not 0
  size_t tile_step;     // floats from one k to the next; 0: packed, as high as the tile
  const float *panels;  // packed B, or B itself when `panel_step` is not 0
  size_t panel_step;
} Block;

static void multiply_block(const Block *block, Factors factors, float *c, size_t ldc) {
  const float *bias = factors.epilogue.bias;
  for (size_t j = 0; j < block->columns; j += COLUMNS) {
    size_t width = block->columns - j < COLUMNS ? block->columns - j : COLUMNS;
    factors.b = block->panel_step ? block->panels + j : block->panels + j * factors.depth;
    factors.b_step = block->panel_step ? block->panel_step : padded_width(width);
    factors.epilogue.bias = bias ? bias + j : bias;
    for (size_t i = 0; i < block->rows; i += ROWS) {
      size_t height = block->rows - i < ROWS ? block->rows - i : ROWS;
      factors.a = block->tile_step ? block->tiles + i : block->tiles + i * factors.depth;
      factors.a_step = block->tile_step ? block->tile_step : height;
      float *corner = c + i * ldc + j;
      if (width == COLUMNS) {
        tile_of(height, &factors, corner, ldc);
      } else if (width == WIDTH) {
        narrow_tile_of(height, &factors, corner, ldc);
      } else {
        edge_tile(height, width, &factors, corner, ldc);
      }
    }
  }
}

// A product without terms: zeros, or what C holds, then the epilogue.
static void empty_product(size_t m, size_t n, float *c, size_t ldc, AssayEpilogue epilogue) {
  for (size_t i = 0; i < m; i++) {
    for (size_t j = 0; j < n; j++) {
      float value = epilogue.continues ? c[i * ldc + j] + 0.0f : 0.0f;
      if (epilogue.bias) value = value + epilogue.bias[j];
      c[i * ldc + j] = epilogue.relu && 0.0f > value ? 0.0f : value;
    }
  }
}

static void KERNEL(matmul)(AssayLayout layout, size_t m, size_t n, size_t k, const float *a,
                           size_t lda, const float *b, size_t ldb, float *c, size_t ldc,
                           AssayEpilogue epilogue, float *workspace) {
  if (k == 0) {
    empty_product(m, n, c, ldc, epilogue);
    return;
  }
  float *panels = workspace;
  float *tiles = workspace + ASSAY_PANELS;
  // B that is read only once or twice is not worth a copy, unless its last panel must be filled up.
  const size_t rest = n % COLUMNS;
  const int straight = layout != ASSAY_NT && m <= 2 * ROWS && (rest == 0 || rest == WIDTH);
  // Blocks of k of about equal depth, in whole registers; where they are cut changes no bit.
  const size_t blocks = (k + ASSAY_K_BLOCK - 1) / ASSAY_K_BLOCK;
  const size_t deepest = ((k + blocks - 1) / blocks + 15) / 16 * 16;
  for (size_t j0 = 0; j0 < n; j0 += ASSAY_COLUMN_BLOCK) {
    const size_t columns = n - j0 < ASSAY_COLUMN_BLOCK ? n - j0 : ASSAY_COLUMN_BLOCK;
    for (size_t p0 = 0; p0 < k; p0 += deepest) {
      const size_t depth = k - p0 < deepest ? k - p0 : deepest;
      const float *right = layout == ASSAY_NT ? b + j0 * ldb + p0 : b + p0 * ldb + j0;
      Factors factors = {.depth = depth, .last = p0 + depth == k};
      factors.first = p0 == 0 && !epilogue.continues;
      factors.epilogue = epilogue;
      if (epilogue.bias) factors.epilogue.bias += j0;
      Block block = {.columns = columns, .panels = straight ? right : panels};
      block.panel_step = straight ? ldb : 0;
      if (!straight) pack_panels(layout, right, ldb, columns, depth, panels);
      for (size_t i0 = 0; i0 < m; i0 += ROW_BLOCK) {
        block.rows = m - i0 < ROW_BLOCK ? m - i0 : ROW_BLOCK;
        const float *left = layout == ASSAY_TN ? a + p0 * lda + i0 : a + i0 * lda + p0;
        if (layout == ASSAY_TN && n <= 2 * COLUMNS) {
          block.tiles = left;
          block.tile_step = lda;
        } else {
          pack_tiles(layout, left, lda, block.rows, depth, tiles);
          block.tiles = tiles;
          block.tile_step = 0;
        }
        multiply_block(&block, factors, c + i0 * ldc + j0, ldc);
      }
    }
  }
}
