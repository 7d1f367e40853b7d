/* run_window.h: the window of a run: the picture as it grows, how far it is, and the user's say in it. Knows
 * GTK, no GIMP and no core. Main thread only; nothing here waits. */
#ifndef UI_RUN_WINDOW_H
#define UI_RUN_WINDOW_H

#include <stdbool.h>

typedef struct _GtkWidget GtkWidget; /* so that whoever drives it needs no GTK */

enum {
    RUN_WINDOW_SIDE = 400, /* pixels that the longer side of the picture is shown at */
    RUN_WINDOW_MORE = 100, /* iterations that Continue stands for, as its label says */
};

typedef enum RunOrder {
    RUN_GO_ON, /* nothing was said yet */
    RUN_KEEP,  /* what there is, without painting on */
    RUN_CANCEL,
    RUN_MORE, /* RUN_WINDOW_MORE iterations; only after run_window_done */
} RunOrder;

typedef struct RunWindow RunWindow;

/* Told by the main loop when the user has said something; the window shows that already, and after RUN_CANCEL
 * is gone from sight. RUN_CANCEL may come after RUN_KEEP, while the last iteration still goes on. */
typedef void (*RunWindowFunc)(RunOrder order, void *data);

/* Shows the window. dialog: an empty GtkDialog, which run_window_free destroys. width, height: of what is
 * painted, whose proportions the picture has. keeps: see run_window_keeps. */
RunWindow *run_window_new(GtkWidget *dialog, int width, int height, bool keeps, RunWindowFunc said,
                          void *data);
void run_window_free(RunWindow *window); /* NULL is fine */

/* Shows a picture in place of the one before, scaled to fit. rgb: [height, width, 3], copied. */
void run_window_picture(RunWindow *window, int width, int height, const unsigned char *rgb);

/* fraction: 0..1. text: at most two lines. Until the first call with a fraction above 0 there is nothing to
 * keep. */
void run_window_progress(RunWindow *window, double fraction, const char *text);

/* The painting is done, and waits for the user. can_go_on: is Continue of any use? */
void run_window_done(RunWindow *window, bool can_go_on);

/* Does the user want the picture kept when it is done, without being asked? */
bool run_window_keeps(const RunWindow *window);

#endif
