/* fuzz_settings_file.c: a preset that comes from somebody else, and the settings of the last session. A
 * refusal says why and changes nothing; a preset never sets what belongs to the machine; and what was read,
 * once written, is read back to the same. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_file.h"
#include "ui/settings_file.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void expect(int holds)
{
    if (!holds)
        abort();
}

static void read_back(SettingsFileKind kind, const NstSettings *settings)
{
    static char path[64];
    NstSettings again;
    NstError error = {0};
    char *left_out = NULL;
    g_snprintf(path, sizeof path, "/dev/shm/neural-style-fuzz.%d", (int)getpid());
    nst_settings_default(&again);
    expect(settings_file_write(path, kind, settings, &error) == NST_OK);
    expect(settings_file_read(path, kind, &again, &left_out, &error) == NST_OK);
    expect(left_out == NULL);
    char *line = nst_settings_print(settings), *line_again = nst_settings_print(&again);
    expect(line && line_again && strcmp(line, line_again) == 0);
    free(line);
    free(line_again);
    g_unlink(path);
}

static void read_as(SettingsFileKind kind, const char *path)
{
    NstSettings before, settings;
    NstError error = {0};
    char *left_out = NULL;
    memset(&before, 0, sizeof before);
    nst_settings_default(&before);
    settings = before;
    NstStatus status = settings_file_read(path, kind, &settings, &left_out, &error);
    expect((status == NST_OK) == (error.message[0] == '\0'));
    expect(g_utf8_validate(error.message, -1, NULL));
    if (status != NST_OK)
        expect(memcmp(&settings, &before, sizeof before) == 0 && !left_out);
    if (kind == SETTINGS_FILE_PRESET)
        expect(!settings.report[0] && settings.threads == before.threads &&
               settings.memory_limit == before.memory_limit);
    if (status == NST_OK)
        read_back(kind, &settings);
    g_free(left_out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = memory_file(data, size);
    read_as(SETTINGS_FILE_OWN, path);
    read_as(SETTINGS_FILE_PRESET, path);
    return 0;
}
