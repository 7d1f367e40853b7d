/* pickle_machine.c: the stack machine's parts, each of which checks what it is given: the stack may be empty,
 * the bytes may end. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pickle_machine.h"

#include "core/weights/numbers.h"
#include "core/weights/safetensors.h"

#include <glib.h>
#include <string.h>

enum { INSTRUCTIONS_MAX = 1 << 19, BLOCK_BYTES = 8 << 10 };

struct PickleBlock {
    PickleBlock *next;
    size_t used;
    union {
        uint8_t bytes[BLOCK_BYTES];
        PickleValue value; /* for the alignment */
    } room;
};

NstStatus machine_damaged(Machine *m)
{
    return weights_refuse(m->error, m->path, "its list of tensors (a pickle) makes no sense; it is damaged");
}

NstStatus machine_count(Machine *m)
{
    if (++m->done <= INSTRUCTIONS_MAX)
        return NST_OK;
    return weights_refuse(m->error, m->path, "its list of tensors is longer than any network's");
}

/* ---- Room ---------------------------------------------------------------------------------------------- */

static NstStatus no_memory(Machine *m, size_t bytes)
{
    return nst_fail_memory(m->error, "a weights file's list of tensors", (double)bytes);
}

/* Zeroed room for a value or an item. */
static NstStatus take_room(Machine *m, void **out, size_t size)
{
    PickleBlock *block = m->pickle->blocks;
    *out = NULL;
    if (!block || size > BLOCK_BYTES - block->used) {
        block = g_try_new0(PickleBlock, 1);
        if (!block)
            return no_memory(m, sizeof *block);
        block->next = m->pickle->blocks;
        m->pickle->blocks = block;
    }
    *out = block->room.bytes + block->used;
    block->used += size; /* both sizes are multiples of the alignment */
    return NST_OK;
}

NstStatus machine_new(Machine *m, PickleValue **out, PickleKind kind)
{
    void *room;
    NstStatus status = take_room(m, &room, sizeof **out);
    *out = room;
    if (status == NST_OK)
        (*out)->kind = kind;
    return status;
}

NstStatus machine_grow(Machine *m, Row *row, size_t count)
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

NstStatus machine_append(Machine *m, PickleValue *to, const PickleValue *value)
{
    void *room;
    NstStatus status = take_room(m, &room, sizeof(PickleItem));
    if (status != NST_OK)
        return status;
    PickleItem *item = room;
    item->value = value;
    if (to->last)
        to->last->next = item;
    else
        to->first = item;
    to->last = item;
    to->size++;
    return NST_OK;
}

void pickle_clear(Pickle *pickle)
{
    for (PickleBlock *block = pickle->blocks, *next; block; block = next) {
        next = block->next;
        g_free(block);
    }
    *pickle = (Pickle){0};
}

/* ---- The stack ----------------------------------------------------------------------------------------- */

NstStatus machine_push(Machine *m, PickleValue *value)
{
    NstStatus status = machine_grow(m, &m->stack, m->stack.count + 1);
    if (status == NST_OK)
        m->stack.value[m->stack.count++] = value;
    return status;
}

NstStatus machine_push_new(Machine *m, PickleValue **out, PickleKind kind)
{
    NstStatus status = machine_new(m, out, kind);
    if (status == NST_OK)
        status = machine_push(m, *out);
    if (status != NST_OK)
        *out = NULL;
    return status;
}

/* The topmost value, of any kind; NULL: there is none, or a mark lies there. */
static PickleValue *topmost(const Machine *m)
{
    return m->stack.count > 0 ? m->stack.value[m->stack.count - 1] : NULL;
}

NstStatus machine_pop(Machine *m, PickleValue **out)
{
    *out = topmost(m);
    if (!*out)
        return machine_damaged(m);
    m->stack.count--;
    return NST_OK;
}

PickleValue *machine_top(Machine *m, PickleKind kind)
{
    PickleValue *value = topmost(m);
    return value && value->kind == kind ? value : NULL;
}

bool machine_find_mark(const Machine *m, size_t *mark)
{
    for (size_t i = m->stack.count; i-- > 0;)
        if (!m->stack.value[i]) {
            *mark = i;
            return true;
        }
    return false;
}

NstStatus machine_move(Machine *m, size_t begin, PickleValue *to)
{
    NstStatus status = NST_OK;
    for (size_t i = begin; status == NST_OK && i < m->stack.count; i++)
        status = machine_append(m, to, m->stack.value[i]);
    m->stack.count = begin;
    return status;
}

/* ---- The bytes ----------------------------------------------------------------------------------------- */

NstStatus machine_fetch(Machine *m, uint64_t count, const uint8_t **bytes)
{
    if (count > m->size - m->at)
        return weights_refuse(m->error, m->path,
                              "its list of tensors has no end; it is damaged or has been cut off");
    *bytes = m->bytes + m->at;
    m->at += (size_t)count;
    return NST_OK;
}

NstStatus machine_number(Machine *m, int width, uint64_t *number)
{
    const uint8_t *bytes = NULL;
    NstStatus status = machine_fetch(m, (uint64_t)width, &bytes);
    if (status == NST_OK)
        *number = numbers_little_endian(bytes, (size_t)width);
    return status;
}

NstStatus machine_counted(Machine *m, int width, const uint8_t **bytes, size_t *count)
{
    uint64_t number = 0;
    NstStatus status = machine_number(m, width, &number);
    if (status == NST_OK)
        status = machine_fetch(m, number, bytes);
    *count = (size_t)number;
    return status;
}

NstStatus machine_line(Machine *m, const char **text, size_t *size)
{
    size_t most = MIN(m->size - m->at, PICKLE_LINE_MAX);
    *text = (const char *)m->bytes + m->at;
    const char *end = most > 0 ? memchr(*text, '\n', most) : NULL;
    if (!end)
        return machine_damaged(m);
    *size = (size_t)(end - *text);
    m->at += *size + 1;
    return NST_OK;
}
