/* record.h: how a layer was made, as text that is kept with it: enough to make it again. Knows no GIMP. */
#ifndef RECORD_H
#define RECORD_H

#include "core/settings/settings.h"
#include "weights_found.h"

#define RECORD_NAME "neural-style" /* of the parasite that holds it */

/* Lines "name: value": the plug-in's version, the style layer's name, the weights' name and their file's
 * SHA-256, and the settings as nst_settings_parse reads them, the weights being named as they were found; and
 * where the user stopped the run or went on with it that `course`, NULL otherwise. The caller frees it with
 * g_free. Reads the weights file, a tenth of a second or two. */
char *record_new(const NstSettings *settings, const char *style, const WeightsFound *weights,
                 const char *course);

#endif
