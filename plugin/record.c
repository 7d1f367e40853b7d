/* record.c: text rather than JSON, since the line of settings can go straight back into a script, and the
 * rest is to be read. */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>

#include <glib/gstdio.h>

/* The file's SHA-256 in hexadecimal; "unknown" where it can't be read any more. The caller frees it with
 * g_free. */
static char *file_hash(const char *path)
{
    static unsigned char bytes[1 << 16];
    FILE *file = g_fopen(path, "rb");
    if (!file)
        return g_strdup("unknown");
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, file)) > 0;)
        g_checksum_update(sum, bytes, (gssize)count);
    char *hash = g_strdup(ferror(file) ? "unknown" : g_checksum_get_string(sum));
    g_checksum_free(sum);
    fclose(file);
    return hash;
}

/* A value stays one line, whatever is in it. */
static void add_line(GString *text, const char *name, const char *value)
{
    char *line = g_strdelimit(g_strdup(value), "\r\n", ' ');
    g_string_append_printf(text, "%s: %s\n", name, line);
    g_free(line);
}

char *record_new(const NstSettings *settings, const char *style, const WeightsFound *weights,
                 const char *course)
{
    NstSettings used = *settings;
    g_strlcpy(used.weights, weights->name, sizeof used.weights);
    char *hash = file_hash(weights->path), *line = nst_settings_print(&used);
    GString *text = g_string_new(NULL);
    add_line(text, "plug-in", "Neural Style " NST_VERSION);
    add_line(text, "style", style);
    add_line(text, "weights", weights->name);
    add_line(text, "weights-sha256", hash);
    add_line(text, "settings", line ? line : "");
    if (course)
        add_line(text, "course", course);
    free(line);
    g_free(hash);
    return g_string_free(text, FALSE);
}
