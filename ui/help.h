/* help.h: what the settings' table says about itself, as text for people. */
#ifndef UI_HELP_H
#define UI_HELP_H

#include "core/settings.h"

#include <gtk/gtk.h>

/* "help (range)" of one row: what it does and what it may be. The caller frees it with g_free. */
char *help_setting(const NstSetting *setting);

/* One line "name: help (range; default)" for each row. The caller frees it with g_free. */
char *help_settings(void);

/* One line "name: help (settings)" for each preset. The caller frees it with g_free. */
char *help_presets(void);

/* Shows a text in a window over `parent`, and waits until it is closed. */
void help_show(GtkWindow *parent, const char *text);

#endif
