/* settings_text.c: all settings as one line of text, "name=value name=value ...", read and written. Presets
 * may be named in it, so this file knows presets.c, and settings.c, which both know, knows neither. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include <glib.h>
#include <string.h>

/* One word, "name=value", which is cut in two in place. */
static NstStatus parse_word(char *word, NstSettings *settings, NstError *error)
{
    char *value = strchr(word, '=');
    if (!value)
        return nst_fail(error, NST_BAD_ARGUMENT, "“%s” is not a setting: write name=value", word);
    *value++ = '\0';
    const NstSetting *row = nst_setting_find(word);
    if (!row)
        return nst_fail(error, NST_BAD_ARGUMENT, "There is no setting “%s”", word);
    return nst_setting_parse(row, value, settings, error);
}

/* The presets among the words come first, so that the others override them whatever the order. */
static NstStatus parse_words(char **words, NstSettings *settings, NstError *error)
{
    static const char preset[] = "preset=";
    NstStatus status = NST_OK;
    for (char **word = words; *word && status == NST_OK; word++)
        if (g_str_has_prefix(*word, preset)) {
            status = nst_setting_parse(nst_setting_find("preset"), *word + strlen(preset), settings, error);
            if (status == NST_OK)
                nst_settings_preset(settings->preset, settings);
        }
    for (char **word = words; *word && status == NST_OK; word++)
        if (!g_str_has_prefix(*word, preset))
            status = parse_word(*word, settings, error);
    return status;
}

NstStatus nst_settings_parse(const char *text, NstSettings *settings, NstError *error)
{
    char **words = NULL;
    GError *problem = NULL;
    if (!g_shell_parse_argv(text, NULL, &words, &problem)) {
        bool empty = g_error_matches(problem, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING);
        if (!empty)
            nst_fail(error, NST_BAD_ARGUMENT, "The settings “%s” can't be read: %s", text, problem->message);
        g_error_free(problem);
        return empty ? NST_OK : NST_BAD_ARGUMENT;
    }
    NstSettings changed = *settings;
    NstStatus status = parse_words(words, &changed, error);
    g_strfreev(words);
    if (status == NST_OK)
        *settings = changed;
    return status;
}

static void print_value(const NstSetting *row, const void *value, char *out, size_t size)
{
    switch (row->type) {
    case NST_SETTING_NUMBER:
        g_ascii_dtostr(out, (gint)size, *(const double *)value); /* reads back to the same double */
        break;
    case NST_SETTING_INTEGER:
    case NST_SETTING_LAYER:
        g_snprintf(out, size, "%d", *(const int *)value);
        break;
    case NST_SETTING_CHOICE:
        nst_setting_choice(row->values, *(const int *)value, out, size);
        break;
    case NST_SETTING_TEXT:
        g_strlcpy(out, value, size);
        break;
    }
}

char *nst_settings_print(const NstSettings *settings)
{
    GString *line = g_string_new(NULL);
    for (const NstSetting *row = nst_settings_table(); row->name; row++) {
        char value[NST_TEXT_SIZE];
        print_value(row, (const char *)settings + row->offset, value, sizeof value);
        char *quoted = g_shell_quote(value);
        g_string_append_printf(line, "%s%s=%s", line->len ? " " : "", row->name, quoted);
        g_free(quoted);
    }
    char *text = strdup(line->str); /* for free(), which GLib doesn't promise for its own memory */
    g_string_free(line, TRUE);
    return text;
}
