/* fields.h: a widget for each row of the settings' table, made from the row alone. A field writes what the
 * user does straight into a struct of settings, and tells. Main thread only. */
#ifndef UI_FIELDS_H
#define UI_FIELDS_H

#include "dialog.h"

typedef struct Field {
    const NstSetting *setting;
    void *value;                      /* the row's, in the settings that are written to */
    GtkWidget *widget;                /* all of the row but its name */
    GtkWidget *focus;                 /* the part of it that takes the keyboard */
    GObject *holder;                  /* the part that holds what is shown; NULL for a layer */
    char complaint[NST_MESSAGE_SIZE]; /* not "": what stands there is no value, and *value is the last that
                                         was */
    void (*show)(struct Field *field, const void *value);
    void (*changed)(void *data); /* after *value or the complaint has changed */
    void *data;
} Field;

/* Fills *field, which must stay where it is as long as the widget lives, and shows *settings, which it writes
 * to from then on. Only for rows that field_exists. */
void field_build(Field *field, const NstSetting *setting, NstSettings *settings, const DialogHost *host,
                 void (*changed)(void *data), void *data);

/* False: the dialog has something better for the row than a field. */
bool field_exists(const NstSetting *setting);

/* Makes the widget show a value, which is written as if the user had done it. */
void field_show(Field *field, NstSettings *settings);

/* For the files that make fields: *value has been written, or couldn't be. complaint: why not, or "". */
void field_tell(Field *field, const char *complaint);

#endif
