/* help.h: what the settings' table says about itself, as text for people. */
#ifndef UI_HELP_H
#define UI_HELP_H

#include "core/settings/settings.h"

#include <gtk/gtk.h>
#include <stdbool.h>

/* "help (range)" of one row: what it does and what it may be. The caller frees it with g_free. */
char *help_setting(const NstSetting *setting);

/* One line "name: help (range; default)" for each row; or an item of a list in Markdown. The caller frees it
 * with g_free. */
char *help_settings(bool markdown);

/* One line "name: help (settings)" for each preset; or an item of a list in Markdown. The caller frees it
 * with g_free. */
char *help_presets(bool markdown);

/* Shows the README, a file, in a window beside `parent`, with which it goes; the same window where it is open
 * already. What is shown lies between the marks "help" (readme.h), and the tables between "settings" and
 * "presets" come in the user's language. Where it can't be read, `text` is shown. */
void help_show(GtkWindow *parent, const char *readme, const char *text);

#endif
