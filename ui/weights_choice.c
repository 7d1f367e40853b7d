/* weights_choice.c: a combo box with the weights that the host has found, the files chosen so far, and, last,
 * an entry that opens a file chooser. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights_choice.h"

#include "file_choice.h"
#include "words.h"

#include <string.h>

#define OTHER_FILE _("Other file…")

/* The names behind the box's entries, except "Other file…". */
static GPtrArray *names_of(GtkComboBox *box)
{
    return g_object_get_data(G_OBJECT(box), "names");
}

static void add(GtkComboBox *box, const char *name, const char *label)
{
    GPtrArray *names = names_of(box);
    gtk_combo_box_text_insert_text(GTK_COMBO_BOX_TEXT(box), (int)names->len, label);
    g_ptr_array_add(names, g_strdup(name));
}

/* Shows the entry for that value, adding it if there is none. */
static void show(GtkComboBox *box, const char *value)
{
    const GPtrArray *names = names_of(box);
    guint index = 0;
    if (*value)
        while (index < names->len && strcmp(names->pdata[index], value) != 0)
            index++;
    if (index == names->len) {
        char *label = g_filename_display_basename(value);
        add(box, value, label);
        g_free(label);
    }
    gtk_combo_box_set_active(box, (int)index);
}

static void changed(GtkComboBox *box, gpointer data)
{
    Field *field = data;
    const GPtrArray *names = names_of(box);
    int index = gtk_combo_box_get_active(box);
    if (index == (int)names->len) {
        char *path = file_choice_weights(GTK_WIDGET(box));
        show(box, path ? path : field->value); /* calls `changed` again */
        g_free(path);
    } else if (index >= 0) {
        g_strlcpy(field->value, index == 0 ? "" : names->pdata[index], NST_TEXT_SIZE);
        field_changed(field, "");
    }
}

static void weights_show(Field *field, const void *value)
{
    show(GTK_COMBO_BOX(field->holder), value);
}

void weights_choice_build(Field *field, const DialogWeights *weights)
{
    GtkWidget *box = gtk_combo_box_text_new();
    g_object_set_data_full(G_OBJECT(box), "names", g_ptr_array_new_with_free_func(g_free),
                           (GDestroyNotify)g_ptr_array_unref);
    for (; weights->name; weights++)
        add(GTK_COMBO_BOX(box), weights->name, weights->label);
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(box), OTHER_FILE);
    file_choice_fit(GTK_COMBO_BOX(box));
    field->widget = box;
    field->holder = G_OBJECT(box);
    field->show = weights_show;
    g_signal_connect(box, "changed", G_CALLBACK(changed), field);
}
