/* paths.c: both folders are GIMP's to name; the names inside them are ours. */
#include "paths.h"

#include "host.h"

/* Frees the folder's name. */
static char *inside(char *folder, const char *name)
{
    char *path = g_build_filename(folder, name, NULL);
    g_free(folder);
    return path;
}

char *paths_built_in_weights(void)
{
    return inside(host_folder(), "default.safetensors");
}

char *paths_readme(void)
{
    return inside(host_folder(), "README.md");
}

char *paths_remembered(void)
{
    return inside(host_directory(), "neural-style");
}
