/* print_settings.c: prints core's table of settings or, with the argument "presets", of presets, as the
 * Markdown table in the README. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/settings/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Prints a text as a table cell, escaping '|', which would end it. */
static void print_cell(const char *text)
{
    for (; *text; text++)
        printf(*text == '|' ? "\\|" : "%c", *text);
}

static void print_choice(const NstSetting *row, const char *between)
{
    char value[NST_TEXT_SIZE];

    for (int i = 0; nst_setting_choice(row->values, i, value, sizeof value); i++)
        printf("%s`%s`", i > 0 ? between : "", value);
}

static void print_kind(const NstSetting *row)
{
    switch (row->type) {
    case NST_SETTING_NUMBER:
        printf("number, %g to %.15g", row->min, row->max);
        break;
    case NST_SETTING_INTEGER:
        printf("whole number, %g to %.15g", row->min, row->max);
        break;
    case NST_SETTING_CHOICE:
        print_choice(row, ", ");
        break;
    case NST_SETTING_TEXT:
        printf("%s", (const char *[]){[NST_TEXT_LAYERS] = "layers of the network",
                                      [NST_TEXT_FILE] = "file",
                                      [NST_TEXT_WEIGHTS] = "name or file",
                                      [NST_TEXT_PICTURE] = "file"}[row->text_kind]);
        break;
    case NST_SETTING_LAYER:
        printf("layer");
        break;
    }
}

static void print_default(const NstSetting *row)
{
    char value[NST_TEXT_SIZE];

    if (row->type == NST_SETTING_LAYER)
        printf("none");
    else if (row->type == NST_SETTING_TEXT && !row->text[0])
        printf("empty");
    else if (row->type == NST_SETTING_TEXT)
        printf("`%s`", row->text);
    else if (row->type == NST_SETTING_CHOICE &&
             nst_setting_choice(row->values, (int)row->standard, value, sizeof value))
        printf("`%s`", value);
    else
        printf("%.15g", row->standard);
}

static void print_row(const NstSetting *row)
{
    printf("| `%s` | ", row->name);
    print_kind(row);
    printf(" | ");
    print_default(row);
    printf(" | ");
    print_cell(row->help);
    printf(" |\n");
}

static void print_settings(void)
{
    printf("| Setting | Values | Default | What it does |\n| --- | --- | --- | --- |\n");
    for (const NstSetting *row = nst_settings_table(); row->name; row++)
        print_row(row);
}

static void print_presets(void)
{
    printf("| Preset | What it is for | What it sets |\n| --- | --- | --- |\n");
    for (const NstPreset *row = nst_presets_table(); row->name; row++) {
        printf("| `%s` | ", row->name);
        print_cell(row->help);
        printf(*row->settings ? " | `" : " | ");
        print_cell(*row->settings ? row->settings : "nothing");
        printf(*row->settings ? "` |\n" : " |\n");
    }
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "presets") == 0)
        print_presets();
    else
        print_settings();
    return ferror(stdout) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
