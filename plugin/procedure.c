/* procedure.c: the help is made from the tables of settings and presets, so it can't lag behind them. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "procedure.h"

#include "paths.h"
#include "ui/help.h"

#include <stdio.h>
#include <string.h>

bool procedure_version_asked(int argc, char **argv)
{
    bool asked = argc == 2 && strcmp(argv[1], "--version") == 0;
    if (asked)
        puts("neural-style " NST_VERSION);
    return asked;
}

void procedure_bind_words(void)
{
    char *catalogues = paths_catalogues();
    words_bind(catalogues);
    g_free(catalogues);
}

char *procedure_help(void)
{
    char *settings = help_settings(false), *presets = help_presets(false);
    char *help =
        g_strdup_printf(_("Repaints a layer in the style of another, using the method of Gatys, Ecker and "
                          "Bethge: the layer's shapes are kept, the textures and colours come from the style "
                          "layer. The result is a new layer directly above. If there is a selection, only "
                          "the selected part is painted.\n\nSettings:\n%s\nPresets:\n%s"),
                        settings, presets);
    g_free(presets);
    g_free(settings);
    return help;
}

char *procedure_again_help(void)
{
    return g_strdup(_(
        "Paints a layer that plug-in-neural-style has painted once more, in its place, from its original and "
        "with the style and the settings that it was painted with, except those that are given. Nothing else "
        "of the layer changes: its mask, mode, opacity and place stay. Also content=ID and style=ID can be "
        "given: other layers to paint from. Without changes it gives the same picture."));
}
