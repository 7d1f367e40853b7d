/* recent.h: the files that were used last, kept in a file from one session to another. Knows the file system,
 * no GTK; any thread. */
#ifndef UI_RECENT_H
#define UI_RECENT_H

#include <glib.h>

enum { RECENT_MOST = 8 };

/* The paths, newest first, RECENT_MOST at the most, ended by NULL; for g_strfreev. Those that are not there
 * at the moment, on a drive say, are left out. list: the file that keeps them. */
char **recent_read(const char *list);

/* Puts a path first. That the list can't be written is no reason to bother anybody. */
void recent_add(const char *list, const char *path);

#endif
