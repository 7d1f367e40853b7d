/* record.h: how a layer was made, as a text that is kept with it: enough to make it again. Knows no GIMP. */
#ifndef RECORD_H
#define RECORD_H

#include "core/settings/settings.h"
#include "weights_found.h"

#define RECORD_NAME "neural-style" /* the parasite that holds it */

/* Lines "name: value": the plug-in's version, the style layer's name, the weights' name and their file's
 * SHA-256, the settings as nst_settings_parse reads them, with the weights by the name they were found under,
 * and `course`, where the user stopped or continued the run (NULL: neither). The caller frees it with g_free.
 * Reads the weights file, which takes a tenth of a second or two. */
char *record_new(const NstSettings *settings, const char *style, const WeightsFound *weights,
                 const char *course);

#endif
