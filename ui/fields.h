/* fields.h: makes a form field for each row of the table of settings, from the row alone. Main thread
 * only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_FIELDS_H
#define UI_FIELDS_H

#include "dialog_host.h"
#include "field.h"

/* Fills *field, which must not move while the widget lives, and shows the row's value in *settings, which the
 * field writes to from then on. Only for rows for which field_exists is true. */
void field_build(Field *field, const NstSetting *setting, NstSettings *settings, const DialogHost *host,
                 void (*changed)(void *data), void *data);

/* False: the dialog has something better than a field for this row. */
bool field_exists(const NstSetting *setting);

/* Makes the widget show the row's value in *settings, and writes it as if the user had entered it. */
void field_show(Field *field, NstSettings *settings);

#endif
