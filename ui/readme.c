/* readme.c: the README's own Markdown, a line at a time: headings, paragraphs, lists and code; in them strong
 * words, emphasis, code and links, of which the words are shown. Pictures and comments are left out: the
 * window that they show is behind the one that is read.
 *
 * Rejected: a page for the web browser, which may not be there, shows a text in one language where the
 * settings are known in the user's, and, where it comes in a box of its own (as Ubuntu's Firefox does), may
 * not read what lies in GIMP's folders. */
#include "readme.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* ---- Parts --------------------------------------------------------------------------------------------- */

/* Where the part begins and ends; false: it isn't there. */
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

/* Whom the text is told, and in which block. */
typedef struct Telling {
    ReadmeAdd add;
    void *data;
    ReadmeBlock block;
} Telling;

static void tell_piece(const Telling *telling, const char *begin, const char *end, ReadmeSpan span)
{
    char *text = g_strndup(begin, (gsize)(end - begin));
    if (*text)
        telling->add(text, telling->block, span, telling->data);
    g_free(text);
}

/* The mark that a text begins with, and its meaning; NULL: none. */
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

/* The end of a link's words, where one begins; NULL: none does. */
static const char *words_end(const char *text)
{
    const char *end = *text == '[' ? strstr(text, "](") : NULL;
    return end && strchr(end, ')') ? end : NULL;
}

/* What is marked, or a link's words, up to the end of the mark; NULL: nothing begins here. */
static const char *tell_marked(const Telling *telling, const char *text)
{
    ReadmeSpan span = README_PLAIN;
    const char *mark = mark_at(text, &span), *begin = text + (mark ? strlen(mark) : 1);
    const char *end = mark ? strstr(begin, mark) : words_end(text);
    if (!end || end == begin)
        return NULL;
    tell_piece(telling, begin, end, span);
    return mark ? end + strlen(mark) : strchr(end, ')') + 1;
}

static void tell_text(const Telling *telling, const char *text)
{
    const char *plain = text;
    while (*text) {
        const char *after = NULL;
        if (strchr("`*[", *text)) {
            tell_piece(telling, plain, text, README_PLAIN);
            plain = text;
            after = tell_marked(telling, text);
        }
        if (after)
            plain = after;
        text = after ? after : text + 1;
    }
    tell_piece(telling, plain, text, README_PLAIN);
}

/* ---- Blocks -------------------------------------------------------------------------------------------- */

/* A block that may go on in the next line. */
typedef struct Reading {
    Telling telling;
    GString *text;
    bool literal; /* within a fence nothing is a mark */
} Reading;

static void end_block(Reading *reading)
{
    if (reading->text->len) {
        tell_text(&reading->telling, reading->text->str);
        reading->telling.add("\n", reading->telling.block, README_PLAIN, reading->telling.data);
    }
    g_string_truncate(reading->text, 0);
    reading->telling.block = README_PARAGRAPH;
}

static bool is_numbered(const char *line)
{
    gsize digits = strspn(line, "0123456789");
    return digits && g_str_has_prefix(line + digits, ". ");
}

static void begin_block(Reading *reading, ReadmeBlock block, const char *text)
{
    end_block(reading);
    reading->telling.block = block;
    g_string_append_printf(reading->text, "%s%s", block == README_ITEM && !is_numbered(text) ? "• " : "",
                           text);
}

static void take_literal(Reading *reading, const char *line)
{
    end_block(reading);
    reading->telling.add(line, README_LITERAL, README_CODE, reading->telling.data);
    reading->telling.add("\n", README_LITERAL, README_CODE, reading->telling.data);
}

/* A table, of which the part has none, would come out as it is written. */
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
    if (reading->telling.block == README_HEADING)
        end_block(reading);
}

void readme_tell(const char *markdown, ReadmeAdd add, void *data)
{
    Reading reading = {.telling = {add, data, README_PARAGRAPH}, .text = g_string_new(NULL)};
    char **lines = g_strsplit(markdown, "\n", -1);
    for (char **line = lines; *line; line++)
        take_line(&reading, *line);
    end_block(&reading);
    g_strfreev(lines);
    g_string_free(reading.text, TRUE);
}
