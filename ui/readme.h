/* readme.h: parses the project's README for display in a window: its Markdown becomes pieces of text of
 * certain kinds. Knows no GTK; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_README_H
#define UI_README_H

typedef enum ReadmeBlock {
    README_PARAGRAPH,
    README_HEADING,
    README_ITEM,
    README_LITERAL,
    README_BLOCKS
} ReadmeBlock;
typedef enum ReadmeSpan {
    README_PLAIN,
    README_STRONG,
    README_EMPHASIS,
    README_CODE,
    README_SPANS
} ReadmeSpan;

/* Called with one piece of text after another; the last piece of each block is "\n". */
typedef void (*ReadmeAdd)(const char *text, ReadmeBlock block, ReadmeSpan span, void *data);

/* Calls `add` for every piece of a Markdown text. Understands only the Markdown that the README uses. */
void readme_walk(const char *markdown, ReadmeAdd add, void *data);

/* The text between the lines <!-- name --> and <!-- /name -->, which the caller frees with g_free; NULL: the
 * lines aren't there. */
char *readme_part(const char *markdown, const char *name);

/* Replaces the text between these lines, if they are there, with `part`. Frees `markdown`; the caller frees
 * the result with g_free. */
char *readme_replace(char *markdown, const char *name, const char *part);

#endif
