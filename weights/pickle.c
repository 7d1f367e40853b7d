/* pickle.c: the stack machine. One table holds the instructions it knows, those that a dict of tensors is
 * written with (their meaning: Python's Lib/pickletools.py); any other ends the reading.
 *
 * One bound holds for everything: a pickle may have a million instructions, and each makes at most one value,
 * one item, one place on the stack and one in the memo. So a small file can't ask for much, a large one can't
 * ask for more than 100 MB, and both are done in an instant. Texts are not copied. All values lie in blocks
 * that are freed together, so it matters to nobody what refers to what, or how deep. */
#include "pickle.h"

#include "core/safetensors.h"

#include "numbers.h"
#include <glib.h>
#include <string.h>

enum { INSTRUCTIONS_MAX = 1 << 20, NAME_MAX_BYTES = 255, BLOCK_BYTES = 64 << 10 };

static const char ordered_dict[] = "collections.OrderedDict";

struct PickleBlock {
    PickleBlock *next;
    size_t used;
    union {
        uint8_t bytes[BLOCK_BYTES];
        PickleValue value; /* for the alignment */
    } room;
};

/* An array of values that grows; the stack's marks are NULL, and so is what the memo lacks. */
typedef struct Row {
    PickleValue **value;
    size_t count, room;
} Row;

typedef struct Machine {
    Pickle *pickle;
    const uint8_t *bytes;
    size_t size, at;
    const char *const *expected;
    Row stack, memo;
    size_t memorised;   /* places of the memo that are filled */
    size_t done;        /* instructions, and items that an instruction copied */
    PickleValue *value; /* the result, once there */
    PickleValue *persistent;
    const char *path;
    NstError *error;
} Machine;

typedef struct Instruction {
    NstStatus (*run)(Machine *, int);
    int argument; /* usually the width of the number that follows in the file */
} Instruction;

/* ---- Memory ------------------------------------------------------------------------------------------- */

static NstStatus no_memory(Machine *m, size_t bytes)
{
    return nst_fail_memory(m->error, "a weights file's list of tensors", (double)bytes);
}

/* Zeroed room for a value or an item; NULL: no memory, and the error is filled. */
static void *new_room(Machine *m, size_t size)
{
    PickleBlock *block = m->pickle->blocks;
    if (!block || size > BLOCK_BYTES - block->used) {
        block = g_try_new0(PickleBlock, 1);
        if (!block) {
            no_memory(m, sizeof *block);
            return NULL;
        }
        block->next = m->pickle->blocks;
        m->pickle->blocks = block;
    }
    void *room = block->room.bytes + block->used;
    block->used += size; /* both kinds are multiples of the alignment */
    return room;
}

static NstStatus grow(Machine *m, Row *row, size_t count)
{
    if (count <= row->room)
        return NST_OK;
    size_t room = MAX(2 * row->room, MAX(count, 64));
    PickleValue **value = g_try_renew(PickleValue *, row->value, room);
    if (!value)
        return no_memory(m, room * sizeof *value);
    row->value = value;
    row->room = room;
    return NST_OK;
}

static NstStatus append(Machine *m, PickleValue *to, const PickleValue *value)
{
    PickleItem *item = new_room(m, sizeof *item);
    if (!item)
        return NST_NO_MEMORY;
    item->value = value;
    if (to->last)
        to->last->next = item;
    else
        to->first = item;
    to->last = item;
    to->size++;
    return NST_OK;
}

/* ---- The stack ---------------------------------------------------------------------------------------- */

static NstStatus damaged(Machine *m)
{
    return weights_refuse(m->error, m->path, "its list of tensors (a pickle) makes no sense; it is damaged");
}

/* Everything that takes room or time is counted, and comes to an end. */
static NstStatus count_step(Machine *m)
{
    if (++m->done <= INSTRUCTIONS_MAX)
        return NST_OK;
    return weights_refuse(m->error, m->path, "its list of tensors is longer than any network's");
}

