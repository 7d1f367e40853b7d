/* settings_file.c: a line "name=value" for each setting, as scripts write them, so that a file can be read,
 * edited and pasted.
 *
 * One format for both generations of GIMP. 2.10 has none for plug-ins. GIMP 3 can write a procedure's
 * arguments as text (GimpConfig, which GimpProcedureConfig implements), but keeps no named settings: its own
 * GimpProcedureDialog saves one file for each procedure, plug-in-settings/….default, through functions that
 * libgimp exports but no header declares; the named settings of its built-in filters are in its core, out of
 * a plug-in's reach. So the names, the list and the files would be ours in GIMP 3 as well, and the same
 * settings would exist in two formats, of which 2.10 could read only one.
 *
 * A script is refused for one wrong word; here a word from another version is merely left out. But a file
 * that contains no such words at all isn't one of ours, and is an error rather than a set of defaults. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings_file.h"

#include "words.h"

#include "core/base/file_read.h"
#include "core/base/file_write.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 1 << 16 }; /* bytes; our files have a few thousand at most */

/* ---- Writing ------------------------------------------------------------------------------------------- */

/* The row for "name=value", and where the value begins; NULL: there is no such setting, or the word has no
 * "=". */
static const NstSetting *row_of(const char *word, const char **value)
{
    const char *equals = strchr(word, '=');
    if (!equals)
        return NULL;
    char *name = g_strndup(word, (gsize)(equals - word));
    const NstSetting *row = nst_setting_find(name);
    g_free(name);
    *value = equals + 1;
    return row;
}

static bool belongs(const NstSetting *row, SettingsFileKind kind)
{
    return kind == SETTINGS_FILE_OWN || !row->machine;
}

static void add_line(GString *text, SettingsFileKind kind, const char *word)
{
    const char *value;
    const NstSetting *row = row_of(word, &value);
    if (!row || row->type == NST_SETTING_LAYER || !belongs(row, kind))
        return;
    char *quoted = g_shell_quote(value);
    g_string_append_printf(text, "%s=%s\n", row->name, quoted);
    g_free(quoted);
}

/* The file's text, which the caller frees with g_free; NULL: out of memory. */
static char *text_of(SettingsFileKind kind, const NstSettings *settings)
{
    char *line = nst_settings_print(settings), **words = NULL;
    if (!line || !g_shell_parse_argv(line, NULL, &words, NULL)) {
        free(line);
        return NULL;
    }
    GString *text = g_string_new("# Settings of Neural Style " NST_VERSION "\n");
    for (char **word = words; *word; word++)
        add_line(text, kind, *word);
    g_strfreev(words);
    free(line);
    return g_string_free(text, FALSE);
}

NstStatus settings_file_write(const char *path, SettingsFileKind kind, const NstSettings *settings,
                              NstError *error)
{
    char *text = text_of(kind, settings), *folder = g_path_get_dirname(path);
    NstStatus status = NST_OK;
    if (!text)
        status = nst_fail_memory(error, "the settings", MOST);
    else if (g_mkdir_with_parents(folder, 0700) != 0)
        status = nst_fail(error, NST_BAD_FILE, "The file “%s” can't be written: %s", path,
                          _("its folder can't be created"));
    else
        status = file_write(path, text, strlen(text), error);
    g_free(folder);
    g_free(text);
    return status;
}

/* ---- Reading ------------------------------------------------------------------------------------------- */

static NstStatus refuse_to_read(NstError *error, const char *path, const char *why)
{
    char *shown = g_filename_display_name(path);
    NstStatus status = nst_fail(error, NST_BAD_FILE, "The file “%s” can't be read: %s", shown, why);
    g_free(shown);
    return status;
}

/* The file's text, which the caller frees with g_free. */
static NstStatus read_text(const char *path, char **text, NstError *error)
{
    size_t length = 0;
    const char *why = file_read(path, MOST, text, &length);
    if (why)
        return refuse_to_read(error, path, nst_translated(error, why));
    if (g_utf8_validate(*text, (gssize)length, NULL)) /* a NUL isn't valid either */
        return NST_OK;
    g_clear_pointer(text, g_free);
    return refuse_to_read(error, path, _("it is not a text file"));
}

/* The text's words, which the caller frees with g_strfreev. */
static NstStatus split_words(const char *path, const char *text, char ***words, NstError *error)
{
    GError *problem = NULL;
    *words = NULL;
    if (g_shell_parse_argv(text, NULL, words, &problem))
        return NST_OK;
    bool empty = g_error_matches(problem, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING);
    g_error_free(problem);
    return refuse_to_read(error, path, empty ? _("it is empty") : _("a quoted value has no closing quote"));
}

/* What has been read so far. */
typedef struct Reading {
    SettingsFileKind kind;
    NstSettings settings;
    int known;
    GString *left_out;
} Reading;

/* As presets of earlier versions have them, which were written with every setting. */
static bool is_default(const NstSetting *row, const char *value)
{
    NstSettings given, standard;
    nst_settings_default(&given);
    nst_settings_default(&standard);
    return nst_setting_parse(row, value, &given, NULL) == NST_OK &&
           memcmp(&given, &standard, sizeof given) == 0;
}

static bool take(Reading *reading, const NstSetting *row, const char *value)
{
    if (row->type == NST_SETTING_LAYER)
        return true;
    if (!belongs(row, reading->kind))
        return is_default(row, value);
    return nst_setting_parse(row, value, &reading->settings, NULL) == NST_OK;
}

static void take_word(Reading *reading, const char *word)
{
    const char *value;
    const NstSetting *row = row_of(word, &value);
    if (row)
        reading->known++;
    if (!row || !take(reading, row, value))
        g_string_append_printf(reading->left_out, "%s%s", reading->left_out->len ? ", " : "", word);
}

/* The preset comes first, as in nst_settings_parse, so that everything else in the file overrides it. */
static void take_words(Reading *reading, char **words)
{
    for (char **word = words; *word; word++)
        if (g_str_has_prefix(*word, "preset=")) {
            take_word(reading, *word);
            nst_settings_preset(reading->settings.preset, &reading->settings);
        }
    for (char **word = words; *word; word++)
        if (!g_str_has_prefix(*word, "preset="))
            take_word(reading, *word);
}

NstStatus settings_file_read(const char *path, SettingsFileKind kind, NstSettings *settings, char **left_out,
                             NstError *error)
{
    char *text, **words = NULL;
    *left_out = NULL;
    NstStatus status = read_text(path, &text, error);
    if (status == NST_OK)
        status = split_words(path, text, &words, error);
    g_free(text);
    if (status != NST_OK)
        return status;
    Reading reading = {.kind = kind, .settings = *settings, .left_out = g_string_new(NULL)};
    take_words(&reading, words);
    g_strfreev(words);
    if (reading.known == 0)
        status = refuse_to_read(error, path, _("it contains no settings"));
    else
        *settings = reading.settings;
    bool list = status == NST_OK && reading.left_out->len;
    char *listed = g_string_free(reading.left_out, !list);
    if (list)
        *left_out = listed;
    return status;
}
