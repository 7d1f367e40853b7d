/* fuzz_record.c: the record that a layer carries, as an image from somebody else may have it. What was read,
 * once printed, is read back to the same. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_file.h"
#include "plugin/record.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = g_strndup((const char *)data, size);
    Record record, again;
    record_init(&record);
    record_init(&again);
    if (record_parse(text, &record)) {
        char *printed = record_print(&record);
        if (!record_parse(printed, &again))
            abort();
        char *twice = record_print(&again);
        if (strcmp(printed, twice) != 0)
            abort();
        g_free(twice);
        g_free(printed);
    }
    record_clear(&again);
    record_clear(&record);
    g_free(text);
    return 0;
}
