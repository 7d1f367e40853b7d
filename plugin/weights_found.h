/* weights_found.h: the weights files that the setting `weights` can name: the plug-in's own, and those in the
 * folders neural-style/weights of the user's and the system's data, where weights/fetch.sh puts them. Knows
 * the file system, no GIMP; any thread. */
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

/* All there are, best first: ImageNet's where they are installed, the built-in ones (the file `built_in`),
 * then the others by name; never empty. A user's file hides the system's of the same name. The caller frees
 * the array of WeightsFound with g_ptr_array_unref. */
GPtrArray *weights_found_list(const char *built_in);

/* The file that the setting's value means: "" the best there is, a name one of the list, and what holds a '/'
 * or ends in .safetensors is a path itself. Fills *found, whose members the caller frees with
 * weights_found_clear; its name is one of the list's, or the path. Fails for a name that isn't there, and
 * lists those that are. */
NstStatus weights_found_resolve(const char *value, const char *built_in, WeightsFound *found,
                                NstError *error);
void weights_found_clear(WeightsFound *found);

#endif
