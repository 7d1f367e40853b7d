/* pickle.c: the instructions. One table holds those that a dict of tensors is written with (Python's
 * Lib/pickletools.py says what they mean). Any other instruction ends the reading. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pickle.h"

#include "core/weights/numbers.h"
#include "core/weights/safetensors.h"
#include "pickle_machine.h"

#include <glib.h>
#include <string.h>

static const char ordered_dict[] = "collections.OrderedDict";

typedef struct Instruction {
    NstStatus (*run)(Machine *, int);
    int argument; /* usually the width of the number that follows in the file */
} Instruction;

/* ---- The frame ----------------------------------------------------------------------------------------- */

static NstStatus run_protocol(Machine *m, int width)
{
    uint64_t protocol = 0;
    NstStatus status = machine_number(m, width, &protocol);
    if (status == NST_OK && (protocol < 2 || protocol > 5))
        return weights_refuse(m->error, m->path, "its list of tensors is a pickle of protocol %d, not 2 to 5",
                              (int)protocol);
    return status;
}

/* Frames help buffered readers; all the bytes are here. */
static NstStatus run_frame(Machine *m, int width)
{
    uint64_t length = 0;
    return machine_number(m, width, &length);
}

static NstStatus run_stop(Machine *m, int unused)
{
    (void)unused;
    return machine_pop(m, &m->value);
}

/* ---- Plain values -------------------------------------------------------------------------------------- */

/* NONE, OTHER and empty containers. */
static NstStatus run_new(Machine *m, int kind)
{
    PickleValue *value;
    return machine_push_new(m, &value, (PickleKind)kind);
}

static NstStatus push_integer(Machine *m, PickleKind kind, int64_t integer)
{
    PickleValue *value;
    NstStatus status = machine_push_new(m, &value, kind);
    if (status == NST_OK)
        value->integer = integer;
    return status;
}

static NstStatus run_boolean(Machine *m, int boolean)
{
    return push_integer(m, PICKLE_BOOLEAN, boolean);
}

static NstStatus run_unsigned(Machine *m, int width)
{
    uint64_t number = 0;
    NstStatus status = machine_number(m, width, &number);
    return status == NST_OK ? push_integer(m, PICKLE_INTEGER, (int64_t)number) : status;
}

/* Two's complement in `width` bytes, 1 to 8. */
static int64_t extend_sign(uint64_t number, size_t width)
{
    uint64_t sign = UINT64_C(1) << (8 * width - 1);
    return (int64_t)((number ^ sign) - sign);
}

static NstStatus run_signed(Machine *m, int width)
{
    uint64_t number = 0;
    NstStatus status = machine_number(m, width, &number);
    if (status != NST_OK)
        return status;
    return push_integer(m, PICKLE_INTEGER, extend_sign(number, (size_t)width));
}

/* An integer of any length; no bytes mean zero. */
static NstStatus run_long(Machine *m, int width)
{
    const uint8_t *bytes = NULL;
    size_t count = 0;
    NstStatus status = machine_counted(m, width, &bytes, &count);
    if (status != NST_OK)
        return status;
    if (count > 8)
        return run_new(m, PICKLE_OTHER);
    return push_integer(m, PICKLE_INTEGER,
                        count ? extend_sign(numbers_little_endian(bytes, count), count) : 0);
}

static NstStatus run_float(Machine *m, int width)
{
    const uint8_t *bytes = NULL;
    NstStatus status = machine_fetch(m, (uint64_t)width, &bytes);
    return status == NST_OK ? run_new(m, PICKLE_OTHER) : status;
}

/* Python 2's byte strings are texts too: its picklers wrote names as such. */
static NstStatus run_text(Machine *m, int width)
{
    const uint8_t *bytes = NULL;
    size_t count = 0;
    NstStatus status = machine_counted(m, width, &bytes, &count);
    PickleValue *value = NULL;
    if (status == NST_OK)
        status = machine_push_new(m, &value, PICKLE_TEXT);
    if (status != NST_OK)
        return status;
    value->text = (const char *)bytes;
    value->size = count;
    return NST_OK;
}

static NstStatus run_bytes(Machine *m, int width)
{
    const uint8_t *bytes = NULL;
    size_t count = 0;
    NstStatus status = machine_counted(m, width, &bytes, &count);
    return status == NST_OK ? run_new(m, PICKLE_OTHER) : status;
}

/* ---- The memo ------------------------------------------------------------------------------------------ */

