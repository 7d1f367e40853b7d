/* fuzz_recent.c: the list of recent style files. However broken the list is, few paths come from it, all of
 * files that are there; and a style added to it stands first, with the others behind it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_file.h"
#include "ui/recent.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char ADDED[] = "/proc/self/exe"; /* a file that is there */

static void expect(int holds)
{
    if (!holds)
        abort();
}

static void check(char **paths)
{
    expect(g_strv_length(paths) <= RECENT_MOST);
    for (char **path = paths; *path; path++)
        expect(!strchr(*path, '\n') && g_file_test(*path, G_FILE_TEST_IS_REGULAR));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char list[64];
    g_snprintf(list, sizeof list, "/dev/shm/neural-style-recent.%d", (int)getpid());
    g_file_set_contents(list, (const char *)data, (gssize)size, NULL);
    char **before = recent_read(list);
    check(before);
    recent_add(list, ADDED);
    char **after = recent_read(list);
    check(after);
    expect(after[0] && strcmp(after[0], ADDED) == 0);
    for (guint i = 1; after[i]; i++)
        expect(strcmp(after[i], ADDED) != 0);
    g_strfreev(after);
    g_strfreev(before);
    g_unlink(list);
    return 0;
}
