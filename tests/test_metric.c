/* test_metric.c: the metric by its definition in metric.h, and what L-BFGS asks of it. */
#include "check.h"
#include "core/metric.h"

#include <string.h>

enum { HEIGHT = 7, WIDTH = 90, COUNT = HEIGHT * WIDTH * 3 }; /* rows longer than one strip of columns */

static Workers *crew;

static double at(const double *v, int height, int width, int y, int x, int c)
{
    y = CLAMP(y, 0, height - 1);
    x = CLAMP(x, 0, width - 1);
    return v[(y * width + x) * 3 + c];
}

/* M v in double, straight from the definition. */
static void plain_metric(int height, int width, bool smooth, const float *v, float *out)
{
    double *coloured = g_new(double, height *width * 3);
    for (int i = 0; i < height * width * 3; i++) {
        const float *pixel = v + i / 3 * 3;
        coloured[i] = v[i] - ((double)pixel[0] + pixel[1] + pixel[2]) / 6;
    }
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++) {
                double sum = 0;
                for (int dy = -1; dy <= 1; dy++)
                    for (int dx = -1; dx <= 1; dx++)
                        sum += (smooth ? (dy ? 0.25 : 1) * (dx ? 0.25 : 1) : !dy && !dx) *
                               at(coloured, height, width, y + dy, x + dx, c);
                out[(y * width + x) * 3 + c] = (float)sum;
            }
    g_free(coloured);
}

/* Guards the definition, at the ends of rows and columns too, and sides of a single pixel. */
static void test_definition(void)
{
    static const int sizes[][2] = {{HEIGHT, WIDTH}, {90, 7}, {1, 5}, {5, 1}, {2, 2}};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (int smooth = 0; smooth < 2; smooth++) {
            int height = sizes[i][0], width = sizes[i][1];
            size_t count = (size_t)(height * width * 3);
            float *v = new_signed(1, 1, count), *want = g_new(float, count);
            plain_metric(height, width, smooth, v, want);
            metric_apply(crew, height, width, smooth, v);
            check_close("M v", count, v, want, 1e-6);
            g_free(v);
            g_free(want);
        }
}

static double product(const float *a, const float *b)
{
    double sum = 0;
    for (int i = 0; i < COUNT; i++)
        sum += (double)a[i] * b[i];
    return sum;
}

static float *new_applied(const float *v)
{
    float *out = g_memdup2(v, COUNT * sizeof *v);
    metric_apply(crew, HEIGHT, WIDTH, true, out);
    return out;
}

/* Guards what makes a direction go downhill: u.Mv = Mu.v, and v.Mv > 0, also for the roughest grey there is,
 * which M shrinks most: to (1/2)(1/2)(1/2) of its length. */
static void test_symmetric(void)
{
    float *u = new_signed(2, 1, COUNT), *v = new_signed(3, 1, COUNT), *mu = new_applied(u),
          *mv = new_applied(v);
    g_assert_cmpfloat_with_epsilon(product(u, mv), product(mu, v), 1e-6 * product(u, u));
    g_assert_cmpfloat(product(v, mv), >, 0);
    for (int i = 0; i < COUNT; i++)
        u[i] = (i / 3 % WIDTH + i / 3 / WIDTH) % 2 ? 1 : -1;
    g_free(mu);
    mu = new_applied(u);
    g_assert_cmpfloat(product(u, mu), >=, 0.125 * product(u, u));
    g_assert_cmpfloat(product(u, mu), <=, 0.2 * product(u, u)); /* the ends are a little less rough */
    g_free(u);
    g_free(v);
    g_free(mu);
    g_free(mv);
}

/* Guards determinism: the same bits from any number of workers. */
static void test_worker_counts(void)
{
    float *v = new_signed(4, 1, COUNT), *want = new_applied(v);
    for (int count = 1; count <= 3; count++) {
        Workers *workers = workers_new(count, NULL);
        g_assert_nonnull(workers);
        float *got = g_memdup2(v, COUNT * sizeof *v);
        metric_apply(workers, HEIGHT, WIDTH, true, got);
        g_assert_cmpmem(got, COUNT * sizeof *got, want, COUNT * sizeof *want);
        g_free(got);
        workers_free(workers);
    }
    g_free(v);
    g_free(want);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = workers_new(2, NULL);
    g_assert_nonnull(crew);
    g_test_add_func("/metric/definition", test_definition);
    g_test_add_func("/metric/symmetric, positive definite", test_symmetric);
    g_test_add_func("/metric/any number of workers", test_worker_counts);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
