/* settings_file.h: settings kept in a file, across sessions and across versions. Uses the file system but not
 * GTK; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_SETTINGS_FILE_H
#define UI_SETTINGS_FILE_H

#include "core/settings/settings.h"

/* What a file is for. A preset may come from somebody else, and go to somebody else: it neither holds nor
 * sets what belongs to the machine (NstSetting), such as a file to write. */
typedef enum SettingsFileKind { SETTINGS_FILE_OWN, SETTINGS_FILE_PRESET } SettingsFileKind;

/* Writes every setting except layers, whose IDs mean nothing in another session; creates the folder if
 * necessary. NST_BAD_FILE: the file can't be written, the error says why, and any old file is still there. */
NstStatus settings_file_write(const char *path, SettingsFileKind kind, const NstSettings *settings,
                              NstError *error);

/* Reads what settings_file_write has written; settings that the file doesn't mention stay as they are. A name
 * or value unknown to this version is left out, and so is, in a preset, what belongs to the machine; they are
 * listed in *left_out, "name=value, name=value", which the caller frees with g_free (NULL: nothing was left
 * out). NST_BAD_FILE: the file is missing, no regular file, or holds no settings; *settings is unchanged and
 * *left_out is NULL. */
NstStatus settings_file_read(const char *path, SettingsFileKind kind, NstSettings *settings, char **left_out,
                             NstError *error);

#endif
