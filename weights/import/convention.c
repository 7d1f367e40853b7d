/* convention.c: conv1_1 reveals two things about the input it was trained on.
 *
 * Its biases reveal the scale. Against inputs of 0 .. 255 a bias of 0.5 is nothing: training never needed one
 * below 0, and in the VGG16 and VGG19 published for Caffe only 1 of 64 is. Against inputs around 1 a bias is
 * a threshold, and as many filters need a high one as a low one: 25 of 64 are below 0 in torchvision's. A
 * Caffe file that was converted has filters 58 times as large with the same biases: 130 times the bias and
 * more, against 2 in both originals.
 *
 * The channels' energies (squares summed over all filters) reveal their order. Green has the most, and blue,
 * the noisiest in photographs, has less than red: 0.79 of it in Caffe's VGG16, 0.77 in its VGG19. The
 * jackknife, which leaves out one filter after the other, gives the standard error of that: the two ratios
 * are 4.9 and 8.1 standard errors from 1. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "convention.h"

#include "core/weights/safetensors.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum { FILTERS = 64, TAPS = 9 };

/* Shares of biases below 0, as above. */
static const double caffe_share = 1.0 / FILTERS, torch_share = 25.0 / FILTERS;

static const double converted_ratio = 20; /* between 2 and 130, in proportion */
static const double sure = 0.95;

static void set_numbers(Preprocessing *p)
{
    static const float caffe[] = {123.68f, 116.779f, 103.939f}, mean[] = {0.485f, 0.456f, 0.406f},
                       std[] = {0.229f, 0.224f, 0.225f};
    for (int c = 0; c < 3; c++) {
        int from = p->bgr ? 2 - c : c;
        p->mean[c] = p->scale > 1 ? caffe[from] : mean[from];
        p->std[c] = p->scale > 1 ? 1 : std[from];
    }
}

/* “99.3 %”, and at most “over 99.9 %”. */
static void say_confidence(GString *reason, const char *verdict, double confidence)
{
    if (confidence > 0.999)
        g_string_append_printf(reason, " (%s: confidence over 99.9 %%)", verdict);
    else
        g_string_append_printf(reason, " (%s: confidence %.1f %%)", verdict, 100 * confidence);
}

/* ---- Scale --------------------------------------------------------------------------------------------- */

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of a filter's norm over its bias. */
static double bias_ratio(const float *weight, const float *bias)
{
    double ratio[FILTERS];
    for (int f = 0; f < FILTERS; f++) {
        double square = 0;
        for (int i = 0; i < 3 * TAPS; i++)
            square += (double)weight[f * 3 * TAPS + i] * (double)weight[f * 3 * TAPS + i];
        ratio[f] = sqrt(square) / fmax(fabs((double)bias[f]), 1e-30);
    }
    qsort(ratio, FILTERS, sizeof *ratio, compare_doubles);
    return ratio[FILTERS / 2];
}

/* The probability that the input is around 1 rather than 0 .. 255, given the number of biases below 0. */
static double belief_in_one(int below)
{
    double log_odds = below * log(torch_share / caffe_share) +
                      (FILTERS - below) * log((1 - torch_share) / (1 - caffe_share));
    return 1 / (1 + exp(-log_odds));
}

static float guess_scale(const float *weight, const float *bias, bool keras, GString *reason)
{
    double ratio = bias_ratio(weight, bias);
    int below = 0;
    for (int f = 0; f < FILTERS; f++)
        below += bias[f] < 0;
    double belief = belief_in_one(below), confidence = fmax(belief, 1 - belief);
    if (ratio > converted_ratio) {
        g_string_append_printf(
            reason, "Scale 1: conv1_1's filters are %.0f times their biases, as after conversion. ", ratio);
        return 1;
    }
    bool unsure = confidence < sure;
    float scale = unsure ? (keras ? 255 : 1) : (belief > 0.5 ? 1 : 255);
    g_string_append_printf(reason,
                           "Scale %g: %d of conv1_1's 64 biases are below 0, its filters are %.1f times them",
                           (double)scale, below, ratio);
    say_confidence(reason, unsure ? "unclear, so the format decides" : "clear", confidence);
    g_string_append(reason, ". ");
    return scale;
}

/* ---- Channels ------------------------------------------------------------------------------------------ */

/* The logarithm of the first channel's energy over the last's, and its standard error. */
static double energy_ratio(const float *weight, double *standard_error)
{
    double energy[FILTERS][3] = {{0}}, sum[3] = {0}, mean = 0, square = 0, left_out[FILTERS];
    for (int f = 0; f < FILTERS; f++)
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < TAPS; i++) {
                double w = (double)weight[(f * 3 + c) * TAPS + i];
                energy[f][c] += w * w;
            }
            sum[c] += energy[f][c];
        }
    for (int f = 0; f < FILTERS; f++) {
        left_out[f] = log((sum[0] - energy[f][0]) / (sum[2] - energy[f][2]));
        mean += left_out[f] / FILTERS;
    }
    for (int f = 0; f < FILTERS; f++)
        square += (left_out[f] - mean) * (left_out[f] - mean);
    *standard_error = sqrt(square * (FILTERS - 1) / FILTERS);
    return log(sum[0] / sum[2]);
}

