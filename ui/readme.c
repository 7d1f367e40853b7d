/* readme.c: parses the README's Markdown line by line: headings, paragraphs, lists and code, and in them bold
 * text, emphasis, code and links, of which only the words are shown. Pictures and comments are left out: the
 * window that the pictures show is on the screen already.
 *
 * Rejected: a page for the web browser. There may be no browser; the page would be in English only, although
 * the settings are translated; and a sandboxed browser (such as Ubuntu's Firefox) may not read GIMP's
 * folders. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readme.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* ---- Parts --------------------------------------------------------------------------------------------- */

/* Where the part begins and ends; false: there is no such part. */
static bool find_part(const char *markdown, const char *name, const char **begin, const char **end)
{
    char *first = g_strdup_printf("<!-- %s -->\n", name), *last = g_strdup_printf("<!-- /%s -->", name);
    *begin = strstr(markdown, first);
    *end = *begin ? strstr(*begin, last) : NULL;
    if (*begin)
        *begin += strlen(first);
    g_free(last);
    g_free(first);
    return *end;
}

char *readme_part(const char *markdown, const char *name)
{
    const char *begin, *end;
    return find_part(markdown, name, &begin, &end) ? g_strndup(begin, (gsize)(end - begin)) : NULL;
}

char *readme_replace(char *markdown, const char *name, const char *part)
{
    const char *begin, *end;
    if (!find_part(markdown, name, &begin, &end))
        return markdown;
    char *replaced = g_strdup_printf("%.*s%s%s", (int)(begin - markdown), markdown, part, end);
    g_free(markdown);
    return replaced;
}

/* ---- Within a block ------------------------------------------------------------------------------------ */

/* Where the pieces go, and the block that they belong to. */
typedef struct Output {
    ReadmeAdd add;
    void *data;
    ReadmeBlock block;
} Output;

static void put_piece(const Output *output, const char *begin, const char *end, ReadmeSpan span)
{
    char *text = g_strndup(begin, (gsize)(end - begin));
    if (*text)
        output->add(text, output->block, span, output->data);
    g_free(text);
}

/* The mark that a text begins with, and its meaning; NULL: it begins with none. */
static const char *mark_at(const char *text, ReadmeSpan *span)
{
    static const struct {
        const char *mark;
        ReadmeSpan span;
    } marks[] = {{"`", README_CODE}, {"**", README_STRONG}, {"*", README_EMPHASIS}};
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
        if (g_str_has_prefix(text, marks[i].mark)) {
            *span = marks[i].span;
            return marks[i].mark;
        }
    return NULL;
}

/* If a link begins here, the end of its words; otherwise NULL. */
static const char *words_end(const char *text)
{
    const char *end = *text == '[' ? strstr(text, "](") : NULL;
    return end && strchr(end, ')') ? end : NULL;
}

/* Puts out the marked text or the link that begins here, and returns its end; NULL: nothing begins here. */
static const char *put_marked(const Output *output, const char *text)
{
    ReadmeSpan span = README_PLAIN;
    const char *mark = mark_at(text, &span), *begin = text + (mark ? strlen(mark) : 1);
    const char *end = mark ? strstr(begin, mark) : words_end(text);
    if (!end || end == begin)
        return NULL;
    put_piece(output, begin, end, span);
    return mark ? end + strlen(mark) : strchr(end, ')') + 1;
}

static void put_text(const Output *output, const char *text)
{
    const char *plain = text;
    while (*text) {
        const char *after = NULL;
        if (strchr("`*[", *text)) {
            put_piece(output, plain, text, README_PLAIN);
            plain = text;
            after = put_marked(output, text);
        }
        if (after)
            plain = after;
        text = after ? after : text + 1;
    }
    put_piece(output, plain, text, README_PLAIN);
}

/* ---- Blocks -------------------------------------------------------------------------------------------- */

/* The block being read, which may continue in the next line. */
typedef struct Reading {
    Output output;
    GString *text;
    bool literal; /* within a code fence, where there are no marks */
} Reading;

static void end_block(Reading *reading)
{
    if (reading->text->len) {
        put_text(&reading->output, reading->text->str);
        reading->output.add("\n", reading->output.block, README_PLAIN, reading->output.data);
    }
    g_string_truncate(reading->text, 0);
    reading->output.block = README_PARAGRAPH;
}

static bool is_numbered(const char *line)
{
    gsize digits = strspn(line, "0123456789");
    return digits && g_str_has_prefix(line + digits, ". ");
}

static void begin_block(Reading *reading, ReadmeBlock block, const char *text)
{
    end_block(reading);
    reading->output.block = block;
    g_string_append_printf(reading->text, "%s%s", block == README_ITEM && !is_numbered(text) ? "• " : "",
                           text);
}

static void take_literal(Reading *reading, const char *line)
{
    end_block(reading);
    reading->output.add(line, README_LITERAL, README_CODE, reading->output.data);
    reading->output.add("\n", README_LITERAL, README_CODE, reading->output.data);
}

/* A table would be put out as it is written; the help has none. */
static void take_line(Reading *reading, char *line)
{
    bool fence = g_str_has_prefix(line, "```");
    if (fence)
        reading->literal = !reading->literal;
    if (fence)
        end_block(reading);
    else if (reading->literal || *line == '|')
        take_literal(reading, line);
    else if (*g_strstrip(line) == '\0' || g_str_has_prefix(line, "<!--") || g_str_has_prefix(line, "!["))
        end_block(reading);
    else if (*line == '#')
        begin_block(reading, README_HEADING, line + strspn(line, "# "));
    else if (g_str_has_prefix(line, "- "))
        begin_block(reading, README_ITEM, line + 2);
    else if (is_numbered(line))
        begin_block(reading, README_ITEM, line);
    else
        g_string_append_printf(reading->text, "%s%s", reading->text->len ? " " : "", line);
    if (reading->output.block == README_HEADING)
        end_block(reading);
}

void readme_walk(const char *markdown, ReadmeAdd add, void *data)
{
    Reading reading = {.output = {add, data, README_PARAGRAPH}, .text = g_string_new(NULL)};
    char **lines = g_strsplit(markdown, "\n", -1);
    for (char **line = lines; *line; line++)
        take_line(&reading, *line);
    end_block(&reading);
    g_strfreev(lines);
    g_string_free(reading.text, TRUE);
}
