/* pickle_value.h: the values that a pickle describes, made by pickle_machine.h and read by pickle.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_PICKLE_VALUE_H
#define NST_PICKLE_VALUE_H

#include <stddef.h>
#include <stdint.h>

typedef enum PickleKind {
    PICKLE_NONE,
    PICKLE_BOOLEAN,
    PICKLE_INTEGER,
    PICKLE_TEXT,
    PICKLE_TUPLE,
    PICKLE_LIST,
    PICKLE_DICT,       /* items: key, value, key, value, ... in the order they were set */
    PICKLE_NAME,       /* text: "module.name", one of the expected ones */
    PICKLE_CALL,       /* text: the name that was to be called; items: its arguments */
    PICKLE_PERSISTENT, /* items: those of the tuple that names an object outside the pickle */
    PICKLE_OTHER,      /* floats, bytes and longer integers, whose values aren't needed */
} PickleKind;

typedef struct PickleItem PickleItem;

typedef struct PickleValue {
    PickleKind kind;
    int64_t integer;  /* BOOLEAN, INTEGER */
    const char *text; /* NAME, CALL: terminated; TEXT: any bytes, inside the pickle's own, not terminated */
    size_t size;      /* TEXT: bytes; else items */
    PickleItem *first, *last;
} PickleValue;

struct PickleItem {
    const PickleValue *value;
    PickleItem *next;
};

typedef struct PickleBlock PickleBlock;

typedef struct Pickle {
    const PickleValue *value;
    const PickleValue *persistent; /* LIST of all PERSISTENT values, wherever they ended up */
    size_t length;                 /* bytes up to the pickle's end; more may follow in the file */
    PickleBlock *blocks;           /* where all values lie */
} Pickle;

/* Frees all values. */
void pickle_clear(Pickle *pickle);

#endif