static NstStatus push(Machine *m, PickleValue *value)
{
    NstStatus status = grow(m, &m->stack, m->stack.count + 1);
    if (status == NST_OK)
        m->stack.value[m->stack.count++] = value;
    return status;
}

/* A new value on the stack; NULL: no memory. */
static PickleValue *push_new(Machine *m, PickleKind kind)
{
    PickleValue *value = new_room(m, sizeof *value);
    if (!value || push(m, value) != NST_OK)
        return NULL;
    value->kind = kind;
    return value;
}

/* Takes the topmost value; NULL: there is none above the last mark, and the error is filled. */
static PickleValue *pop(Machine *m)
{
    PickleValue *value = m->stack.count > 0 ? m->stack.value[m->stack.count - 1] : NULL;
    if (value)
        m->stack.count--;
    else
        damaged(m);
    return value;
}

/* The topmost value, if it is of this kind, left where it is. */
static PickleValue *top(Machine *m, PickleKind kind)
{
    PickleValue *value = m->stack.count > 0 ? m->stack.value[m->stack.count - 1] : NULL;
    return value && value->kind == kind ? value : NULL;
}

/* Finds the last mark; false: there is none. */
static bool find_mark(const Machine *m, size_t *mark)
{
    for (size_t i = m->stack.count; i-- > 0;)
        if (!m->stack.value[i]) {
            *mark = i;
            return true;
        }
    return false;
}

/* Moves what lies above stack place `begin` into `to`. */
static NstStatus move_items(Machine *m, size_t begin, PickleValue *to)
{
    NstStatus status = NST_OK;
    for (size_t i = begin; status == NST_OK && i < m->stack.count; i++)
        status = append(m, to, m->stack.value[i]);
    m->stack.count = begin;
    return status;
}

/* ---- Reading ------------------------------------------------------------------------------------------ */

/* The next `count` bytes. */
static NstStatus fetch(Machine *m, uint64_t count, const uint8_t **bytes)
{
    if (count > m->size - m->at)
        return weights_refuse(m->error, m->path,
                              "its list of tensors has no end; it is damaged or has been cut off");
    *bytes = m->bytes + m->at;
    m->at += (size_t)count;
    return NST_OK;
}

static NstStatus fetch_number(Machine *m, int width, uint64_t *number)
{
    const uint8_t *bytes = NULL;
    NstStatus status = fetch(m, (uint64_t)width, &bytes);
    if (status == NST_OK)
        *number = little_endian(bytes, (size_t)width);
    return status;
}

/* What a length and as many bytes stand for. */
static NstStatus fetch_counted(Machine *m, int width, const uint8_t **bytes, size_t *count)
{
    uint64_t number = 0;
    NstStatus status = fetch_number(m, width, &number);
    if (status == NST_OK)
        status = fetch(m, number, bytes);
    *count = (size_t)number;
    return status;
}

/* Up to the line's end, which is passed over. */
static NstStatus fetch_line(Machine *m, const char **text, size_t *size)
{
    size_t most = MIN(m->size - m->at, NAME_MAX_BYTES);
    *text = (const char *)m->bytes + m->at;
    const char *end = most > 0 ? memchr(*text, '\n', most) : NULL;
    if (!end)
        return damaged(m);
    *size = (size_t)(end - *text);
    m->at += *size + 1;
    return NST_OK;
}

/* ---- Instructions: the frame -------------------------------------------------------------------------- */

static NstStatus run_protocol(Machine *m, int width)
{
    uint64_t protocol = 0;
    NstStatus status = fetch_number(m, width, &protocol);
    if (status == NST_OK && (protocol < 2 || protocol > 5))
        return weights_refuse(m->error, m->path, "its list of tensors is a pickle of protocol %d, not 2 to 5",
                              (int)protocol);
    return status;
}

/* Frames serve buffered reading; we have all the bytes. */
static NstStatus run_frame(Machine *m, int width)
{
    uint64_t length = 0;
    return fetch_number(m, width, &length);
}

