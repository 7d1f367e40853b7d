/* color.c: means, covariances, and the square roots of 3 x 3 matrices.
 *
 * Many matrices give the style the content's covariance; they differ by rotations, and a rotation turns one
 * hue into another. Ours is the symmetric one,
 *
 *     T = S^-1/2 (S^1/2 C S^1/2)^1/2 S^-1/2
 *
 * with the covariances S and C of style and content. It is the optimal transport between two Gaussians: of
 * all these matrices it moves colours least, so red stays close to red. Rejected: Cholesky factors, which
 * turn hues, and C^1/2 S^-1/2, which is not symmetric and so turns them a little.
 *
 * Luminance is luma, the weighted sum of the encoded values. The chroma is then what is left of a colour when
 * its luma is subtracted from each channel, and putting it back is an addition. Rejected: painting in the
 * style's colours, and only then combining the result's luma with the content's chroma. The light is then the
 * style's: a night scene in the manner of The Scream became a gray day (mean luma 0.24 before, 0.34
 * repainted; 0.25 when gray throughout). What the style says by hue alone is lost either way. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "color.h"

#include <math.h>
#include <string.h>

/* ITU-R BT.709's, whose primaries are sRGB's. */
static const double LUMA[3] = {0.2126, 0.7152, 0.0722};

/* A variance below this counts as none: its deviation is a tenth of an 8-bit step or less. */
static const double NOTHING = 1e-7;
/* The most that colours are stretched by. A gray or sepia picture from a JPEG file has a little colour, all
 * of it rounding, which would have to be amplified a hundredfold to match a photograph's. */
static const double MOST = 10;

/* As the network sees it; what is not a number becomes 0, as in vector_clamp. */
static double seen(float value)
{
    return value > 0 ? value < 1 ? value : 1 : 0;
}

static double luma(const float *rgb)
{
    return LUMA[0] * seen(rgb[0]) + LUMA[1] * seen(rgb[1]) + LUMA[2] * seen(rgb[2]);
}

/* ---- Statistics ---------------------------------------------------------------------------------------- */

/* Sums over pixels, relative to mid-gray so that the squares lose no precision to the mean's. */
typedef struct Sums {
    double value[3], product[3][3];
} Sums;

static const double MIDDLE = 0.5;

static void add_row(int width, const float *rgb, Sums *sums)
{
    for (int x = 0; x < width; x++, rgb += 3) {
        double v[3] = {seen(rgb[0]) - MIDDLE, seen(rgb[1]) - MIDDLE, seen(rgb[2]) - MIDDLE};
        for (int i = 0; i < 3; i++) {
            sums->value[i] += v[i];
            for (int j = 0; j <= i; j++)
                sums->product[i][j] += v[i] * v[j];
        }
    }
}

/* Row by row, then over rows, to stay accurate at a hundred megapixels. */
static Sums sum_up(const NstImage *picture)
{
    Sums all = {{0}, {{0}}};
    for (int y = 0; y < picture->height; y++) {
        Sums row = {{0}, {{0}}};
        add_row(picture->width, picture->rgb + (size_t)y * (size_t)picture->width * 3, &row);
        for (int i = 0; i < 3; i++) {
            all.value[i] += row.value[i];
            for (int j = 0; j <= i; j++)
                all.product[i][j] += row.product[i][j];
        }
    }
    return all;
}

ColorStatistics color_statistics(const NstImage *picture)
{
    Sums sums = sum_up(picture);
    double pixels = (double)picture->width * picture->height;
    ColorStatistics s;
    for (int i = 0; i < 3; i++) {
        s.mean[i] = MIDDLE + sums.value[i] / pixels;
        for (int j = 0; j <= i; j++)
            s.covariance[i][j] = s.covariance[j][i] =
                sums.product[i][j] / pixels - sums.value[i] / pixels * (sums.value[j] / pixels);
    }
    return s;
}

/* ---- Matrices ------------------------------------------------------------------------------------------ */

typedef struct Matrix {
    double at[3][3];
} Matrix;

static Matrix product(const Matrix *a, const Matrix *b)
{
    Matrix m = {{{0}}};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 3; k++)
                m.at[i][j] += a->at[i][k] * b->at[k][j];
    return m;
}

static Matrix product3(const Matrix *a, const Matrix *b, const Matrix *c)
{
    Matrix ab = product(a, b);
    return product(&ab, c);
}

static Matrix transposed(const Matrix *a)
{
    Matrix m;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            m.at[i][j] = a->at[j][i];
    return m;
}

/* Jacobi's rotation in the plane of axes p and q, which makes m.at[p][q] zero. */
static Matrix rotation(const Matrix *m, int p, int q)
{
    Matrix r = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    double angle = 0.5 * atan2(2 * m->at[p][q], m->at[q][q] - m->at[p][p]);
    r.at[p][p] = r.at[q][q] = cos(angle);
    r.at[p][q] = sin(angle);
    r.at[q][p] = -sin(angle);
    return r;
}

/* f applied to the eigenvalues of a symmetric matrix. Jacobi's rotations converge quadratically; six rounds
 * are more than three axes ever need. */