static NstStatus put(Machine *m, uint64_t place)
{
    PickleValue *value = m->stack.count > 0 ? m->stack.value[m->stack.count - 1] : NULL;
    /* Picklers number from 0 or 1 up, and each place takes an instruction. */
    if (!value || place > m->done)
        return machine_damaged(m);
    NstStatus status = machine_grow(m, &m->memo, (size_t)place + 1);
    if (status != NST_OK)
        return status;
    while (m->memo.count <= place)
        m->memo.value[m->memo.count++] = NULL;
    m->memorised += !m->memo.value[place];
    m->memo.value[place] = value;
    return NST_OK;
}

static NstStatus run_put(Machine *m, int width)
{
    uint64_t place = 0;
    NstStatus status = machine_number(m, width, &place);
    return status == NST_OK ? put(m, place) : status;
}

static NstStatus run_memoize(Machine *m, int unused)
{
    (void)unused;
    return put(m, m->memorised);
}

static NstStatus run_get(Machine *m, int width)
{
    uint64_t place = 0;
    NstStatus status = machine_number(m, width, &place);
    if (status != NST_OK)
        return status;
    if (place >= m->memo.count || !m->memo.value[place])
        return machine_damaged(m);
    return machine_push(m, m->memo.value[place]);
}

/* ---- Containers ---------------------------------------------------------------------------------------- */

static NstStatus run_mark(Machine *m, int unused)
{
    (void)unused;
    return machine_push(m, NULL);
}

/* A new tuple of the values from place `begin` up; the caller puts it on the stack. */
static NstStatus make_tuple(Machine *m, PickleValue **out, size_t begin)
{
    NstStatus status = machine_new(m, out, PICKLE_TUPLE);
    return status == NST_OK ? machine_move(m, begin, *out) : status;
}

/* A tuple of the topmost `count` values. */
static NstStatus run_tuple(Machine *m, int count)
{
    if (m->stack.count < (size_t)count)
        return machine_damaged(m);
    size_t begin = m->stack.count - (size_t)count;
    for (size_t i = begin; i < m->stack.count; i++)
        if (!m->stack.value[i])
            return machine_damaged(m);
    PickleValue *tuple;
    NstStatus status = make_tuple(m, &tuple, begin);
    return status == NST_OK ? machine_push(m, tuple) : status;
}

/* A tuple of everything above the mark. */
static NstStatus run_marked_tuple(Machine *m, int unused)
{
    (void)unused;
    size_t mark = 0;
    if (!machine_find_mark(m, &mark))
        return machine_damaged(m);
    PickleValue *tuple;
    NstStatus status = make_tuple(m, &tuple, mark + 1);
    if (status == NST_OK)
        m->stack.value[mark] = tuple;
    return status;
}

/* The topmost 1 (list) or 2 (dict: key and value) values go into the container below them. */
static NstStatus run_append(Machine *m, int kind)
{
    size_t count = kind == PICKLE_DICT ? 2 : 1;
    PickleValue *item[2] = {NULL};
    NstStatus status = NST_OK;
    for (size_t i = count; status == NST_OK && i-- > 0;)
        status = machine_pop(m, &item[i]);
    PickleValue *container = machine_top(m, (PickleKind)kind);
    if (status == NST_OK && !container)
        status = machine_damaged(m);
    for (size_t i = 0; status == NST_OK && i < count; i++)
        status = machine_append(m, container, item[i]);
    return status;
}

/* The same with everything above the mark. */
static NstStatus run_append_marked(Machine *m, int kind)
{
    size_t mark = 0;
    if (!machine_find_mark(m, &mark) || mark == 0)
        return machine_damaged(m);
    PickleValue *container = m->stack.value[mark - 1];
    size_t count = m->stack.count - mark - 1;
    if (!container || container->kind != (PickleKind)kind || (kind == PICKLE_DICT && count % 2))
        return machine_damaged(m);
    NstStatus status = machine_move(m, mark + 1, container);
    m->stack.count = mark;
    return status;
}

/* ---- Names and calls ----------------------------------------------------------------------------------- */

/* Other characters could disguise the name in a message. */
static void keep_printable(char *text)
{
    for (; *text; text++)
        if (!g_ascii_isprint(*text))
            *text = '?';
}

