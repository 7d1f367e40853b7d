/* readme.h: the project's README as a text to be read in a window: its marks of Markdown become kinds of
 * text. Knows no GTK; any thread. */
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

/* Told of one piece of text after the other; the last piece of a block is "\n". */
typedef void (*ReadmeAdd)(const char *text, ReadmeBlock block, ReadmeSpan span, void *data);

/* Goes through a text in Markdown, as far as the README uses it. */
void readme_tell(const char *markdown, ReadmeAdd add, void *data);

/* What lies between the lines <!-- name --> and <!-- /name -->; NULL: they aren't there. The caller frees it
 * with g_free. */
char *readme_part(const char *markdown, const char *name);

/* Puts another text between these lines, where they are. Frees the old one; the caller frees what is returned
 * with g_free. */
char *readme_replace(char *markdown, const char *name, const char *part);

#endif
