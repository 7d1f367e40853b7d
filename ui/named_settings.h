/* named_settings.h: settings that the user has given a name and saved, a file for each, in one folder. Knows the file
 * system, no GTK; any thread. */
#ifndef UI_SAVED_H
#define UI_SAVED_H

#include "core/settings/settings.h"

/* Characters that a name may have, of up to four bytes each: a file's name has 255, and is longer still while
 * it is written. */
enum { SAVED_NAME_LENGTH = 50 };

/* All names, in alphabetical order, ended by NULL; for g_strfreev. */
char **named_settings_names(const char *folder);

/* Whether there are settings of that name. */
bool named_settings_exists(const char *folder, const char *name);

/* As settings_file_write and _read. A name may hold any characters; NST_BAD_ARGUMENT: it is empty or too
 * long. Writing replaces what had that name. */
NstStatus named_settings_write(const char *folder, const char *name, const NstSettings *settings,
                               NstError *error);
NstStatus named_settings_read(const char *folder, const char *name, NstSettings *settings, char **left_out,
                              NstError *error);

/* NST_BAD_FILE: it can't be deleted, and the error says why. */
NstStatus named_settings_delete(const char *folder, const char *name, NstError *error);

#endif