/* Pushes the name if it is expected. */
static NstStatus push_name(Machine *m, const char *module, size_t module_size, const char *name,
                           size_t name_size)
{
    char joined[2 * PICKLE_LINE_MAX + 2];
    if (module_size > PICKLE_LINE_MAX || name_size > PICKLE_LINE_MAX)
        return machine_damaged(m);
    g_snprintf(joined, sizeof joined, "%.*s.%.*s", (int)module_size, module, (int)name_size, name);
    const char *found = strcmp(joined, ordered_dict) == 0 ? ordered_dict : NULL;
    for (const char *const *expected = m->expected; !found && *expected; expected++)
        if (strcmp(joined, *expected) == 0)
            found = *expected;
    keep_printable(joined);
    if (!found)
        return weights_refuse(
            m->error, m->path,
            "it tries to call “%s”, which a file of tensors doesn't need. Nothing was called; only dicts of "
            "tensors (a model's state_dict) can be read",
            joined);
    PickleValue *value;
    NstStatus status = machine_push_new(m, &value, PICKLE_NAME);
    if (status == NST_OK)
        value->text = found;
    return status;
}

static NstStatus run_name(Machine *m, int unused)
{
    (void)unused;
    const char *module = NULL, *name = NULL;
    size_t module_size = 0, name_size = 0;
    NstStatus status = machine_line(m, &module, &module_size);
    if (status == NST_OK)
        status = machine_line(m, &name, &name_size);
    return status == NST_OK ? push_name(m, module, module_size, name, name_size) : status;
}

/* The same with the module and the name on the stack. */
static NstStatus run_stacked_name(Machine *m, int unused)
{
    (void)unused;
    PickleValue *name, *module = NULL;
    NstStatus status = machine_pop(m, &name);
    if (status == NST_OK)
        status = machine_pop(m, &module);
    if (status != NST_OK)
        return status;
    if (name->kind != PICKLE_TEXT || module->kind != PICKLE_TEXT)
        return machine_damaged(m);
    return push_name(m, module->text, module->size, name->text, name->size);
}

/* OrderedDict's argument, as Python 2 wrote it: a list of pairs. */
static NstStatus fill_dict(Machine *m, PickleValue *dict, const PickleValue *pairs)
{
    if (pairs->kind != PICKLE_LIST)
        return machine_damaged(m);
    for (const PickleItem *pair = pairs->first; pair; pair = pair->next) {
        bool proper =
            (pair->value->kind == PICKLE_LIST || pair->value->kind == PICKLE_TUPLE) && pair->value->size == 2;
        NstStatus status = proper ? machine_count(m) : machine_damaged(m);
        if (status == NST_OK)
            status = machine_append(m, dict, pair->value->first->value);
        if (status == NST_OK)
            status = machine_append(m, dict, pair->value->last->value);
        if (status != NST_OK)
            return status;
    }
    return NST_OK;
}

/* Where Python would call, the name and its arguments are recorded for the caller to interpret. */
static NstStatus run_call(Machine *m, int unused)
{
    (void)unused;
    PickleValue *arguments, *name = NULL, *value;
    NstStatus status = machine_pop(m, &arguments);
    if (status == NST_OK)
        status = machine_pop(m, &name);
    if (status != NST_OK)
        return status;
    if (arguments->kind != PICKLE_TUPLE || name->kind != PICKLE_NAME)
        return machine_damaged(m);
    bool dict = name->text == ordered_dict;
    status = machine_push_new(m, &value, dict ? PICKLE_DICT : PICKLE_CALL);
    if (status != NST_OK)
        return status;
    if (dict)
        return arguments->size > 0 ? fill_dict(m, value, arguments->first->value) : NST_OK;
    value->text = name->text;
    value->size = arguments->size;
    value->first = arguments->first; /* shared: a tuple doesn't change */
    value->last = arguments->last;
    return NST_OK;
}

/* Where Python would set an object's attributes (a state dict's _metadata), they are dropped. */
static NstStatus run_build(Machine *m, int unused)
{
    (void)unused;
    PickleValue *attributes;
    NstStatus status = machine_pop(m, &attributes);
    if (status != NST_OK)
        return status;
    return machine_top(m, PICKLE_DICT) || machine_top(m, PICKLE_CALL) ? NST_OK : machine_damaged(m);
}

