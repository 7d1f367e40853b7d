/* run_window.h: the window of a run: the picture as it is painted, its progress, and the user's control over
 * it. Uses GTK but neither GIMP nor core. Main thread only; nothing here waits. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_RUN_WINDOW_H
#define UI_RUN_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct _GtkWidget GtkWidget; /* so that the caller needs no GTK */

enum { RUN_WINDOW_MORE = 100 }; /* iterations that Continue adds, as its label says */

typedef enum RunOrder {
    RUN_GO_ON, /* no order yet */
    RUN_KEEP,  /* stop painting and keep the picture as it is */
    RUN_CANCEL,
    RUN_MORE, /* paint RUN_WINDOW_MORE more iterations; only after run_window_done */
} RunOrder;

typedef struct RunWindow RunWindow;

/* Called from the main loop when the user has given an order; by then the window shows it, or after
 * RUN_CANCEL is hidden. RUN_CANCEL may follow RUN_KEEP, while the last iteration is still running. */
typedef void (*RunWindowFunc)(RunOrder order, void *data);

/* Shows the window. dialog: an empty GtkDialog, which run_window_free destroys. width, height: the size of
 * the painting, which gives the picture its proportions. size: what run_window_size has returned for an
 * earlier one, or NULL. keeps: see run_window_keeps. */
RunWindow *run_window_new(GtkWidget *dialog, int width, int height, const char *size, bool keeps,
                          RunWindowFunc said, void *data);
void run_window_free(RunWindow *window); /* NULL is fine */

/* How many of the screen's pixels there are to show a picture in, each way. */
void run_window_room(const RunWindow *window, int *width, int *height);

/* Replaces the picture. argb: as in picture.h, copied. */
void run_window_picture(RunWindow *window, int width, int height, const uint32_t *argb);

/* fraction: 0..1. text: a line; details: its tooltip, or NULL. Until the first call with a fraction above 0
 * there is no picture to keep. */
void run_window_progress(RunWindow *window, double fraction, const char *text, const char *details);

/* Shows that the painting is done and waits for the user. can_go_on: whether Continue is of any use. */
void run_window_done(RunWindow *window, bool can_go_on);

/* Whether the picture is to be kept when it is done, without asking the user. */
bool run_window_keeps(const RunWindow *window);

/* Its size, to be remembered. The caller frees it with g_free. */
char *run_window_size(const RunWindow *window);

#endif
