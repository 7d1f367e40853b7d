/* recent.h: the most recently used files, kept in a list file between sessions. Uses the file system but not
 * GTK; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_RECENT_H
#define UI_RECENT_H

#include <glib.h>

enum { RECENT_MOST = 8 };

/* At most RECENT_MOST paths, newest first, ended by NULL; the caller frees them with g_strfreev. Files that
 * are missing at the moment, for instance on a drive, are left out. list: the list file. */
char **recent_read(const char *list);

/* Puts a path first. A list that can't be written isn't worth an error, and is ignored. */
void recent_add(const char *list, const char *path);

#endif
