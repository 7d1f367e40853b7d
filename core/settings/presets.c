/* presets.c: the table made from presets.def, and how a preset combines with individual settings. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include <glib.h>
#include <string.h>

#define N_(text)                            NST_N_(text)
#define PRESET(name, label, help, settings) {name, label, help, settings},

static const NstPreset table[] = {
#include "presets.def"
    {0},
};

const NstPreset *nst_presets_table(void)
{
    return table;
}

/* Sets the settings that a preset's row names: to the values there, or to their defaults. */
static void set_named(const NstPreset *preset, bool to_default, NstSettings *settings)
{
    char **words = g_strsplit(preset->settings, " ", -1);
    for (char **word = words; *word; word++) {
        char *value = strchr(*word, '=');
        *value++ = '\0';
        const NstSetting *row = nst_setting_find(*word);
        if (to_default)
            nst_setting_default(row, settings);
        else
            nst_setting_parse(row, value, settings, NULL);
    }
    g_strfreev(words);
}

void nst_settings_preset(int preset, NstSettings *settings)
{
    for (const NstPreset *other = table; other->name; other++)
        set_named(other, true, settings);
    set_named(&table[preset], false, settings);
    settings->preset = preset;
}

static bool same(const NstSetting *row, NstSettings *a, NstSettings *b)
{
    const void *x = nst_setting_value(row, a), *y = nst_setting_value(row, b);
    if (row->type == NST_SETTING_NUMBER)
        return *(const double *)x == *(const double *)y;
    if (row->type == NST_SETTING_TEXT)
        return strcmp(x, y) == 0;
    return *(const int *)x == *(const int *)y;
}

static void copy(const NstSetting *row, NstSettings *from, NstSettings *to)
{
    const void *value = nst_setting_value(row, from);
    size_t size = row->type == NST_SETTING_NUMBER ? sizeof(double)
                  : row->type == NST_SETTING_TEXT ? NST_TEXT_SIZE
                                                  : sizeof(int);
    memcpy(nst_setting_value(row, to), value, size);
}

void nst_settings_begin(NstSettings *settings)
{
    NstSettings standard, begun;
    nst_settings_default(&standard);
    begun = standard;
    nst_settings_preset(settings->preset, &begun);
    for (const NstSetting *row = nst_settings_table(); row->name; row++)
        if (same(row, settings, &standard))
            copy(row, &begun, settings);
}
