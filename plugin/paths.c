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

StyleFolders paths_styles(void)
{
    return (StyleFolders){
        .built_in = inside(host_folder(), "styles"),
        .own = {g_build_filename(g_get_user_data_dir(), "neural-style", "styles", NULL),
                inside(paths_remembered(), "styles")},
    };
}

void paths_styles_clear(StyleFolders *folders)
{
    g_free(folders->built_in);
    g_free(folders->own[0]);
    g_free(folders->own[1]);
    *folders = (StyleFolders){0};
}

char *paths_remembered(void)
{
    return inside(host_directory(), "neural-style");
}
