/* style_pictures.c: reading a dozen pictures takes longer than a window may stand still, so a thread reads
 * them, one after the other, and hands each over to the main loop.
 *
 * Rejected: small copies of the pictures beside the large ones, which would be quicker to read but one
 * more thing to keep alike, and the user's own pictures have none. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "style_pictures.h"

#include "small_picture.h"

struct StylePictures {
    GThread *thread;    /* NULL: nothing has been read yet, or the system has no thread left */
    GAsyncQueue *queue; /* of Reading; `enough` ends the thread */
    int stop;           /* atomic */
};

/* One file to read, for one row. Belongs to the queue, then to the main loop. */
typedef struct Reading {
    char *path;
    GtkTreeRowReference *row; /* main thread only */
    int column;
    GdkPixbuf *picture;
} Reading;

static void reading_free(gpointer data)
{
    Reading *reading = data;
    g_clear_object(&reading->picture);
    gtk_tree_row_reference_free(reading->row);
    g_free(reading->path);
    g_free(reading);
}

GdkPixbuf *style_pictures_blank(void)
{
    GdkPixbuf *picture =
        gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, STYLE_PICTURE_WIDTH, STYLE_PICTURE_HEIGHT);
    if (picture)
        gdk_pixbuf_fill(picture, 0x80808000);
    return picture;
}

static GdkPixbuf *read_picture(const char *path)
{
    int width, height;
    if (!gdk_pixbuf_get_file_info(path, &width, &height) || width < 1 || height < 1)
        return NULL;
    small_picture_cover(&width, &height, STYLE_PICTURE_WIDTH, STYLE_PICTURE_HEIGHT);
    return small_picture_middle(gdk_pixbuf_new_from_file_at_scale(path, width, height, FALSE, NULL),
                                STYLE_PICTURE_WIDTH, STYLE_PICTURE_HEIGHT);
}

static gboolean hand_over(gpointer data)
{
    const Reading *reading = data;
    GtkTreePath *path = gtk_tree_row_reference_get_path(reading->row); /* NULL: the row is gone */
    GtkTreeModel *list = gtk_tree_row_reference_get_model(reading->row);
    GtkTreeIter row;
    if (path && reading->picture && gtk_tree_model_get_iter(list, &row, path))
        gtk_list_store_set(GTK_LIST_STORE(list), &row, reading->column, reading->picture, -1);
    gtk_tree_path_free(path);
    return G_SOURCE_REMOVE;
}

static char enough; /* by its address, which is no Reading's */

/* A Reading is freed by the main loop, since its row belongs to a widget. */
static gpointer read_all(gpointer data)
{
    StylePictures *pictures = data;
    for (Reading *reading; (reading = g_async_queue_pop(pictures->queue)) != (Reading *)(void *)&enough;) {
        if (!g_atomic_int_get(&pictures->stop))
            reading->picture = read_picture(reading->path);
        g_idle_add_full(G_PRIORITY_LOW, hand_over, reading, reading_free);
    }
    return NULL;
}

StylePictures *style_pictures_new(void)
{
    StylePictures *pictures = g_new0(StylePictures, 1);
    pictures->queue = g_async_queue_new_full(reading_free);
    return pictures;
}

void style_pictures_free(StylePictures *pictures)
{
    g_atomic_int_set(&pictures->stop, 1);
    if (pictures->thread) {
        g_async_queue_push(pictures->queue, &enough);
        g_thread_join(pictures->thread);
    }
    g_async_queue_unref(pictures->queue);
    g_free(pictures);
}

void style_pictures_read(StylePictures *pictures, const char *path, GtkTreeModel *list, GtkTreeIter *row,
                         int column)
{
    Reading *reading = g_new0(Reading, 1);
    GtkTreePath *place = gtk_tree_model_get_path(list, row);
    reading->path = g_strdup(path);
    reading->row = gtk_tree_row_reference_new(list, place);
    reading->column = column;
    gtk_tree_path_free(place);
    g_async_queue_push(pictures->queue, reading);
    if (!pictures->thread)
        pictures->thread = g_thread_try_new("styles", read_all, pictures, NULL);
}
