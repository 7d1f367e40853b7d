/* run_pictures.h: whole runs through core's door, for the programs test_run*.c: small pictures, the job
 * that paints them, and what it reports. nst_run and nst_forecast are called in run_pictures.c alone.
 *
 * They use the built-in weights: the file that NST_WEIGHTS names, else weights/default.safetensors. Where
 * there is none, the tests skip. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_RUN_PICTURES_H
#define TESTS_RUN_PICTURES_H

#include "core/nst.h"

#include <glib.h>
#include <stdbool.h>

#define MIB 1048576.0 /* bytes */

extern char *weights_file;
extern NstImage small_scene, small_texture; /* 48 x 40 and 40 x 56, job_of's content and style */

/* main's first and last words. The end runs the tests and returns main's status. */
void run_pictures_begin(int *argc, char ***argv);
int run_pictures_end(void);

/* Skips the test, and returns true, where the weights file is missing or has fewer layers than that. */
bool skipped(int layers);

/* ---- Pictures ------------------------------------------------------------------------------------------ */

/* New pictures, freed with nst_image_free. */
NstImage new_picture(int width, int height); /* black */
NstImage scene(int width, int height);   /* shapes: a sky that darkens, a sun, a hill with stripes, a box */
NstImage texture(int width, int height); /* slanted, wavy bands of two colours with grain */

float *pixel_at(const NstImage *image, int x, int y);            /* its red, green and blue */
bool same_bytes(const NstImage *a, const NstImage *b);           /* and the same size */
double mean_square(const NstImage *a, const NstImage *b);        /* of their difference, over all values */
void assert_valid(const NstImage *image, int width, int height); /* that size, all values in 0..1 */

/* ---- Runs ---------------------------------------------------------------------------------------------- */

/* The defaults, with the changes in `text`. Unless it says otherwise, the method is Gatys', whose numbers are
 * known, and each scale has the same number of iterations, which is easier to count. */
NstSettings settings_of(const char *text);

/* small_scene in the style of small_texture. It points to the settings. */
NstJob job_of(const NstSettings *settings);

/* Opens the network that the settings name, else the built-in one, with two threads unless they say
 * otherwise. */
NstStatus open_for(const NstSettings *settings, NstNetwork **network, NstError *error);

/* The door itself, with its own errors and a network of its own for each call. */
NstStatus try_run(const NstJob *job, NstImage *result, NstError *error);
NstStatus try_preview(const NstJob *job, int side, NstImage *result, NstError *error);
NstStatus try_forecast(const NstJob *job, NstForecast *forecast, NstError *error);

/* Runs that must succeed; the caller frees the result. */
NstImage run_job(const NstJob *job);
NstImage run(const char *settings);

/* A forecast that must end with that status and, unless that is NST_OK, with a message. */
NstForecast forecast_of(const NstJob *job, NstStatus wanted, NstError *error);

/* ---- What a run reports -------------------------------------------------------------------------------- */

/* Set job.progress to watch and job.data to a Watch: asserts that each report follows from the one before and
 * from the settings, and stops the run at call number stop_at (0: never). */
typedef struct Watch {
    int calls, stop_at;
    NstProgress last;
    const NstSettings *settings;
} Watch;
int watch(const NstProgress *progress, void *watch);

/* The scales that a run reports, at most two. */
typedef struct ScaleLog {
    NstScale scale[2];
    NstForecast forecast; /* where job.forecast is set to log_forecast */
    NstProgress last;
    int count, stop_at; /* stop_at: the iteration of scale 2 that the run is stopped after; 0: none */
} ScaleLog;
NstJob logged_job(const NstSettings *settings, ScaleLog *log); /* job_of, reporting to `log` */
void log_forecast(const NstForecast *forecast, void *log);

#endif
