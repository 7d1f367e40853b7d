/* fuzz_safetensors.c: safetensors, as the importer and as the plug-in read them. Along the way it also
 * exercises how the importer finds layers by names and shapes. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/weights/weights.h"
#include "memory_file.h"
#include "weights/import/import.h"

#include <stdlib.h>

/* A refusal says why. */
static void check(NstStatus status, const NstError *error)
{
    if ((status == NST_OK) != (error->message[0] == '\0') || !g_utf8_validate(error->message, -1, NULL))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    NstError error = {0};
    GString *said = g_string_new(NULL);
    fuzz_tensors(&safetensors_format, data, size);
    check(import_describe(memory_file(data, size), said, &error), &error);
    error = (NstError){0};
    check(import_verify(memory_file(data, size), said, &error), &error);
    if (!g_utf8_validate(said->str, -1, NULL))
        abort();
    g_string_free(said, TRUE);
    return 0;
}
