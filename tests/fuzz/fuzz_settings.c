/* fuzz_settings.c: settings as a user types them in one line. A refusal says why and changes nothing; what is
 * accepted is printed, and read back to the same. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/settings/settings.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void expect(int holds)
{
    if (!holds)
        abort();
}

/* What nst_settings_print promises. */
static void read_back(const NstSettings *settings)
{
    NstSettings again;
    NstError error = {0};
    char *line = nst_settings_print(settings);
    expect(line != NULL);
    nst_settings_default(&again);
    expect(nst_settings_parse(line, &again, &error) == NST_OK);
    char *line_again = nst_settings_print(&again);
    expect(line_again && strcmp(line, line_again) == 0);
    free(line_again);
    free(line);
}

/* Ended where the bytes end, so that AddressSanitizer sees a step too far. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    NstSettings before, settings;
    NstError error = {0};
    char *text = malloc(size + 1);
    expect(text != NULL);
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    memset(&before, 0, sizeof before);
    nst_settings_default(&before);
    memcpy(&settings, &before, sizeof settings);
    NstStatus status = nst_settings_parse(text, &settings, &error);
    expect((status == NST_OK) == (error.message[0] == '\0'));
    if (status == NST_OK)
        read_back(&settings);
    else
        expect(memcmp(&settings, &before, sizeof settings) == 0);
    free(text);
    return 0;
}
