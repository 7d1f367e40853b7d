/* safetensors_write.h: writes a learned network as core/weights.h wants it. */
#ifndef NST_SAFETENSORS_WRITE_H
#define NST_SAFETENSORS_WRITE_H

#include "network.h"
#include "recipe.h"

/* Writes beside `path` and renames, so that no half-written file is ever found there. */
NstStatus safetensors_write(const char *path, const Network *network, const Recipe *recipe, NstError *error);

#endif
