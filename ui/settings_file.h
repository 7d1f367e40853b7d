/* settings_file.h: settings kept in a file, from one session to another and from one version to another.
 * Knows the file system, no GTK; any thread. */
#ifndef UI_SETTINGS_FILE_H
#define UI_SETTINGS_FILE_H

#include "core/settings/settings.h"

/* Writes every setting but layers, whose ids mean nothing tomorrow; makes the folder where there is none.
 * NST_BAD_FILE: it can't be written, the error says why, and what was there before is there still. */
NstStatus settings_file_write(const char *path, const NstSettings *settings, NstError *error);

/* Reads what settings_file_write has written; what the file doesn't speak of stays. What this version doesn't
 * know, a name or a value, is left out, and *left_out tells of it, "name=value, name=value", for g_free
 * (NULL: nothing was). NST_BAD_FILE: there is no such file, or it holds no settings; nothing has changed
 * then. */
NstStatus settings_file_read(const char *path, NstSettings *settings, char **left_out, NstError *error);

#endif
