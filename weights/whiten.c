/* whiten.c: the covariance's eigenvectors in double, everything else in float. The deep layers' patches have
 * 4608 dimensions, of which most vary 10^4 times less than the first: float's eigenvectors are noise there.
 */
#include "whiten.h"

#include "matrix.h"

#include "core/memory.h"

#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Mean of each column, summed in double. */
static NstStatus find_mean(const float *patches, size_t count, size_t side, float *mean, NstError *error)
{
    double *sum = calloc(side, sizeof *sum);
    if (!sum)
        return nst_fail_memory(error, "the patches' mean", (double)(side * sizeof *sum));
    for (size_t n = 0; n < count; n++)
        for (size_t i = 0; i < side; i++)
            sum[i] += patches[n * side + i];
    for (size_t i = 0; i < side; i++)
        mean[i] = (float)(sum[i] / (double)count);
    free(sum);
    return NST_OK;
}

static void take_off_mean(float *patches, size_t count, size_t side, const float *mean)
{
    for (size_t n = 0; n < count; n++)
        for (size_t i = 0; i < side; i++)
            patches[n * side + i] -= mean[i];
}

/* covariance: its eigenvectors, one to a row, in its place. root [side, side]: U (D + floor)^(-1/4), whose
 * product with its own transpose is the whitening matrix. */
static void find_root(const double *vectors, const double *values, size_t side, double epsilon, float *root)
{
    double mean = 0;
    for (size_t k = 0; k < side; k++)
        mean += values[k] / (double)side;
    for (size_t k = 0; k < side; k++) {
        double value = (values[k] > 0 ? values[k] : 0) + epsilon * mean;
        double factor = value > 0 ? pow(value, -0.25) : 0;
        for (size_t i = 0; i < side; i++)
            root[i * side + k] = (float)(vectors[k * side + i] * factor);
    }
}

/* Fills whitening->matrix from patches whose mean is 0. */
static NstStatus find_matrix(Whitening *whitening, Workers *workers, const float *patches, size_t count,
                             double epsilon, NstError *error)
{
    int side = whitening->side;
    size_t entries = (size_t)side * (size_t)side;
    double *covariance = malloc(entries * sizeof *covariance),
           *values = malloc((size_t)side * sizeof *values);
    float *root = floats_new(entries);
    NstStatus status = NST_OK;
    if (!covariance || !values || !root)
        status = nst_fail_memory(error, "the patches' covariance", 12.0 * (double)entries);
    else
        status = matrix_mean_square(workers, count, side, patches, covariance, error);
    if (status == NST_OK && LAPACKE_dsyevd(LAPACK_COL_MAJOR, 'V', 'L', side, covariance, side, values) != 0)
        status = nst_fail(error, NST_NO_MEMORY, "The eigenvectors of a covariance of side %d were not found",
                          side);
    if (status == NST_OK) {
        find_root(covariance, values, (size_t)side, epsilon, root);
        matrix_multiply_transposed(workers, (size_t)side, side, side, root, root, whitening->matrix);
    }
    free(covariance);
    free(values);
    free(root);
    return status;
}

NstStatus whitening_learn(Whitening *whitening, Workers *workers, float *patches, size_t count, int side,
                          double epsilon, NstError *error)
{
    size_t entries = (size_t)side * (size_t)side;
    *whitening = (Whitening){side, floats_new((size_t)side), floats_new(entries)};
    NstStatus status = NST_OK;
    if (!whitening->mean || !whitening->matrix)
        status = nst_fail_memory(error, "the whitening", 4.0 * (double)entries);
    if (status == NST_OK)
        status = find_mean(patches, count, (size_t)side, whitening->mean, error);
    if (status == NST_OK) {
        take_off_mean(patches, count, (size_t)side, whitening->mean);
        status = find_matrix(whitening, workers, patches, count, epsilon, error);
    }
    if (status == NST_OK)
        status = matrix_multiply_in_place(workers, count, side, patches, whitening->matrix, error);
    if (status != NST_OK)
        whitening_free(whitening);
    return status;
}

void whitening_free(Whitening *whitening)
{
    free(whitening->mean);
    free(whitening->matrix);
    *whitening = (Whitening){0};
}
