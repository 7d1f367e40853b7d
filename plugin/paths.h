/* paths.h: the files beside the plug-in, and the folder for what it remembers. Main thread only: it asks
 * GIMP. The caller frees each path with g_free. */
#ifndef PATHS_H
#define PATHS_H

#include "styles_found.h"

char *paths_built_in_weights(void);
char *paths_readme(void);

/* Where styles lie: beside the plug-in; neural-style/styles in the user's data folder and in that of GIMP. */
StyleFolders paths_styles(void);
void paths_styles_clear(StyleFolders *folders);

/* The folder for what is kept from one session to the next: settings with a name, the files used last. It
 * may not exist yet. */
char *paths_remembered(void);

#endif
