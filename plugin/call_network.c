/* call_network.c: core opens a file by its path and starts as many threads as its caller says; the names of
 * weights, and what 0 threads mean, are ours. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "call_network.h"

#include "host.h"
#include "paths.h"

NstStatus call_weights(const NstSettings *settings, WeightsFound *found, NstSettings *resolved,
                       NstError *error)
{
    char *built_in = paths_built_in_weights();
    NstStatus status = weights_found_resolve(settings->weights, built_in, found, error);
    g_free(built_in);
    if (status != NST_OK)
        return status;
    *resolved = *settings;
    if (g_strlcpy(resolved->weights, found->path, NST_TEXT_SIZE) < NST_TEXT_SIZE)
        return NST_OK;
    nst_fail(error, NST_BAD_FILE, "The path of the weights “%s” is longer than %d bytes", found->name,
             NST_TEXT_SIZE - 1);
    weights_found_clear(found);
    return NST_BAD_FILE;
}

int call_threads(const NstSettings *settings)
{
    return settings->threads > 0 ? settings->threads : host_threads();
}
