/* size_field.c: a box of sizes, from the full one down. A size that is not among them, because a preset or an
 * earlier run has it, is added. Rejected: a number to type, of which 0 means full size. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "size_field.h"

#include "words.h"

#include <stdlib.h>

static const int usual[] = {0, 4096, 3072, 2048, 1536, 1024, 768, 512};

/* The sizes behind the box's entries, in order. */
static GArray *sizes_of(GObject *box)
{
    return g_object_get_data(box, "sizes");
}

static void add(GtkWidget *box, int size)
{
    char *label = size ? g_strdup_printf(_("%d pixels"), size) : g_strdup(_("Full size"));
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(box), label);
    g_array_append_val(sizes_of(G_OBJECT(box)), size);
    g_free(label);
}

static void size_show(Field *field, const void *value)
{
    const GArray *sizes = sizes_of(field->holder);
    guint index = 0;
    while (index < sizes->len && g_array_index(sizes, int, index) != *(const int *)value)
        index++;
    if (index == sizes->len)
        add(field->widget, *(const int *)value);
    gtk_combo_box_set_active(GTK_COMBO_BOX(field->widget), (int)index);
}

static void size_changed(GtkComboBox *box, gpointer data)
{
    Field *field = data;
    int index = gtk_combo_box_get_active(box);
    if (index < 0)
        return;
    *(int *)field->value = g_array_index(sizes_of(field->holder), int, index);
    field_changed(field, "");
}

void size_field_build(Field *field)
{
    GtkWidget *box = gtk_combo_box_text_new();
    GArray *sizes = g_array_new(FALSE, FALSE, sizeof(int));
    g_object_set_data_full(G_OBJECT(box), "sizes", sizes, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < G_N_ELEMENTS(usual); i++)
        add(box, usual[i]);
    field->widget = box;
    field->holder = G_OBJECT(box);
    field->show = size_show;
    g_signal_connect(box, "changed", G_CALLBACK(size_changed), field);
}
