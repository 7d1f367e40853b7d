/* record_sources.c: from the surest sign to the least: the id; the tattoo and the name; the tattoo alone,
 * where it is known to be that image's, for a layer may have been renamed; the name alone, if only one layer
 * has it. A tattoo alone is no sign in an image that the painting was copied into: there it means some other
 * layer. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record_sources.h"

#include <glib.h>
#include <string.h>

static bool has_name(const RecordSource *source, const RecordCandidate *candidate)
{
    return source->name && strcmp(source->name, candidate->name) == 0;
}

static bool has_tattoo(const RecordSource *source, const RecordCandidate *candidate)
{
    return source->tattoo > 0 && source->tattoo == candidate->tattoo;
}

static bool matches(const RecordSource *source, RecordTrust trust, const RecordCandidate *candidate, int sign)
{
    switch (sign) {
    case 0:
        return trust.ids && source->id > 0 && source->id == candidate->id;
    case 1:
        return has_tattoo(source, candidate) && has_name(source, candidate);
    case 2:
        return trust.tattoos && has_tattoo(source, candidate);
    default:
        return has_name(source, candidate);
    }
}

int record_source_find(const RecordSource *source, RecordTrust trust, const RecordCandidate *candidates,
                       int count, int never)
{
    for (int sign = 0; sign < 4; sign++) {
        int found = -1, matching = 0;
        for (int i = 0; i < count; i++)
            if (candidates[i].id != never && matches(source, trust, &candidates[i], sign)) {
                found = candidates[i].id;
                matching++;
            }
        if (matching > 0)
            return matching == 1 ? found : -1;
    }
    return -1;
}

int record_content_guess(const char *layer, const RecordCandidate *candidates, int count, int never)
{
    size_t longest = 0;
    int found = -1;
    for (int i = 0; i < count; i++) {
        size_t length = strlen(candidates[i].name);
        if (candidates[i].id == never || length <= longest || layer[MIN(length, strlen(layer))] != ' ' ||
            !g_str_has_prefix(layer, candidates[i].name))
            continue;
        longest = length;
        found = candidates[i].id;
    }
    return found;
}

bool record_name_is(const char *given, const char *now)
{
    if (!g_str_has_prefix(now, given))
        return false;
    const char *rest = now + strlen(given);
    if (!*rest)
        return true;
    return g_str_has_prefix(rest, " #") && rest[2] && rest[2 + strspn(rest + 2, "0123456789")] == 0;
}
