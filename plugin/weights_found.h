/* weights_found.h: the weights files that the setting `weights` can name: the plug-in's own, and those in the
 * folders neural-style/weights of the user's and the system's data, where weights/fetch.sh puts them. Knows
 * the file system, no GIMP; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef WEIGHTS_FOUND_H
#define WEIGHTS_FOUND_H

#include "core/settings/settings.h"

#include <glib.h>

#define WEIGHTS_BUILT_IN "built-in"
#define WEIGHTS_IMAGENET "imagenet"

typedef struct WeightsFound {
    char *name; /* as the setting takes it: "imagenet", "built-in", or a file's name without its ending */
    char *path;
} WeightsFound;

/* All installed weights, best first: ImageNet's where they are installed, the built-in ones (the file
 * `built_in`), then the others by name; never empty. A user's file hides the system's of the same name. The
 * caller frees the array of WeightsFound with g_ptr_array_unref. */
GPtrArray *weights_found_list(const char *built_in);

/* The file that the setting's value means: "" is the best installed, a value that contains a '/' or ends in
 * .safetensors is itself a path, and any other is a name from the list. Fills *found, whose members the
 * caller frees with weights_found_clear; its name is one from the list, or the path. For a name that is not
 * in the list it fails with NST_BAD_ARGUMENT and an error that lists the names that are; *found is then
 * empty. */
NstStatus weights_found_resolve(const char *value, const char *built_in, WeightsFound *found,
                                NstError *error);
void weights_found_clear(WeightsFound *found);

#endif
