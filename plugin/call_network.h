/* call_network.h: what core opens a network with, found from a call's settings: the weights file and the
 * number of threads. Main thread only: it asks GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CALL_NETWORK_H
#define CALL_NETWORK_H

#include "weights_found.h"

/* Finds the weights that `settings` name. Fills *found, which the caller ends with weights_found_clear, and
 * *resolved: the same settings with the file's path in place of the weights' name. On failure *found is
 * empty. */
NstStatus call_weights(const NstSettings *settings, WeightsFound *found, NstSettings *resolved,
                       NstError *error);

/* The number of threads that the settings ask for; where they say 0, as many as the user's preferences
 * allow. */
int call_threads(const NstSettings *settings);

#endif
