/* draw_samples.c: draws the sample pictures into a folder (by default the current one):
 *
 *     draw-samples [FOLDER]
 *
 * They are drawn rather than found so that the project may give them away, and so that the demonstration
 * needs no network. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_samples.h"

#include <stdio.h>
#include <stdlib.h>

static bool save(Picture picture, const char *folder, const char *name)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    bool saved = length > 0 && (size_t)length < sizeof path && picture_write_png(&picture, path);
    if (saved)
        printf("%s\n", path);
    else
        fprintf(stderr, "draw-samples: %s was not drawn; is %s a folder you may write to?\n", name, folder);
    picture_free(&picture);
    return saved;
}

int main(int argc, char **argv)
{
    if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
        fprintf(stderr, "usage: draw-samples [FOLDER]\n");
        return EXIT_FAILURE;
    }
    const char *folder = argc == 2 ? argv[1] : ".";
    bool saved =
        save(draw_painting(), folder, "sample-style.png") && save(draw_scene(), folder, "sample-content.png");
    return saved ? EXIT_SUCCESS : EXIT_FAILURE;
}
