/* styles_found.h: the pictures that the setting `style-file` can name instead of giving a path: the
 * plug-in's built-in styles, and the user's own in the folders for them. Knows the file system, no GIMP; any
 * thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STYLES_FOUND_H
#define STYLES_FOUND_H

#include <glib.h>
#include <stdbool.h>

typedef struct StyleFound {
    char *name; /* as the setting takes it: a file's name without its ending */
    char *path;
    bool built_in;
} StyleFound;

/* Where styles lie: the built-in ones; the user's own, in any of two folders. A folder need not exist. */
typedef struct StyleFolders {
    char *built_in; /* NAME.jpg for each name of ui/styles/styles.def */
    char *own[2];   /* any picture files; NULL: none */
} StyleFolders;

/* All of them: the built-in styles in the order of styles.def, as far as their files are there, then the
 * user's own by name. No own style hides a built-in one, and of several files with one name the first
 * folder's counts. The caller frees the array of StyleFound with g_ptr_array_unref. */
GPtrArray *styles_found_list(const StyleFolders *folders);

/* The file that a value of the setting means: the style of that name if there is one, or else the value
 * itself, as a path or as the address of a file on this computer. A value with a '/' is never a name. The
 * caller frees it with g_free. */
char *styles_found_path(const char *value, const StyleFolders *folders);

/* Copies a picture file into the user's own folder, and fills *found with the style that it became, whose
 * members the caller frees with styles_found_clear: of the file's name, with a number behind it where that
 * is taken. A picture that is one of the user's styles already is not copied again. False: it has no
 * picture's ending, or can't be copied. */
bool styles_found_add(const char *path, const StyleFolders *folders, StyleFound *found);
void styles_found_clear(StyleFound *found);

/* "swirls, knife, …" for messages; the caller frees it with g_free. */
char *styles_found_names(const StyleFolders *folders);

#endif