static NstStatus run_stop(Machine *m, int unused)
{
    (void)unused;
    m->value = pop(m);
    return m->value ? NST_OK : NST_BAD_FILE;
}

/* ---- Instructions: plain values ----------------------------------------------------------------------- */

/* NONE, and empty containers. */
static NstStatus run_new(Machine *m, int kind)
{
    return push_new(m, (PickleKind)kind) ? NST_OK : NST_NO_MEMORY;
}

static NstStatus push_integer(Machine *m, PickleKind kind, int64_t integer)
{
    PickleValue *value = push_new(m, kind);
    if (!value)
        return NST_NO_MEMORY;
    value->integer = integer;
    return NST_OK;
}

static NstStatus run_boolean(Machine *m, int boolean)
{
    return push_integer(m, PICKLE_BOOLEAN, boolean);
}

static NstStatus run_unsigned(Machine *m, int width)
{
    uint64_t number = 0;
    NstStatus status = fetch_number(m, width, &number);
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
    NstStatus status = fetch_number(m, width, &number);
    if (status != NST_OK)
        return status;
    return push_integer(m, PICKLE_INTEGER, extend_sign(number, (size_t)width));
}

/* An integer of any length; none is zero. */
static NstStatus run_long(Machine *m, int width)
{
    const uint8_t *bytes = NULL;
    size_t count = 0;
    NstStatus status = fetch_counted(m, width, &bytes, &count);
    if (status != NST_OK)
        return status;
    if (count > 8)
        return run_new(m, PICKLE_OTHER);
    return push_integer(m, PICKLE_INTEGER, count ? extend_sign(little_endian(bytes, count), count) : 0);
}

static NstStatus run_float(Machine *m, int width)
{
    const uint8_t *bytes = NULL;
    NstStatus status = fetch(m, (uint64_t)width, &bytes);
    return status == NST_OK ? run_new(m, PICKLE_OTHER) : status;
}

/* Python 2's strings are texts too: their protocol knew no others for names. */
static NstStatus run_text(Machine *m, int width)
{
    const uint8_t *bytes = NULL;
    size_t count = 0;
    NstStatus status = fetch_counted(m, width, &bytes, &count);
    if (status != NST_OK)
        return status;
    PickleValue *value = push_new(m, PICKLE_TEXT);
    if (!value)
        return NST_NO_MEMORY;
    value->text = (const char *)bytes;
    value->size = count;
    return NST_OK;
}

static NstStatus run_bytes(Machine *m, int width)
{
    const uint8_t *bytes = NULL;
    size_t count = 0;
    NstStatus status = fetch_counted(m, width, &bytes, &count);
    return status == NST_OK ? run_new(m, PICKLE_OTHER) : status;
}

/* ---- Instructions: the memo --------------------------------------------------------------------------- */

static NstStatus put(Machine *m, uint64_t place)
{
    PickleValue *value = m->stack.count > 0 ? m->stack.value[m->stack.count - 1] : NULL;
    /* Picklers number from 0 or 1 on, and each place takes an instruction. */
    if (!value || place > m->done)
        return damaged(m);
    NstStatus status = grow(m, &m->memo, (size_t)place + 1);
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
    NstStatus status = fetch_number(m, width, &place);
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
    NstStatus status = fetch_number(m, width, &place);
    if (status != NST_OK)
        return status;
    if (place >= m->memo.count || !m->memo.value[place])
        return damaged(m);
    return push(m, m->memo.value[place]);
}

/* ---- Instructions: containers ------------------------------------------------------------------------- */

static NstStatus run_mark(Machine *m, int unused)
{
    (void)unused;
    return push(m, NULL);
}

