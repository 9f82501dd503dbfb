// How much of a product is packed at once; cuts change no bit.
//
// Chosen by measuring: blocks of k are deep, because every one but the first reads C again; a block
// of A fills a third of a 1 MB cache; a block of B may lie in the last cache, whence each panel is
// read once per block of A.
#ifndef ASSAY_MATMUL_BLOCKS_H
#define ASSAY_MATMUL_BLOCKS_H

#define ASSAY_K_BLOCK 768        // a multiple of 16
#define ASSAY_ROW_BLOCK 112      // rounded down to whole tiles
#define ASSAY_COLUMN_BLOCK 1056  // whole panels of 12, 16 and 32 columns

// Floats of the packed block of B, of the packed block of A, and what packing may write beyond.
#define ASSAY_PANELS (ASSAY_K_BLOCK * ASSAY_COLUMN_BLOCK)
#define ASSAY_TILES (ASSAY_K_BLOCK * ASSAY_ROW_BLOCK + 64)

#endif
