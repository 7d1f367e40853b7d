/* named_settings.h: settings that the user has saved under a name, one file each, in one folder. Uses the
 * file system but not GTK; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_NAMED_SETTINGS_H
#define UI_NAMED_SETTINGS_H

#include "core/settings/settings.h"

/* The most characters in a name, of up to four bytes each: a file name has at most 255 bytes, and the
 * temporary file's name is longer still. */
enum { NAMED_SETTINGS_NAME_LENGTH = 50 };

/* All names, in alphabetical order, ended by NULL; the caller frees them with g_strfreev. */
char **named_settings_names(const char *folder);

/* Whether there are settings with that name. */
bool named_settings_exists(const char *folder, const char *name);

/* As settings_file_write and settings_file_read of a preset. A name may contain any characters;
 * NST_BAD_ARGUMENT: it is empty or too long. Writing replaces any settings with that name. */
NstStatus named_settings_write(const char *folder, const char *name, const NstSettings *settings,
                               NstError *error);
NstStatus named_settings_read(const char *folder, const char *name, NstSettings *settings, char **left_out,
                              NstError *error);

/* NST_BAD_FILE: they can't be deleted, and the error says why. */
NstStatus named_settings_delete(const char *folder, const char *name, NstError *error);

#endif