/* A tuple of the topmost `count` values. */
static NstStatus run_tuple(Machine *m, int count)
{
    if (m->stack.count < (size_t)count)
        return damaged(m);
    size_t begin = m->stack.count - (size_t)count;
    for (size_t i = begin; i < m->stack.count; i++)
        if (!m->stack.value[i])
            return damaged(m);
    PickleValue *tuple = new_room(m, sizeof *tuple);
    if (!tuple)
        return NST_NO_MEMORY;
    tuple->kind = PICKLE_TUPLE;
    NstStatus status = move_items(m, begin, tuple);
    return status == NST_OK ? push(m, tuple) : status;
}

/* A tuple of all that lies above the mark. */
static NstStatus run_marked_tuple(Machine *m, int unused)
{
    (void)unused;
    size_t mark = 0;
    if (!find_mark(m, &mark))
        return damaged(m);
    PickleValue *tuple = new_room(m, sizeof *tuple);
    if (!tuple)
        return NST_NO_MEMORY;
    tuple->kind = PICKLE_TUPLE;
    NstStatus status = move_items(m, mark + 1, tuple);
    m->stack.value[mark] = tuple;
    return status;
}

/* The topmost 1 (list) or 2 (dict: key and value) values go into the container below them. */
static NstStatus run_append(Machine *m, int kind)
{
    size_t count = kind == PICKLE_DICT ? 2 : 1;
    PickleValue *item[2] = {NULL};
    for (size_t i = count; i-- > 0;)
        if (!(item[i] = pop(m)))
            return NST_BAD_FILE;
    PickleValue *container = top(m, (PickleKind)kind);
    NstStatus status = container ? NST_OK : damaged(m);
    for (size_t i = 0; status == NST_OK && i < count; i++)
        status = append(m, container, item[i]);
    return status;
}

/* The same with all that lies above the mark. */
static NstStatus run_append_marked(Machine *m, int kind)
{
    size_t mark = 0;
    if (!find_mark(m, &mark) || mark == 0)
        return damaged(m);
    PickleValue *container = m->stack.value[mark - 1];
    size_t count = m->stack.count - mark - 1;
    if (!container || container->kind != (PickleKind)kind || (kind == PICKLE_DICT && count % 2))
        return damaged(m);
    NstStatus status = move_items(m, mark + 1, container);
    m->stack.count = mark;
    return status;
}

/* ---- Instructions: names and calls -------------------------------------------------------------------- */

/* Others could hide in a message what they are. */
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
    char joined[2 * NAME_MAX_BYTES + 2];
    if (module_size > NAME_MAX_BYTES || name_size > NAME_MAX_BYTES)
        return damaged(m);
    g_snprintf(joined, sizeof joined, "%.*s.%.*s", (int)module_size, module, (int)name_size, name);
    const char *found = strcmp(joined, ordered_dict) == 0 ? ordered_dict : NULL;
    for (const char *const *expected = m->expected; !found && *expected; expected++)
        if (strcmp(joined, *expected) == 0)
            found = *expected;
    keep_printable(joined);
    if (!found)
        return weights_refuse(
            m->error, m->path,
            "it wants to call “%s”, and a file of tensors has no need of that. Nothing was called; "
            "only dicts of tensors (a model's state_dict) can be read",
            joined);
    PickleValue *value = push_new(m, PICKLE_NAME);
    if (!value)
        return NST_NO_MEMORY;
    value->text = found;
    return NST_OK;
}

static NstStatus run_name(Machine *m, int unused)
{
    (void)unused;
    const char *module = NULL, *name = NULL;
    size_t module_size = 0, name_size = 0;
    NstStatus status = fetch_line(m, &module, &module_size);
    if (status == NST_OK)
        status = fetch_line(m, &name, &name_size);
    return status == NST_OK ? push_name(m, module, module_size, name, name_size) : status;
}

/* The same with the module and the name on the stack. */
static NstStatus run_stacked_name(Machine *m, int unused)
{
    (void)unused;
    const PickleValue *name = pop(m), *module = name ? pop(m) : NULL;
    if (!module)
        return NST_BAD_FILE;
    if (name->kind != PICKLE_TEXT || module->kind != PICKLE_TEXT)
        return damaged(m);
    return push_name(m, module->text, module->size, name->text, name->size);
}

