/* recent.c: one path per line. Rejected: the desktop's own list of recent files (GtkRecentManager), in which
 * a few styles would drown. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recent.h"

#include "core/base/file_read.h"
#include "core/base/file_write.h"

#include <string.h>

/* All lines of the list, to be freed with g_strfreev. */
static char **read_lines(const char *list)
{
    enum { MOST = 1 << 16 }; /* bytes; RECENT_MOST paths have far fewer */
    char *text;
    size_t length;
    file_read(list, MOST, &text, &length);
    char **lines = g_strsplit(text && g_utf8_validate(text, -1, NULL) ? text : "", "\n", -1);
    g_free(text);
    return lines;
}

char **recent_read(const char *list)
{
    char **lines = read_lines(list);
    GPtrArray *paths = g_ptr_array_new();
    for (char **line = lines; *line && paths->len < RECENT_MOST; line++)
        if (g_file_test(*line, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add(paths, g_strdup(*line));
    g_strfreev(lines);
    g_ptr_array_add(paths, NULL);
    return (char **)g_ptr_array_free(paths, FALSE);
}

void recent_add(const char *list, const char *path)
{
    if (strchr(path, '\n'))
        return;
    char **lines = read_lines(list), *folder = g_path_get_dirname(list);
    GString *text = g_string_new(path);
    int count = 1;
    g_string_append_c(text, '\n');
    for (char **line = lines; *line && count < RECENT_MOST; line++)
        if (**line && strcmp(*line, path) != 0) {
            g_string_append_printf(text, "%s\n", *line);
            count++;
        }
    g_mkdir_with_parents(folder, 0700);
    file_write(list, text->str, text->len, NULL);
    g_string_free(text, TRUE);
    g_free(folder);
    g_strfreev(lines);
}
