/* paths.h: the files beside the plug-in, and the folder for what it remembers. Main thread only: it asks
 * GIMP. The caller frees each path with g_free. */
#ifndef PATHS_H
#define PATHS_H

char *paths_built_in_weights(void);
char *paths_readme(void);

/* The folder for what is kept from one session to the next: settings with a name, the files used last. It
 * may not exist yet. */
char *paths_remembered(void);

#endif