/* OrderedDict's argument, as Python 2 wrote it: a list of pairs. */
static NstStatus fill_dict(Machine *m, PickleValue *dict, const PickleValue *pairs)
{
    if (pairs->kind != PICKLE_LIST)
        return damaged(m);
    for (const PickleItem *pair = pairs->first; pair; pair = pair->next) {
        bool proper =
            (pair->value->kind == PICKLE_LIST || pair->value->kind == PICKLE_TUPLE) && pair->value->size == 2;
        NstStatus status = proper ? count_step(m) : damaged(m);
        if (status == NST_OK)
            status = append(m, dict, pair->value->first->value);
        if (status == NST_OK)
            status = append(m, dict, pair->value->last->value);
        if (status != NST_OK)
            return status;
    }
    return NST_OK;
}

/* Where Python would call: the name and its arguments are kept, for whoever knows what they mean. */
static NstStatus run_call(Machine *m, int unused)
{
    (void)unused;
    const PickleValue *arguments = pop(m), *name = arguments ? pop(m) : NULL;
    if (!name)
        return NST_BAD_FILE;
    if (arguments->kind != PICKLE_TUPLE || name->kind != PICKLE_NAME)
        return damaged(m);
    bool dict = name->text == ordered_dict;
    PickleValue *value = push_new(m, dict ? PICKLE_DICT : PICKLE_CALL);
    if (!value)
        return NST_NO_MEMORY;
    if (dict)
        return arguments->size > 0 ? fill_dict(m, value, arguments->first->value) : NST_OK;
    value->text = name->text;
    value->size = arguments->size;
    value->first = arguments->first; /* a tuple doesn't change */
    value->last = arguments->last;
    return NST_OK;
}

/* Where Python would set an object's attributes (a state dict's _metadata): they are dropped. */
static NstStatus run_build(Machine *m, int unused)
{
    (void)unused;
    if (!pop(m))
        return NST_BAD_FILE;
    return top(m, PICKLE_DICT) || top(m, PICKLE_CALL) ? NST_OK : damaged(m);
}

static NstStatus run_persistent(Machine *m, int unused)
{
    (void)unused;
    const PickleValue *tuple = pop(m);
    if (!tuple)
        return NST_BAD_FILE;
    if (tuple->kind != PICKLE_TUPLE)
        return damaged(m);
    PickleValue *value = push_new(m, PICKLE_PERSISTENT);
    if (!value)
        return NST_NO_MEMORY;
    value->size = tuple->size;
    value->first = tuple->first;
    value->last = tuple->last;
    return append(m, m->persistent, value);
}

/* ---- The machine -------------------------------------------------------------------------------------- */

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
    NstStatus status = fetch_number(m, 1, &code);
    if (status != NST_OK)
        return status;
    status = count_step(m);
    if (status != NST_OK)
        return status;
    const Instruction *instruction = &instructions[code];
    if (!instruction->run)
        return weights_refuse(
            m->error, m->path,
            "its list of tensors (a pickle) uses instruction 0x%02x, and a dict of tensors has no need "
            "of that; it is damaged, or no state_dict",
            (unsigned)code);
    return instruction->run(m, instruction->argument);
}

NstStatus pickle_read(Pickle *pickle, const uint8_t *bytes, size_t size, const char *const *expected,
                      const char *path, NstError *error)
{
    *pickle = (Pickle){NULL};
    Machine m = {
        .pickle = pickle, .bytes = bytes, .size = size, .expected = expected, .path = path, .error = error};
    m.persistent = new_room(&m, sizeof *m.persistent);
    NstStatus status = m.persistent ? NST_OK : NST_NO_MEMORY;
    if (status == NST_OK)
        m.persistent->kind = PICKLE_LIST;
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

void pickle_clear(Pickle *pickle)
{
    for (PickleBlock *block = pickle->blocks, *next; block; block = next) {
        next = block->next;
        g_free(block);
    }
    *pickle = (Pickle){NULL};
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
