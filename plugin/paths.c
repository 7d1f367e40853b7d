/* paths.c: the folder of the executable and the user's own are GIMP's to name, the installed ones were chosen
 * when the plug-in was built (plugin/meson.build). The names inside them are ours. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paths.h"

#include "host.h"

#include <string.h>

#define ICON "org.gimp.GIMP.Plugin.NeuralStyle.svg" /* as software centres know the plug-in */

/* Frees the folder's name. */
static char *inside(char *folder, const char *name)
{
    char *path = g_build_filename(folder, name, NULL);
    g_free(folder);
    return path;
}

/* What stands before all installed folders: "", or where somebody put the whole tree to try or to pack it
 * (DESTDIR). The caller frees it with g_free. */
static char *root_of_installation(void)
{
    char *own = host_folder();
    size_t length = g_str_has_suffix(own, PLUG_IN_FOLDER) ? strlen(own) - strlen(PLUG_IN_FOLDER) : 0;
    own[length] = '\0';
    return own;
}

/* The first of the two that is there: by that name beside the executable, or where it was installed. */
static char *own_file(const char *name, const char *place)
{
    char *beside = inside(host_folder(), name), *root = root_of_installation();
    char *installed = g_build_filename(root, place, NULL);
    bool apart = !g_file_test(beside, G_FILE_TEST_EXISTS) && g_file_test(installed, G_FILE_TEST_EXISTS);
    g_free(root);
    g_free(apart ? beside : installed);
    return apart ? installed : beside;
}

char *paths_built_in_weights(void)
{
    return own_file("default.safetensors", DATA_FOLDER "/default.safetensors");
}

char *paths_readme(void)
{
    return own_file("README.md", DATA_FOLDER "/README.md");
}

char *paths_icon(void)
{
    char *icon = own_file(ICON, ICON_FOLDER "/" ICON);
    if (!g_file_test(icon, G_FILE_TEST_EXISTS))
        g_clear_pointer(&icon, g_free);
    return icon;
}

char *paths_catalogues(void)
{
    return own_file("locale", LOCALE_FOLDER);
}

StyleFolders paths_styles(void)
{
    return (StyleFolders){
        .built_in = own_file("styles", DATA_FOLDER "/styles"),
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
