/* pickle_machine.h: what pickle.c's instructions work on: the pickle's bytes, a stack, a memo, and room for
 * values.
 *
 * One bound holds for everything: a pickle may have half a million instructions, and each makes at most one
 * value, one item, one place on the stack and one in the memo. So a small file can't ask for much, a large
 * one can't ask for more than 50 MB, and both are done in an instant. Texts are not copied. All values lie in
 * blocks that are freed together, so it doesn't matter what refers to what, or how deep.
 *
 * Every function that returns an NstStatus fills the machine's error when it fails; its *out is NULL then. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_PICKLE_MACHINE_H
#define NST_PICKLE_MACHINE_H

#include "core/base/status.h"
#include "pickle_value.h"

#include <stdbool.h>

enum { PICKLE_LINE_MAX = 255 };

/* A growing array of values. NULL is a mark on the stack, and an empty place in the memo. */
typedef struct Row {
    PickleValue **value;
    size_t count, room;
} Row;

typedef struct Machine {
    Pickle *pickle; /* owns the values */
    const uint8_t *bytes;
    size_t size, at;
    const char *const *expected; /* names; see pickle_read */
    Row stack, memo;
    size_t memorised;        /* places of the memo that are filled */
    size_t done;             /* instructions, and items that instructions copied */
    PickleValue *value;      /* the result; NULL until STOP */
    PickleValue *persistent; /* the list of all PERSISTENT values */
    const char *path;
    NstError *error;
} Machine;

/* Refuses the file: no pickler writes this. */
NstStatus machine_damaged(Machine *m);

/* Counts one more instruction, or one more item that an instruction copies. Fails beyond the bound. */
NstStatus machine_count(Machine *m);

/* ---- Room ---------------------------------------------------------------------------------------------- */

/* A new empty value, which is freed with the pickle. */
NstStatus machine_new(Machine *m, PickleValue **out, PickleKind kind);

/* Makes room for `count` values. */
NstStatus machine_grow(Machine *m, Row *row, size_t count);

/* Adds an item to a container. */
NstStatus machine_append(Machine *m, PickleValue *to, const PickleValue *value);

/* ---- The stack ----------------------------------------------------------------------------------------- */

NstStatus machine_push(Machine *m, PickleValue *value);

/* A new empty value on the stack. */
NstStatus machine_push_new(Machine *m, PickleValue **out, PickleKind kind);

/* Takes the topmost value. Fails where nothing lies above the last mark. */
NstStatus machine_pop(Machine *m, PickleValue **out);

/* The topmost value, left where it is. NULL, which is no error: there is none, or it is of another kind. */
PickleValue *machine_top(Machine *m, PickleKind kind);

/* The last mark's place. False, which is no error: there is no mark. */
bool machine_find_mark(const Machine *m, size_t *place);

/* Moves the values from place `begin` up into a container. */
NstStatus machine_move(Machine *m, size_t begin, PickleValue *to);

/* ---- The bytes ----------------------------------------------------------------------------------------- */

/* The next `count` bytes, where they lie. */
NstStatus machine_fetch(Machine *m, uint64_t count, const uint8_t **bytes);

/* A number in 1 to 8 bytes. */
NstStatus machine_number(Machine *m, int width, uint64_t *number);

/* A number, and as many bytes as it says. */
NstStatus machine_counted(Machine *m, int width, const uint8_t **bytes, size_t *count);

/* The text up to the line's end, at most PICKLE_LINE_MAX bytes; the line's end is skipped. */
NstStatus machine_line(Machine *m, const char **text, size_t *size);

#endif