static NstStatus run_persistent(Machine *m, int unused)
{
    (void)unused;
    PickleValue *tuple, *value;
    NstStatus status = machine_pop(m, &tuple);
    if (status != NST_OK)
        return status;
    if (tuple->kind != PICKLE_TUPLE)
        return machine_damaged(m);
    status = machine_push_new(m, &value, PICKLE_PERSISTENT);
    if (status != NST_OK)
        return status;
    value->size = tuple->size;
    value->first = tuple->first;
    value->last = tuple->last;
    return machine_append(m, m->persistent, value);
}

/* ---- The machine --------------------------------------------------------------------------------------- */

static const Instruction instructions[256] = {
    [0x80] = {run_protocol, 1},
    [0x95] = {run_frame, 8},
    ['.'] = {run_stop, 0},

    ['N'] = {run_new, PICKLE_NONE},
    [0x88] = {run_boolean, true},
    [0x89] = {run_boolean, false},
    ['K'] = {run_unsigned, 1},
    ['M'] = {run_unsigned, 2},
    ['J'] = {run_signed, 4},
    [0x8a] = {run_long, 1},
    [0x8b] = {run_long, 4},
    ['G'] = {run_float, 8},
    ['U'] = {run_text, 1},
    ['T'] = {run_text, 4},
    [0x8c] = {run_text, 1},
    ['X'] = {run_text, 4},
    [0x8d] = {run_text, 8},
    ['C'] = {run_bytes, 1},
    ['B'] = {run_bytes, 4},
    [0x8e] = {run_bytes, 8},

    ['q'] = {run_put, 1},
    ['r'] = {run_put, 4},
    [0x94] = {run_memoize, 0},
    ['h'] = {run_get, 1},
    ['j'] = {run_get, 4},

    ['('] = {run_mark, 0},
    [')'] = {run_new, PICKLE_TUPLE},
    [0x85] = {run_tuple, 1},
    [0x86] = {run_tuple, 2},
    [0x87] = {run_tuple, 3},
    ['t'] = {run_marked_tuple, 0},
    [']'] = {run_new, PICKLE_LIST},
    ['a'] = {run_append, PICKLE_LIST},
    ['e'] = {run_append_marked, PICKLE_LIST},
    ['}'] = {run_new, PICKLE_DICT},
    ['s'] = {run_append, PICKLE_DICT},
    ['u'] = {run_append_marked, PICKLE_DICT},

    ['c'] = {run_name, 0},
    [0x93] = {run_stacked_name, 0},
    ['R'] = {run_call, 0},
    [0x81] = {run_call, 0}, /* a class and the arguments of its __new__ */
    ['b'] = {run_build, 0},
    ['Q'] = {run_persistent, 0},
};

static NstStatus step(Machine *m)
{
    uint64_t code = 0;
    NstStatus status = machine_number(m, 1, &code);
    if (status == NST_OK)
        status = machine_count(m);
    if (status != NST_OK)
        return status;
    const Instruction *instruction = &instructions[code];
    if (!instruction->run)
        return weights_refuse(
            m->error, m->path,
            "its list of tensors (a pickle) uses instruction 0x%02x, which a dict of tensors doesn't need; "
            "it is damaged, or is not a state_dict",
            (unsigned)code);
    return instruction->run(m, instruction->argument);
}

NstStatus pickle_read(Pickle *pickle, const uint8_t *bytes, size_t size, const char *const *expected,
                      const char *path, NstError *error)
{
    *pickle = (Pickle){0};
    Machine m = {
        .pickle = pickle, .bytes = bytes, .size = size, .expected = expected, .path = path, .error = error};
    NstStatus status = machine_new(&m, &m.persistent, PICKLE_LIST);
    while (status == NST_OK && !m.value)
        status = step(&m);
    g_free(m.stack.value);
    g_free(m.memo.value);
    pickle->value = m.value;
    pickle->persistent = m.persistent;
    pickle->length = m.at;
    if (status != NST_OK)
        pickle_clear(pickle);
    return status;
}

const PickleValue *pickle_item(const PickleValue *value, size_t index)
{
    const PickleItem *item = value->first;
    while (item && index-- > 0)
        item = item->next;
    return item ? item->value : NULL;
}

bool pickle_text_is(const PickleValue *value, const char *text)
{
    return value && value->kind == PICKLE_TEXT && value->size == strlen(text) &&
           memcmp(value->text, text, value->size) == 0;
}

const PickleValue *pickle_member(const PickleValue *dict, const char *key)
{
    for (const PickleItem *item = dict->first; item; item = item->next->next)
        if (pickle_text_is(item->value, key))
            return item->next->value;
    return NULL;
}
