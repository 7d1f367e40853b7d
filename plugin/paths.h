/* paths.h: the plug-in's own files, and the folder for what it remembers. Main thread only: it asks GIMP. The
 * caller frees each path with g_free.
 *
 * Its own files lie beside its executable, as install.sh puts them, or in the folders that `meson install`
 * fills, as in packages. What lies beside it comes first, so that a user's own copy is one whole. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PATHS_H
#define PATHS_H

#include "styles_found.h"

char *paths_built_in_weights(void);
char *paths_readme(void);
char *paths_icon(void);       /* NULL where there is none: nobody misses it */
char *paths_catalogues(void); /* the folder with a folder for each language */

/* Where styles lie: the plug-in's own; neural-style/styles in the user's data folder and in that of GIMP. */
StyleFolders paths_styles(void);
void paths_styles_clear(StyleFolders *folders);

/* The folder for what is kept from one session to the next: settings with a name, the files used last. It
 * may not exist yet. */
char *paths_remembered(void);

#endif
