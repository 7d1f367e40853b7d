/* neural_style_learn.c: the program neural-style-learn, which makes default.safetensors: its command line. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contact_sheet.h"
#include "learn.h"
#include "learned_write.h"

#include <cblas.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Options {
    Recipe recipe;
    int seed, threads;
    char *contact_sheet;
    char **files;
    gboolean version;
} Options;

static int report(const NstError *error)
{
    g_printerr("neural-style-learn: %s\n", error->message);
    return EXIT_FAILURE;
}

/* Reads the command line. False: it is wrong, and a message has said how. */
static gboolean parse(Options *o, int *argc, char ***argv)
{
    Recipe *r = &o->recipe;
    const GOptionEntry entries[] = {
        {"seed", 0, 0, G_OPTION_ARG_INT, &o->seed, "Seed of the drawings and the clusters", "N"},
        {"version", 0, 0, G_OPTION_ARG_NONE, &o->version, "Print the version", NULL},
        {"contact-sheet", 0, 0, G_OPTION_ARG_FILENAME, &o->contact_sheet, "Write a page of the drawings",
         "FILE.png"},
        {"threads", 0, 0, G_OPTION_ARG_INT, &o->threads, "Threads; the result doesn't depend on them", "N"},
        {"layers", 0, 0, G_OPTION_ARG_INT, &r->layers, "Learn the first N layers", "N"},
        {"pictures", 0, 0, G_OPTION_ARG_INT, &r->pictures, "Drawings for blocks 1 to 3", "N"},
        {"side", 0, 0, G_OPTION_ARG_INT, &r->side, "Their side in pixels", "N"},
        {"deep-pictures", 0, 0, G_OPTION_ARG_INT, &r->deep_pictures, "Drawings for blocks 4 and 5", "N"},
        {"deep-side", 0, 0, G_OPTION_ARG_INT, &r->deep_side, "Their side in pixels", "N"},
        {"patches", 0, 0, G_OPTION_ARG_INT, &r->patches, "Patches for each layer", "N"},
        {"rounds", 0, 0, G_OPTION_ARG_INT, &r->rounds, "Rounds of k-means", "N"},
        {"epsilon", 0, 0, G_OPTION_ARG_DOUBLE, &r->epsilon, "Softness of the whitening", "X"},
        {"cut-min", 0, 0, G_OPTION_ARG_DOUBLE, &r->cut_min, "Share cut by the densest filter's ReLU", "X"},
        {"cut-max", 0, 0, G_OPTION_ARG_DOUBLE, &r->cut_max, "Share cut by the sparsest filter's ReLU", "X"},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->files, NULL, "OUT.safetensors"},
        G_OPTION_ENTRY_NULL};
    GOptionContext *context = g_option_context_new("- learn the built-in VGG16 from drawn textures");
    GError *problem = NULL;
    g_option_context_add_main_entries(context, entries, NULL);
    gboolean understood = g_option_context_parse(context, argc, argv, &problem);
    if (!understood)
        g_printerr("neural-style-learn: %s\n", problem->message);
    g_clear_error(&problem);
    g_option_context_free(context);
    return understood;
}

/* Bounds for every figure: outside them it makes no sense, or needs more memory than there is. */
static NstStatus check(const Options *o, NstError *error)
{
    const Recipe *r = &o->recipe;
    const struct {
        const char *name;
        double value, least, most;
    } bound[] = {
        {"--seed", o->seed, 0, G_MAXINT},
        {"--threads", o->threads, 1, 1024},
        {"--layers", r->layers, 1, VGG16_LAYERS},
        {"--pictures", r->pictures, 1, 100000},
        {"--side", r->side, 16, 4096}, /* block 3 sees a quarter of it, and a patch takes 3 */
        {"--deep-pictures", r->deep_pictures, 1, 100000},
        {"--deep-side", r->deep_side, 64, 4096}, /* block 5 sees a sixteenth */
        {"--patches", r->patches, 2048, 1 << 22},
        {"--rounds", r->rounds, 1, 1000},
        {"--epsilon", r->epsilon, 1e-6, 1e6},
        {"--cut-min", r->cut_min, 0, 0.99},
        {"--cut-max", r->cut_max, r->cut_min, 0.99},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bound); i++)
        if (!(bound[i].value >= bound[i].least && bound[i].value <= bound[i].most))
            return nst_fail(error, NST_BAD_ARGUMENT, "%s %g is out of range, %g to %g", bound[i].name,
                            bound[i].value, bound[i].least, bound[i].most);
    if (!o->contact_sheet && (!o->files || !o->files[0] || o->files[1]))
        return nst_fail(error, NST_BAD_ARGUMENT, "Name one file to write; --help says more");
    return NST_OK;
}

static void print_progress(void *data, const Vgg16Layer *layer)
{
    g_print("%s  %.1f s\n", layer->name, g_timer_elapsed(data, NULL));
}

static NstStatus make_weights(const Options *o, NstError *error)
{
    Workers *workers;
    NstStatus status = workers_new(&workers, o->threads, error);
    if (status != NST_OK)
        return status;
    Network network;
    GTimer *timer = g_timer_new();
    status = learn(&network, &o->recipe, workers, print_progress, timer, error);
    if (status == NST_OK)
        status = learned_write(o->files[0], &network, &o->recipe, error);
    network_free(&network);
    g_timer_destroy(timer);
    workers_free(workers);
    return status;
}

/* An OpenBLAS that is older than the processor falls back on its oldest kernels, which take two to three
 * times as long for the same numbers (grid.h). It chooses its kernels when it is loaded, so the program names
 * better ones and starts again; where that fails, it continues with the slow ones. */
static void begin_with_quick_kernels(char **argv)
{
#if defined(__x86_64__) && defined(__linux__)
    const char *better = __builtin_cpu_supports("avx512bw") ? "SkylakeX"
                         : __builtin_cpu_supports("avx2")   ? "Haswell"
                                                            : NULL;
    if (better && !g_getenv("OPENBLAS_CORETYPE") && strcmp(openblas_get_corename(), "Prescott") == 0 &&
        g_setenv("OPENBLAS_CORETYPE", better, TRUE))
        execv("/proc/self/exe", argv);
#else
    (void)argv;
#endif
}

int main(int argc, char **argv)
{
    begin_with_quick_kernels(argv);
    Options o = {
        .recipe = recipe_default, .seed = (int)recipe_default.seed, .threads = (int)g_get_num_processors()};
    NstError error = {0};
    if (!parse(&o, &argc, &argv))
        return EXIT_FAILURE;
    if (o.version)
        return puts("neural-style-learn " NST_VERSION) >= 0 && fflush(stdout) == 0 ? EXIT_SUCCESS
                                                                                   : EXIT_FAILURE;
    NstStatus status = check(&o, &error);
    o.recipe.seed = (uint32_t)o.seed;
    if (status == NST_OK && o.contact_sheet)
        status = contact_sheet_write(o.contact_sheet, &o.recipe, &error);
    if (status == NST_OK && o.files)
        status = make_weights(&o, &error);
    g_free(o.contact_sheet);
    g_strfreev(o.files);
    return status == NST_OK ? EXIT_SUCCESS : report(&error);
}
