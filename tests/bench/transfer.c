/* transfer.c: paints one picture in the style of another with core alone, without GIMP, for curve.py and
 * gallery.py. Prints the seconds that it took. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include "measure.h"
#include "painting.h"
#include "ppm.h"
#include "scene.h"

#include <stdio.h>
#include <string.h>

/* --preview SIDE: only the scales of a preview with that many pixels. */
int transfer(int count, char **arguments)
{
    Painting painting;
    NstImage result;
    NstError error = {0};
    bool preview = count > 1 && strcmp(arguments[0], "--preview") == 0;
    int skipped = preview ? 2 : 0;
    painting_read(&painting, "transfer [--preview SIDE]", count - skipped, arguments + skipped);
    NstPreview size = {.side = preview ? parse_side(arguments[1]) : 0};
    double began = seconds_now();
    NstNetwork *network = network_for(&painting.settings);
    NstStatus status = preview ? nst_run_preview(network, &painting.job, &size, &result, &error)
                               : nst_run(network, &painting.job, &result, &error);
    if (status != NST_OK)
        die("%s", error.message);
    printf("%.2f\n", seconds_now() - began);
    nst_close(network);
    ppm_write(painting.out, &result);
    nst_image_free(&result);
    painting_free(&painting);
    return 0;
}