static Matrix spectral(Matrix m, double (*f)(double))
{
    enum { ROUNDS = 6 };
    static const int plane[3][2] = {{0, 1}, {0, 2}, {1, 2}};
    Matrix vectors = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}, values = {{{0}}};
    for (int i = 0; i < 3 * ROUNDS; i++) {
        Matrix r = rotation(&m, plane[i % 3][0], plane[i % 3][1]), back = transposed(&r);
        m = product3(&back, &m, &r);
        vectors = product(&vectors, &r);
    }
    for (int i = 0; i < 3; i++)
        values.at[i][i] = f(m.at[i][i]);
    Matrix back = transposed(&vectors);
    return product3(&vectors, &values, &back);
}

static double root(double value)
{
    return value > 0 ? sqrt(value) : 0;
}

static double inverse_root(double value)
{
    return value > NOTHING ? 1 / sqrt(value) : 0;
}

static double moderate(double value)
{
    return value < MOST ? value : MOST;
}

/* ---- Maps ---------------------------------------------------------------------------------------------- */

/* The map with this matrix that takes the mean `from` to the mean `to`. */
static ColorMap map_between(const Matrix *matrix, const double from[3], const double to[3])
{
    ColorMap map;
    memcpy(map.matrix, matrix->at, sizeof map.matrix);
    for (int i = 0; i < 3; i++) {
        map.offset[i] = to[i];
        for (int j = 0; j < 3; j++)
            map.offset[i] -= map.matrix[i][j] * from[j];
    }
    return map;
}

ColorMap color_match(const ColorStatistics *from, const ColorStatistics *to)
{
    Matrix s, c;
    memcpy(s.at, from->covariance, sizeof s.at);
    memcpy(c.at, to->covariance, sizeof c.at);
    Matrix half = spectral(s, root), inverse = spectral(s, inverse_root);
    Matrix between = spectral(product3(&half, &c, &half), root);
    Matrix transport = spectral(product3(&inverse, &between, &inverse), moderate);
    return map_between(&transport, from->mean, to->mean);
}

ColorMap color_gray(void)
{
    ColorMap map = {{{0}}, {0}};
    for (int i = 0; i < 3; i++)
        memcpy(map.matrix[i], LUMA, sizeof LUMA);
    return map;
}

static double luma_mean(const ColorStatistics *s)
{
    return LUMA[0] * s->mean[0] + LUMA[1] * s->mean[1] + LUMA[2] * s->mean[2];
}

static double luma_variance(const ColorStatistics *s)
{
    double sum = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            sum += LUMA[i] * LUMA[j] * s->covariance[i][j];
    return sum;
}

ColorMap color_match_gray(const ColorStatistics *from, const ColorStatistics *to)
{
    double factor = moderate(root(luma_variance(to)) * inverse_root(luma_variance(from)));
    ColorMap map = color_gray();
    for (int i = 0; i < 3; i++) {
        map.offset[i] = luma_mean(to) - factor * luma_mean(from);
        for (int j = 0; j < 3; j++)
            map.matrix[i][j] *= factor;
    }
    return map;
}

/* ---- Pixels -------------------------------------------------------------------------------------------- */

void color_apply(const ColorMap *map, NstImage *picture)
{
    float *rgb = picture->rgb, *end = rgb + nst_image_floats(picture);
    for (; rgb < end; rgb += 3) {
        double v[3] = {seen(rgb[0]), seen(rgb[1]), seen(rgb[2])};
        for (int i = 0; i < 3; i++)
            rgb[i] = (float)(map->matrix[i][0] * v[0] + map->matrix[i][1] * v[1] + map->matrix[i][2] * v[2] +
                             map->offset[i]);
    }
}

void color_gray_gradient(size_t pixels, float *gradient)
{
    for (size_t i = 0; i < pixels; i++, gradient += 3) {
        double mean = ((double)gradient[0] + gradient[1] + gradient[2]) / 3;
        gradient[0] = gradient[1] = gradient[2] = (float)mean;
    }
}

/* The share of the chroma that can be added to a luminance without leaving 0..1. */
static double share_that_fits(double luminance, const double chroma[3])
{
    double share = 1;
    for (int i = 0; i < 3; i++) {
        double room = chroma[i] > 0 ? 1 - luminance : luminance;
        if (fabs(chroma[i]) * share > room)
            share = room / fabs(chroma[i]);
    }
    return share;
}

void color_restore(const NstImage *content, NstImage *painted)
{
    const float *from = content->rgb;
    float *rgb = painted->rgb, *end = rgb + nst_image_floats(painted);
    for (; rgb < end; rgb += 3, from += 3) {
        double old = luma(from), luminance = luma(rgb);
        double chroma[3] = {seen(from[0]) - old, seen(from[1]) - old, seen(from[2]) - old};
        double share = share_that_fits(luminance, chroma);
        for (int i = 0; i < 3; i++)
            rgb[i] = (float)seen((float)(luminance + share * chroma[i]));
    }
}
