/* settings_file.c: a line "name=value" for each setting, as scripts write them, so that a file can be read,
 * mended and pasted. It is written beside its place and then moved there: a full disk costs no old file.
 *
 * One format for both generations of GIMP. 2.10 has none for plug-ins. GIMP 3 knows how to write a
 * procedure's arguments as text (GimpConfig, which GimpProcedureConfig implements), but keeps no settings by
 * names: what its own GimpProcedureDialog saves is one file for each procedure, plug-in-settings/….default,
 * by functions that libgimp exports and no header declares; the named settings of its built-in filters lie in
 * its core, where no plug-in gets at them. So names, list and files would be ours there as well, and the same
 * settings in two formats, of which 2.10 could read one.
 *
 * Scripts are refused for one wrong word; here a word from another version costs only itself. But what isn't
 * made of such words at all is no file of ours, and is told rather than taken for the defaults. */
#include "settings_file.h"

#include "words.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 1 << 16 }; /* bytes; ours have a few thousand at most */

/* ---- Writing ------------------------------------------------------------------------------------------ */

/* The row of "name=value", and where the value begins; NULL: there is no such setting, or it is no word of
 * that kind. */
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

static void add_line(GString *text, const char *word)
{
    const char *value;
    const NstSetting *row = row_of(word, &value);
    if (!row || row->type == NST_SETTING_LAYER)
        return;
    char *quoted = g_shell_quote(value);
    g_string_append_printf(text, "%s=%s\n", row->name, quoted);
    g_free(quoted);
}

/* NULL: without memory. */
static char *text_of(const NstSettings *settings)
{
    char *line = nst_settings_print(settings), **words = NULL;
    if (!line || !g_shell_parse_argv(line, NULL, &words, NULL)) {
        free(line);
        return NULL;
    }
    GString *text = g_string_new("# Settings of Neural Style " NST_VERSION "\n");
    for (char **word = words; *word; word++)
        add_line(text, *word);
    g_strfreev(words);
    free(line);
    return g_string_free(text, FALSE);
}

static NstStatus refuse_to_write(NstError *error, const char *path, const char *why)
{
    char *shown = g_filename_display_name(path);
    nst_fail(error, NST_BAD_FILE, "The file “%s” can't be written: %s", shown, why);
    g_free(shown);
    return NST_BAD_FILE;
}

NstStatus settings_file_write(const char *path, const NstSettings *settings, NstError *error)
{
    char *text = text_of(settings), *folder = g_path_get_dirname(path);
    GError *problem = NULL;
    NstStatus status = NST_OK;
    if (!text)
        status = nst_fail_memory(error, "the settings", MOST);
    else if (g_mkdir_with_parents(folder, 0700) == 0)
        g_file_set_contents(path, text, -1, &problem);
    else
        status = refuse_to_write(error, path, _("its folder can't be created"));
    if (problem)
        status = refuse_to_write(error, path, problem->message);
    g_clear_error(&problem);
    g_free(folder);
    g_free(text);
    return status;
}

/* ---- Reading ------------------------------------------------------------------------------------------ */

/* The file's text; NULL and the reason, both for g_free. */
static char *read_text(const char *path, char **why)
{
    GStatBuf about;
    char *text = NULL;
    gsize length = 0;
    GError *problem = NULL;
    if (g_stat(path, &about) == 0 && about.st_size > MOST) {
        *why = g_strdup(_("it is too large to hold settings"));
    } else if (!g_file_get_contents(path, &text, &length, &problem)) {
        *why = g_strdup(problem->message);
        g_error_free(problem);
    } else if (!g_utf8_validate(text, (gssize)length, NULL)) { /* a NUL isn't valid either */
        *why = g_strdup(_("it is not a text file"));
        g_clear_pointer(&text, g_free);
    }
    return text;
}

static NstStatus refuse_to_read(NstError *error, const char *path, const char *why)
{
    char *shown = g_filename_display_name(path);
    nst_fail(error, NST_BAD_FILE, "The file “%s” can't be read: %s", shown, why);
    g_free(shown);
    return NST_BAD_FILE;
}

/* What has been read so far. */
typedef struct Reading {
    NstSettings settings;
    int known;
    GString *left_out;
} Reading;

static void take_word(Reading *reading, const char *word)
{
    const char *value;
    const NstSetting *row = row_of(word, &value);
    bool layer = row && row->type == NST_SETTING_LAYER;
    if (row)
        reading->known++;
    if (!layer && (!row || nst_setting_parse(row, value, &reading->settings, NULL) != NST_OK))
        g_string_append_printf(reading->left_out, "%s%s", reading->left_out->len ? ", " : "", word);
}

/* The preset is done first, as in nst_settings_parse, so that all else in the file has the last word. */
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

/* NULL: it can be read, and *words is for g_strfreev. Otherwise why it can't, for g_free. */
static char *words_of(const char *text, char ***words)
{
    GError *problem = NULL;
    if (g_shell_parse_argv(text, NULL, words, &problem))
        return NULL;
    bool empty = g_error_matches(problem, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING);
    char *why = g_strdup(empty ? _("it is empty") : _("a quoted value has no closing quote"));
    g_error_free(problem);
    return why;
}

NstStatus settings_file_read(const char *path, NstSettings *settings, char **left_out, NstError *error)
{
    char *why = NULL, **words = NULL, *text = read_text(path, &why);
    Reading reading = {.settings = *settings, .left_out = g_string_new(NULL)};
    *left_out = NULL;
    if (text)
        why = words_of(text, &words);
    if (words)
        take_words(&reading, words);
    if (words && reading.known == 0)
        why = g_strdup(_("it contains no settings"));
    NstStatus status = why ? refuse_to_read(error, path, why) : NST_OK;
    if (status == NST_OK)
        *settings = reading.settings;
    bool tell = status == NST_OK && reading.left_out->len;
    char *told = g_string_free(reading.left_out, !tell);
    if (tell)
        *left_out = told;
    g_strfreev(words);
    g_free(text);
    g_free(why);
    return status;
}
