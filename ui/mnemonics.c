/* mnemonics.c: each label of the table asks for a letter, and so does each translation; in a dialog of thirty
 * rows they can't all be kept different by hand. The first label to ask for a letter gets it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mnemonics.h"

/* The label without its underscore, to be freed with g_free; *own: the letter it asks for, or 0. */
static char *plain_of(const char *label, gunichar *own)
{
    GString *plain = g_string_new(NULL);
    *own = 0;
    for (const char *at = label; *at; at = g_utf8_next_char(at)) {
        if (*at == '_' && at[1] && !*own) {
            *own = g_unichar_tolower(g_utf8_get_char(at + 1));
            continue;
        }
        g_string_append_unichar(plain, g_utf8_get_char(at));
    }
    return g_string_free(plain, FALSE);
}

static gboolean is_free(const GString *taken, gunichar letter)
{
    return g_unichar_isalnum(letter) && !g_utf8_strchr(taken->str, (gssize)taken->len, letter);
}

/* The first letter that is free; NULL: none is. */
static const char *first_free(const GString *taken, const char *plain)
{
    for (const char *at = plain; *at; at = g_utf8_next_char(at))
        if (is_free(taken, g_unichar_tolower(g_utf8_get_char(at))))
            return at;
    return NULL;
}

char *mnemonics_take(GString *taken, const char *label)
{
    gunichar own;
    char *plain = plain_of(label, &own);
    if (own && is_free(taken, own)) {
        g_string_append_unichar(taken, own);
        g_free(plain);
        return g_strdup(label);
    }
    const char *at = first_free(taken, plain);
    if (!at)
        return plain;
    g_string_append_unichar(taken, g_unichar_tolower(g_utf8_get_char(at)));
    char *result = g_strdup_printf("%.*s_%s", (int)(at - plain), plain, at);
    g_free(plain);
    return result;
}
