/* learned_write.h: writes a learned network in the format of core/weights/weights.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_LEARNED_WRITE_H
#define NST_LEARNED_WRITE_H

#include "network.h"
#include "recipe.h"

/* In float16, with the recipe in the metadata. The file appears complete, or not at all. */
NstStatus learned_write(const char *path, const Network *network, const Recipe *recipe, NstError *error);

#endif
