/* draw_styles.c: draws built-in styles into a folder, as NAME.jpg:
 *
 *     draw-styles FOLDER [NAME...]
 *
 * Without a name it draws all. They are drawn rather than found so that the project may give them away;
 * each is the manner of a technique, and no copy of anybody's painting. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Style {
    const char *name;
    Picture (*draw)(void);
    int quality;
} Style;

static const Style styles[] = {
#define STYLE(name, quality, title) {#name, draw_##name, quality},
#include "ui/styles/styles.def"
#undef STYLE
};
enum { STYLES = sizeof styles / sizeof *styles };

static bool draw(const Style *style, const char *folder)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s.jpg", folder, style->name);
    Picture picture = style->draw();
    bool written =
        length > 0 && (size_t)length < sizeof path && picture_write_jpeg(&picture, path, style->quality);
    if (written)
        printf("%s\n", path);
    picture_free(&picture);
    return written;
}

static bool draw_named(const char *name, const char *folder)
{
    for (int i = 0; i < STYLES; i++)
        if (strcmp(styles[i].name, name) == 0)
            return draw(&styles[i], folder);
    fprintf(stderr, "draw-styles: there is no style %s\n", name);
    return false;
}

int main(int argc, char **argv)
{
    bool good = true;
    if (argc < 2 || argv[1][0] == '-') {
        fprintf(stderr, "usage: draw-styles FOLDER [NAME...]\n");
        return EXIT_FAILURE;
    }
    for (int i = 2; i < argc; i++)
        good = draw_named(argv[i], argv[1]) && good;
    for (int i = 0; argc == 2 && i < STYLES; i++)
        good = draw(&styles[i], argv[1]) && good;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
