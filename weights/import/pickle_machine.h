/* pickle_machine.h: what pickle.c's instructions work on: the pickle's bytes, a stack, a memo, and room for
 * values.
 *
 * One bound holds for everything: a pickle may have half a million instructions, and each makes at most one
 * value, one item, one place on the stack and one in the memo. So a small file can't ask for much, a large
 * one can't ask for more than 50 MB, and both are done in an instant. Texts are not copied. All values lie in
 * blocks that are freed together, so it matters to nobody what refers to what, or how deep.
 *
 * Whatever fails has filled the machine's error. */
#ifndef NST_PICKLE_MACHINE_H
#define NST_PICKLE_MACHINE_H

#include "pickle.h"

enum { PICKLE_LINE_MAX = 255 };

/* An array of values that grows; the stack's marks are NULL, and so is what the memo lacks. */
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
    size_t memorised;   /* places of the memo that are filled */
    size_t done;        /* instructions, and items that an instruction copied */
    PickleValue *value; /* the result, once there */
    PickleValue *persistent;
    const char *path;
    NstError *error;
} Machine;

/* Refuses the file: no pickler writes this. */
NstStatus machine_damaged(Machine *m);

/* Counts one more instruction, or item that one copies, as long as there may be more. */
NstStatus machine_count(Machine *m);

/* ---- Room ---------------------------------------------------------------------------------------------- */

/* Zeroed room for a value or an item, freed with the pickle. NULL: no memory. */
void *machine_room(Machine *m, size_t size);

/* Makes room for `count` values. */
NstStatus machine_grow(Machine *m, Row *row, size_t count);

/* Adds an item to a container. */
NstStatus machine_append(Machine *m, PickleValue *to, const PickleValue *value);

/* ---- The stack ----------------------------------------------------------------------------------------- */

NstStatus machine_push(Machine *m, PickleValue *value);

/* A new value on the stack; NULL: no memory. */
PickleValue *machine_push_new(Machine *m, PickleKind kind);

/* Takes the topmost value; NULL: nothing lies above the last mark. */
PickleValue *machine_pop(Machine *m);

/* The topmost value, left where it is; NULL, and no error: it is of another kind. */
PickleValue *machine_top(Machine *m, PickleKind kind);

/* The last mark's place; false, and no error: there is none. */
bool machine_find_mark(const Machine *m, size_t *place);

/* Moves what lies above that place into a container. */
NstStatus machine_move(Machine *m, size_t begin, PickleValue *to);

/* ---- The bytes ----------------------------------------------------------------------------------------- */

/* The next ones, where they lie. */
NstStatus machine_fetch(Machine *m, uint64_t count, const uint8_t **bytes);

/* A number in 1 to 8 bytes. */
NstStatus machine_number(Machine *m, int width, uint64_t *number);

/* A number, and as many bytes. */
NstStatus machine_counted(Machine *m, int width, const uint8_t **bytes, size_t *count);

/* Up to the line's end, which is passed over; no more than PICKLE_LINE_MAX. */
NstStatus machine_line(Machine *m, const char **text, size_t *size);

#endif
