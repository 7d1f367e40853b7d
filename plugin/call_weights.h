/* call_weights.h: from the name of the weights in a call's settings to their file. Main thread only: it asks
 * GIMP for the plug-in's folder. */
#ifndef CALL_WEIGHTS_H
#define CALL_WEIGHTS_H

#include "weights_found.h"

/* Finds the weights that `settings` name. Fills *found, which the caller ends with weights_found_clear, and
 * *resolved: the same settings as core takes them, with the file's path in place of its name. On failure
 * *found is empty. */
NstStatus call_weights(const NstSettings *settings, WeightsFound *found, NstSettings *resolved,
                       NstError *error);

#endif
