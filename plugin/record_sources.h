/* record_sources.h: which of the layers there are is the one that a record speaks of. Knows no GIMP; any
 * thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_SOURCES_H
#define RECORD_SOURCES_H

#include "record.h"

/* A layer that may be it. */
typedef struct RecordCandidate {
    int id, tattoo;
    const char *name;
} RecordCandidate;

/* How far ids and tattoos can be trusted. */
typedef struct RecordTrust {
    bool ids;     /* GIMP has not been restarted since */
    bool tattoos; /* the layers are those of the image that the record was made in */
} RecordTrust;

/* The candidate's id; -1: none of them is it, or several may be. The layer `never` isn't it in any case. */
int record_source_find(const RecordSource *source, RecordTrust trust, const RecordCandidate *candidates,
                       int count, int never);

/* For records of versions that kept no more of the content than what their painting was called, "town in the
 * style of sky" in some language: the candidate with the longest name that `layer` begins with; -1: none. */
int record_content_guess(const char *layer, const RecordCandidate *candidates, int count, int never);

/* Whether a painting that was called `given` is still called so; GIMP may have added a number ("sky #2"). */
bool record_name_is(const char *given, const char *now);

#endif
