/* field.h: one form field of the dialog: the widget for a row of the table of settings. It writes what the
 * user enters straight into a struct of settings, then calls `changed`. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_FIELD_H
#define UI_FIELD_H

#include "core/settings/settings.h"

#include <gtk/gtk.h>

typedef struct Field {
    const NstSetting *setting;
    void *value;       /* the row's value in the settings that are written to */
    GtkWidget *widget; /* the whole row except its name */
    GtkWidget *focus;  /* the part that takes the keyboard focus */
    GObject *holder;   /* the part that holds what is shown; NULL for a layer */
    /* Not "": what the widget shows is invalid, and *value is the last valid value. */
    char complaint[NST_MESSAGE_SIZE];
    void (*show)(struct Field *field, const void *value);
    void (*changed)(void *data); /* called after *value or the complaint has changed */
    void *data;
} Field;

/* For the files that build fields: reports that *value was written, or, with a complaint, why it wasn't. */
static inline void field_changed(Field *field, const char *complaint)
{
    g_strlcpy(field->complaint, complaint, sizeof field->complaint);
    field->changed(field->data);
}

#endif
