/* matrix.c: blocks of sgemm. */
#include "matrix.h"

#include <cblas.h>
#include <string.h>

/* Rows that one sgemm of matrix_mean_square sums in float before the sum goes on in double. */
enum { CHUNK = 2048, TILE = 256 };

typedef struct Product {
    size_t rows;
    int columns, depth;
    const float *a, *b;
    float *c;
} Product;

static size_t blocks(size_t count, size_t size)
{
    return (count + size - 1) / size;
}

static size_t block_length(size_t block, size_t size, size_t count)
{
    size_t rest = count - block * size;
    return rest < size ? rest : size;
}

static void multiply_block(void *data, size_t block, float *scratch)
{
    (void)scratch;
    const Product *p = data;
    size_t first = block * MATRIX_BLOCK, rows = block_length(block, MATRIX_BLOCK, p->rows);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)rows, p->columns, p->depth, 1,
                p->a + first * (size_t)p->depth, p->depth, p->b, p->depth, 0,
                p->c + first * (size_t)p->columns, p->columns);
}

void matrix_multiply_transposed(Workers *workers, size_t rows, int columns, int depth, const float *a,
                                const float *b, float *c)
{
    Product p = {rows, columns, depth, a, b, c};
    workers_run(workers, blocks(rows, MATRIX_BLOCK), multiply_block, &p);
}

static void in_place_block(void *data, size_t block, float *scratch)
{
    const Product *p = data;
    size_t rows = block_length(block, MATRIX_BLOCK, p->rows), side = (size_t)p->depth;
    float *a = p->c + block * MATRIX_BLOCK * side;
    memcpy(scratch, a, rows * side * sizeof(float));
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)rows, p->depth, p->depth, 1, scratch,
                p->depth, p->b, p->depth, 0, a, p->depth);
}

NstStatus matrix_multiply_in_place(Workers *workers, size_t rows, int side, float *a, const float *b,
                                   NstError *error)
{
    Product p = {rows, side, side, NULL, b, a};
    NstStatus status = workers_reserve(workers, (size_t)MATRIX_BLOCK * (size_t)side, error);
    if (status == NST_OK)
        workers_run(workers, blocks(rows, MATRIX_BLOCK), in_place_block, &p);
    return status;
}

typedef struct Square {
    size_t rows, side;
    const float *a;
    double *out;
} Square;

/* Adds a chunk's product, scratch [tile, tile], to the tile at (i, j). */
static void add_tile(const Square *s, size_t i, size_t j, size_t height, size_t width, const float *scratch)
{
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++)
            s->out[(i + y) * s->side + j + x] += scratch[y * TILE + x] / (double)s->rows;
}

/* One tile on or below the diagonal, over all rows, and its mirror image. */
static void square_tile(void *data, size_t item, float *scratch)
{
    const Square *s = data;
    size_t across = blocks(s->side, TILE), ty = item / across, tx = item % across;
    if (tx > ty)
        return;
    size_t i = ty * TILE, j = tx * TILE;
    size_t height = block_length(ty, TILE, s->side), width = block_length(tx, TILE, s->side);
    for (size_t chunk = 0; chunk < blocks(s->rows, CHUNK); chunk++) {
        const float *a = s->a + chunk * CHUNK * s->side;
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)height, (int)width,
                    (int)block_length(chunk, CHUNK, s->rows), 1, a + i, (int)s->side, a + j, (int)s->side, 0,
                    scratch, TILE);
        add_tile(s, i, j, height, width, scratch);
    }
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++)
            s->out[(j + x) * s->side + i + y] = s->out[(i + y) * s->side + j + x];
}

NstStatus matrix_mean_square(Workers *workers, size_t rows, int side, const float *a, double *out,
                             NstError *error)
{
    Square s = {rows, (size_t)side, a, out};
    size_t across = blocks(s.side, TILE);
    NstStatus status = workers_reserve(workers, (size_t)TILE * TILE, error);
    if (status != NST_OK)
        return status;
    memset(out, 0, s.side * s.side * sizeof *out);
    workers_run(workers, across * across, square_tile, &s);
    return NST_OK;
}
