/* small_picture.h: a picture made to fill a small frame: reduced until it covers it, and the middle of it cut
 * out. Any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_SMALL_PICTURE_H
#define UI_SMALL_PICTURE_H

#include <gdk-pixbuf/gdk-pixbuf.h>

/* Turns the size of a picture into the size at which it just covers a frame of across x down pixels. */
void small_picture_cover(int *width, int *height, int across, int down);

/* The middle of a picture that has been reduced so, across x down pixels or less. Takes the reference to
 * `reduced`, which may be NULL; the caller unrefs the result. */
GdkPixbuf *small_picture_middle(GdkPixbuf *reduced, int across, int down);

#endif
