/* painting_name.c: GIMP shows some thirty characters of a layer's name, so nothing is in it but the two
 * names, without what belongs to files: endings, and in the style's, which is shown as a title, underscores.
 * The content keeps its own spelling, which is what the layer below is called. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "painting_name.h"

#include "ui/words.h"

#include <glib.h>
#include <string.h>

enum { MOST_CHARACTERS = 24 }; /* of each part */

const char *painting_name_title(const char *style)
{
    static const struct {
        const char *name, *title;
    } titles[] = {
#define STYLE(name, quality, title) {#name, title},
#include "ui/styles/styles.def"
#undef STYLE
    };
    for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
        if (strcmp(titles[i].name, style) == 0)
            return _(titles[i].title);
    return NULL;
}

/* A dot followed by up to four letters and digits, the first a letter: "v1.5" has no ending. The caller frees
 * it with g_free. */
static char *without_ending(const char *name)
{
    const char *dot = strrchr(name, '.');
    bool ending = dot && dot > name && g_ascii_isalpha(dot[1]) && strlen(dot + 1) <= 4;
    for (const char *at = dot; ending && *++at;)
        ending = g_ascii_isalnum(*at);
    return ending ? g_strndup(name, (gsize)(dot - name)) : g_strdup(name);
}

/* "starry_night" becomes "Starry Night". Words that were apart from the start keep their spelling. The caller
 * frees it with g_free. */
static char *as_title(const char *name)
{
    GString *title = g_string_new(NULL);
    bool begins = true;
    for (const char *at = name; *at; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        g_string_append_unichar(title, *at == '_' ? ' ' : begins ? g_unichar_toupper(letter) : letter);
        begins = *at == '_';
    }
    g_strstrip(title->str);
    return g_string_free(title, FALSE);
}

/* Frees the name; the caller frees the result with g_free. */
static char *shortened(char *name)
{
    if (g_utf8_strlen(name, -1) <= MOST_CHARACTERS)
        return name;
    char *begin = g_strchomp(g_utf8_substring(name, 0, MOST_CHARACTERS - 1));
    char *cut = g_strconcat(begin, "…", NULL);
    g_free(begin);
    g_free(name);
    return cut;
}

char *painting_name_new(const char *style, const char *content)
{
    const char *title = painting_name_title(style);
    char *bare = without_ending(style), *first = shortened(title ? g_strdup(title) : as_title(bare));
    char *second = shortened(without_ending(content));
    char *name = g_strdup_printf("%s · %s", first, second);
    g_free(second);
    g_free(first);
    g_free(bare);
    return name;
}
