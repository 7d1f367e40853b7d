/* help.h: the table of settings as readable text, and the window that shows the help. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_HELP_H
#define UI_HELP_H

#include "core/settings/settings.h"

#include <gtk/gtk.h>
#include <stdbool.h>

/* "help (range)" for one row: what it does and which values it takes. The caller frees it with g_free. */
char *help_setting(const NstSetting *setting);

/* One line "name: help (range; default)" for each row; in Markdown, a list item. The caller frees it with
 * g_free. */
char *help_settings(bool markdown);

/* One line "name: help (settings)" for each preset; in Markdown, a list item. The caller frees it with
 * g_free. */
char *help_presets(bool markdown);

/* Shows the README file in a window beside `parent`, which is destroyed with it; presents the window if it is
 * already open. It shows the part between the "help" marks (readme.h), with the tables between "settings" and
 * "presets" in the user's language. If the file can't be read, it shows `text`. */
void help_show(GtkWindow *parent, const char *readme, const char *text);

#endif
