/* painting.c: reads the arguments. The settings are parsed as one text, so that preset= applies first
 * wherever it is. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "painting.h"

#include "measure.h"
#include "ppm.h"
#include "scene.h"

static void read_settings(char **arguments, NstSettings *settings)
{
    NstError error = {0};
    char *text = g_strjoinv(" ", arguments);
    nst_settings_default(settings);
    if (nst_settings_parse(text, settings, &error) != NST_OK)
        die("%s", error.message);
    g_free(text);
}

void painting_read(Painting *painting, const char *command, int count, char **arguments)
{
    enum { FILES = 3 };
    if (count < FILES)
        die("%s takes CONTENT.ppm STYLE.ppm OUT.ppm [SETTING=VALUE...]", command);
    read_settings(arguments + FILES, &painting->settings);
    painting->content = ppm_read(arguments[0]);
    painting->style = ppm_read(arguments[1]);
    painting->out = arguments[2];
    painting->weights = built_in_weights();
    painting->job =
        (NstJob){.content = &painting->content, .style = &painting->style, .settings = &painting->settings};
}

void painting_free(Painting *painting)
{
    nst_image_free(&painting->content);
    nst_image_free(&painting->style);
    g_free(painting->weights);
}
