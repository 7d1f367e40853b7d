/* pickle.h: a pickle, Python's serialised form of objects, read without Python and without running anything.
 *
 * A pickle is a program for a small stack machine, and some of its instructions make Python import a name and
 * call it: that is how a weights file could run any command. Here a name stays a name, and a call becomes a
 * record of the name and its arguments. Names that the caller doesn't expect are refused outright, with a
 * message that says what the file tried to call. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_PICKLE_H
#define NST_PICKLE_H

#include "core/base/status.h"
#include "pickle_value.h"

#include <stdbool.h>

/* Reads the pickle (protocols 2 to 5) that `bytes` begins with; its texts stay there. `expected`: the names
 * allowed in addition to collections.OrderedDict, which becomes a DICT; NULL ends the list. Memory and time
 * are proportional to the pickle's size, and bounded. Values may contain themselves: walk them to a fixed
 * depth. On failure the error names `path`, and there is nothing to clear;
 * otherwise pickle_clear frees it. */
NstStatus pickle_read(Pickle *pickle, const uint8_t *bytes, size_t size, const char *const *expected,
                      const char *path, NstError *error);

/* The item at that place; NULL beyond the last one. Walks the list, so it is for short tuples. */
const PickleValue *pickle_item(const PickleValue *value, size_t index);

/* The value under a text key of a DICT; NULL: there is none. */
const PickleValue *pickle_member(const PickleValue *dict, const char *key);

bool pickle_text_is(const PickleValue *value, const char *text);

#endif
