/* nst.h: the public door of core. A content picture and a style picture go in; the content repainted in that
 * style comes out, by the method of Gatys, Ecker and Bethge, "Image Style Transfer Using Convolutional Neural
 * Networks" (CVPR 2016):
 *
 *     minimise over G:   content_weight * content_loss(G, C)
 *                        + style_weight * style_loss(G, S)
 *                        + tv_weight * tv(G)
 *
 * where all three pictures pass through VGG16 at every iteration. Open a network once, then run any number of
 * jobs with it.
 *
 * Threads: a network serves one thread at a time; different networks may be used in different threads at the
 * same time. There is no global state, with one exception: OpenBLAS is told, for the whole process, to
 * compute each product in the calling thread (core brings its own workers), and it keeps the memory that it
 * needs for that.
 *
 * The result depends on the pictures, the settings and the weights, never on the number of threads. Tiles
 * change its rounding. Where memory is so short that L-BFGS must remember fewer steps or give way to Adam,
 * that changes the result, and the forecast says so. Another vector unit rounds differently too, and so does
 * another OpenBLAS where there is no AVX2; over the iterations this grows to 5/255 on average where it was
 * measured (tests/bench/RESULTS.md), neither better nor worse. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_H
#define NST_H

#include "core/job.h"

/* A weights file's VGG16 with its crew of threads, ready to paint. */
typedef struct NstNetwork NstNetwork;

/* Opens the weights file at `weights` with `threads` >= 1 worker threads, the calling one included; the
 * threads inherit the calling thread's priority. The file itself is only open while layers are read from it:
 * at first as many as a job needs, and more when a later job looks deeper. NST_BAD_ARGUMENT where `weights`
 * is NULL or empty. *network is NULL after a failure. */
NstStatus nst_open(NstNetwork **network, const char *weights, int threads, NstError *error);

/* Was the network opened with these, and is the file at that path still the same? If not, it is time to open
 * another one. False where either is NULL. */
bool nst_is_current(const NstNetwork *network, const char *weights, int threads);

void nst_close(NstNetwork *network); /* NULL is fine */

/* Runs the job in the calling thread and the network's workers.
 *
 * NST_OK and NST_CANCELLED fill `result` with a picture of the content's size, values in 0..1, which the
 * caller frees with nst_image_free. After any other status `result` is empty and `error` says why. */
NstStatus nst_run(NstNetwork *network, const NstJob *job, NstImage *result, NstError *error);

/* The same for a preview of the job, and for a part of it; the result has the size that job.h says. */
NstStatus nst_run_preview(NstNetwork *network, const NstJob *job, const NstPreview *preview, NstImage *result,
                          NstError *error);
NstStatus nst_run_part(NstNetwork *network, const NstJob *job, const NstPart *part, NstImage *result,
                       NstError *error);

/* Says what nst_run would take, and fails as it would before painting: with settings that can't be used, a
 * file that can't be read, or (NST_NO_MEMORY, both figures in the message and in the forecast) where no plan
 * fits into the limit. It looks only at the sizes of the pictures; their rgb may be NULL.
 *
 * The first forecast of a network takes up to a second, to read the layers and time them; later ones are
 * arithmetic for a while, until the speed is measured again or other layers are chosen.
 *
 * It may be called within a callback of a run of the same network, except `stop`; no other function may be
 * called there with that network. It then leaves out the memory which that run holds, since it is free again
 * by the time another one starts, and returns NST_CANCELLED, without a message, if that run's `stop` says yes
 * while the speed is measured. */
NstStatus nst_forecast(NstNetwork *network, const NstJob *job, NstForecast *forecast, NstError *error);

/* Within an NstProgressFunc only: fills `picture` with what has been painted so far, as a run that ended now
 * would return it, but at the scale's size, or reduced to `side` >= 1 on the longer side where that is less.
 * Values in 0..1; the caller frees it with nst_image_free. With Adam it is where the search stands, not
 * always the best so far. */
NstStatus nst_progress_picture(const NstProgress *progress, int side, NstImage *picture, NstError *error);

/* The sizes of the scales at which a run with these settings paints a picture, from coarse to fine. Returns
 * how many there are. */
int nst_scale_sizes(const NstSettings *settings, NstSize picture, NstSize sizes[NST_SCALES_MAX]);

/* The size of such a run's preview (NstPreview) with `side` pixels. */
NstSize nst_preview_size(const NstSettings *settings, NstSize picture, int side);

/* The longer side at which a run with these settings looks at a style of that size, at most: of a style with
 * more pixels a reduced copy will do. */
int nst_style_side(const NstSettings *settings, NstSize content, NstSize style);

/* Bytes that a process may still use, by the setting memory-limit or by what is free; it may be negative. */
double nst_memory_room(const NstSettings *settings);

/* Bytes of this process in memory, now and at their peak so far; 0 where the system doesn't say. */
double nst_memory_resident(void);
double nst_memory_peak(void);

/* The system gets back at once what has been freed, and from now on large arrays as soon as they are, where
 * the C library would rather keep some for later. This concerns the whole process, so core doesn't do it by
 * itself: it is for a program that has one large job and forecasts what it will take. */
void nst_memory_give_back(void);

/* The vector unit that the inner loops use: "avx512", "avx2" or "plain". */
const char *nst_vector_unit(void);

#endif