static int guess_bgr(const float *weight, float scale, GString *reason)
{
    double standard_error, ratio = energy_ratio(weight, &standard_error), deviations = ratio / standard_error;
    double confidence = 0.5 * erfc(-fabs(deviations) / sqrt(2));
    bool clear = confidence >= sure; /* false for NaN, too */
    int bgr = clear ? ratio < 0 : scale > 1;
    g_string_append_printf(reason,
                           "Channels %s: in conv1_1 the first has %.2f of the last one's energy, %.1f "
                           "standard errors from 1, and "
                           "blue has less than red",
                           bgr ? "BGR" : "RGB", exp(ratio), deviations);
    say_confidence(reason, clear ? "clear" : "unclear, so as usual with this scale", confidence);
    g_string_append_c(reason, '.');
    return bgr;
}

void convention_guess(Convention *convention, const float *weight, const float *bias, bool keras)
{
    GString *reason = g_string_new(NULL);
    convention->input.scale = guess_scale(weight, bias, keras, reason);
    convention->input.bgr = guess_bgr(weight, convention->input.scale, reason);
    set_numbers(&convention->input);
    g_strlcpy(convention->reason, reason->str, sizeof convention->reason);
    g_string_free(reason, TRUE);
}

/* ---- A layer of colours -------------------------------------------------------------------------------- */

NstStatus convention_from_colours(Convention *convention, const float weight[9], const float bias[3],
                                  const char *path, NstError *error)
{
    Preprocessing *p = &convention->input;
    bool plain = true, whole = true;
    p->bgr = weight[0] == 0;
    for (int o = 0; o < 3; o++)
        for (int i = 0; i < 3; i++) {
            float w = weight[o * 3 + i];
            bool chosen = i == (p->bgr ? 2 - o : o);
            plain = plain && (chosen ? w > 1.5f && w < 1e4f : w == 0) && isfinite(bias[o]);
            whole = whole && (!chosen || w == 255);
        }
    if (!plain)
        return weights_refuse(error, path,
                              "it begins with a 1 × 1 convolution of the colours that does more than "
                              "order, scale and shift them");
    p->scale = whole ? 255 : 1;
    for (int o = 0; o < 3; o++) {
        float factor = weight[o * 3 + (p->bgr ? 2 - o : o)];
        p->std[o] = p->scale / factor;
        p->mean[o] = -bias[o] * p->std[o];
    }
    g_strlcpy(
        convention->reason,
        "The file begins with a 1 × 1 convolution of RGB from 0 to 1 that orders, scales and shifts the "
        "channels; that is this preprocessing, and the layer is left out.",
        sizeof convention->reason);
    return NST_OK;
}

/* ---- Wishes -------------------------------------------------------------------------------------------- */

static bool three_numbers(const char *text, bool positive, float number[3])
{
    for (int i = 0; i < 3; i++) {
        char *end;
        double value = g_ascii_strtod(text, &end);
        if (end == text || !(fabs(value) <= 1e6) || (positive && !(value >= 1e-6)))
            return false;
        number[i] = (float)value;
        text = end;
    }
    return text[strspn(text, " ")] == '\0';
}

static NstStatus wish_order_and_scale(Convention *convention, const ConventionWishes *w, NstError *error)
{
    Preprocessing *p = &convention->input, before = *p;
    if (w->channels && strcmp(w->channels, "RGB") != 0 && strcmp(w->channels, "BGR") != 0)
        return nst_fail(error, NST_BAD_ARGUMENT, "--channels is RGB or BGR, not “%s”", w->channels);
    if (w->scale && strcmp(w->scale, "1") != 0 && strcmp(w->scale, "255") != 0)
        return nst_fail(error, NST_BAD_ARGUMENT, "--scale is 1 or 255, not “%s”", w->scale);
    if (w->channels)
        p->bgr = w->channels[0] == 'B';
    if (w->scale)
        p->scale = w->scale[1] ? 255 : 1;
    if (p->bgr != before.bgr || p->scale != before.scale)
        set_numbers(p);
    return NST_OK;
}

NstStatus convention_wish(Convention *convention, const ConventionWishes *w, NstError *error)
{
    Preprocessing *p = &convention->input;
    if (!w->channels && !w->scale && !w->mean && !w->std)
        return NST_OK;
    NstStatus status = wish_order_and_scale(convention, w, error);
    if (status != NST_OK)
        return status;
    if (w->mean && !three_numbers(w->mean, false, p->mean))
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "--mean is three numbers, like “103.939 116.779 123.68”, not “%s”", w->mean);
    if (w->std && !three_numbers(w->std, true, p->std))
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "--std is three numbers above 0, like “0.229 0.224 0.225”, not “%s”", w->std);
    char *reason = g_strdup_printf("Given on the command line:%s%s%s%s. Found in the file: %s",
                                   w->channels ? " channels" : "", w->scale ? " scale" : "",
                                   w->mean ? " mean" : "", w->std ? " std" : "", convention->reason);
    g_strlcpy(convention->reason, reason, sizeof convention->reason);
    g_free(reason);
    return NST_OK;
}
