/* style_pictures.h: reads small pictures of files in a thread, for the rows of a list. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_STYLE_PICTURES_H
#define UI_STYLE_PICTURES_H

#include <gtk/gtk.h>

enum { STYLE_PICTURE_WIDTH = 70, STYLE_PICTURE_HEIGHT = 56 };

typedef struct StylePictures StylePictures;

StylePictures *style_pictures_new(void);

/* Waits until the picture being read is done, and forgets all others. */
void style_pictures_free(StylePictures *pictures);

/* Reads the picture of a file; the main loop puts it into that column of the row, if it is still there and
 * the file can be read. Begins at once. */
void style_pictures_read(StylePictures *pictures, const char *path, GtkTreeModel *list, GtkTreeIter *row,
                         int column);

/* A gray one, for as long as there is no other; NULL without memory. The caller unrefs it. */
GdkPixbuf *style_pictures_blank(void);

#endif
