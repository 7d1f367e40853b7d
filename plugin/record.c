/* record.c: text rather than JSON, since the line of settings can go straight back into a script, and the
 * rest is to be read. Its names come from one table, so what is printed is what is parsed. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "core/base/file_read.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum RowType { ROW_TEXT, ROW_NUMBER } RowType;

/* In the order of the lines; those of the settings and the area, which are neither a text nor a number, come
 * last. */
static const struct Row {
    const char *name;
    RowType type;
    size_t offset;
} rows[] = {
    {"style", ROW_TEXT, offsetof(Record, style.name)},
    {"style-image", ROW_TEXT, offsetof(Record, style.image)},
    {"style-tattoo", ROW_NUMBER, offsetof(Record, style.tattoo)},
    {"style-id", ROW_NUMBER, offsetof(Record, style.id)},
    {"style-path", ROW_TEXT, offsetof(Record, style_path)},
    {"style-sha256", ROW_TEXT, offsetof(Record, style_hash)},
    {"content", ROW_TEXT, offsetof(Record, content.name)},
    {"content-tattoo", ROW_NUMBER, offsetof(Record, content.tattoo)},
    {"content-id", ROW_NUMBER, offsetof(Record, content.id)},
    {"content-width", ROW_NUMBER, offsetof(Record, width)},
    {"content-height", ROW_NUMBER, offsetof(Record, height)},
    {"start", ROW_TEXT, offsetof(Record, start.name)},
    {"start-image", ROW_TEXT, offsetof(Record, start.image)},
    {"start-tattoo", ROW_NUMBER, offsetof(Record, start.tattoo)},
    {"start-id", ROW_NUMBER, offsetof(Record, start.id)},
    {"layer", ROW_TEXT, offsetof(Record, layer)},
    {"layer-tattoo", ROW_NUMBER, offsetof(Record, tattoo)},
    {"session", ROW_TEXT, offsetof(Record, session)},
    {"weights", ROW_TEXT, offsetof(Record, weights)},
    {"weights-sha256", ROW_TEXT, offsetof(Record, weights_hash)},
    {"course", ROW_TEXT, offsetof(Record, course)},
};

static char **text_in(Record *record, const struct Row *row)
{
    return (char **)(void *)((char *)record + row->offset);
}

static int *number_in(Record *record, const struct Row *row)
{
    return (int *)(void *)((char *)record + row->offset);
}

void record_init(Record *record)
{
    *record = (Record){.content.id = -1, .style.id = -1, .start.id = -1};
    nst_settings_default(&record->settings);
}

void record_clear(Record *record)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].type == ROW_TEXT)
            g_free(*text_in(record, &rows[i]));
    record_init(record);
}

/* ---- Printing ------------------------------------------------------------------------------------------ */

/* A value stays one line, whatever is in it. */
static void add_line(GString *text, const char *name, const char *value)
{
    char *line = g_strdelimit(g_strdup(value), "\r\n", ' ');
    g_string_append_printf(text, "%s: %s\n", name, line);
    g_free(line);
}

/* Unless it isn't known: no tattoo, width or height is 0, and no id negative. */
static void add_row(GString *text, const Record *record, const struct Row *row)
{
    Record *values = (Record *)record; /* which are only read */
    if (row->type == ROW_TEXT && *text_in(values, row))
        add_line(text, row->name, *text_in(values, row));
    if (row->type == ROW_NUMBER && *number_in(values, row) > 0)
        g_string_append_printf(text, "%s: %d\n", row->name, *number_in(values, row));
}

static void add_settings(GString *text, const Record *record)
{
    NstSettings used = record->settings;
    if (record->weights)
        g_strlcpy(used.weights, record->weights, sizeof used.weights);
    used.start_layer = -1;
    char *line = nst_settings_print(&used);
    add_line(text, "settings", line ? line : "");
    free(line);
}

char *record_print(const Record *record)
{
    const RecordArea *area = &record->area;
    GString *text = g_string_new("plug-in: Neural Style " NST_VERSION "\n");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        add_row(text, record, &rows[i]);
    if (area->width > 0)
        g_string_append_printf(text, "area: %d %d %d %d\n", area->x, area->y, area->width, area->height);
    add_settings(text, record);
    return g_string_free(text, FALSE);
}

/* ---- Parsing ------------------------------------------------------------------------------------------- */

static void take_settings(Record *record, const char *line)
{
    char **words = NULL;
    if (!g_shell_parse_argv(line, NULL, &words, NULL))
        return;
    for (char **word = words; *word; word++) {
        char *value = strchr(*word, '=');
        if (!value)
            continue;
        *value++ = 0;
        const NstSetting *row = nst_setting_find(*word);
        if (row)
            nst_setting_parse(row, value, &record->settings, NULL);
    }
    record->settings.start_layer = -1;
    g_strfreev(words);
}

static void take_area(Record *record, const char *line)
{
    RecordArea area;
    if (sscanf(line, "%d %d %d %d", &area.x, &area.y, &area.width, &area.height) == 4 && area.x >= 0 &&
        area.y >= 0 && area.width > 0 && area.height > 0)
        record->area = area;
}

static void take_row(Record *record, const struct Row *row, const char *value)
{
    gint64 number;
    if (row->type == ROW_NUMBER && g_ascii_string_to_signed(value, 10, 0, G_MAXINT, &number, NULL))
        *number_in(record, row) = (int)number;
    if (row->type == ROW_TEXT) {
        g_free(*text_in(record, row));
        *text_in(record, row) = g_strdup(value);
    }
}

static void take_line(Record *record, const char *name, const char *value)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        if (strcmp(rows[i].name, name) == 0)
            take_row(record, &rows[i], value);
    if (strcmp(name, "settings") == 0)
        take_settings(record, value);
    if (strcmp(name, "area") == 0)
        take_area(record, value);
}

bool record_parse(const char *text, Record *record)
{
    record_init(record);
    if (!g_str_has_prefix(text, "plug-in: Neural Style"))
        return false;
    char **lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        char *value = strstr(*line, ": ");
        if (!value)
            continue;
        *value = 0;
        take_line(record, *line, value + 2);
    }
    g_strfreev(lines);
    return true;
}

/* ---- Hashes -------------------------------------------------------------------------------------------- */

char *record_file_hash(const char *path)
{
    FileReader *file;
    if (file_reader_open(&file, path))
        return NULL;
    char *hash = file_reader_hash(file);
    file_reader_close(file);
    return hash;
}

char *record_bytes_hash(const void *bytes, size_t count)
{
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, count);
}
