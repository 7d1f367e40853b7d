/* status.c: writes an error's message, truncated to the buffer if need be. The message is valid UTF-8
 * whatever it quotes: invalid bytes, such as half a letter or part of a file's name, become “?”.
 *
 * A message holds figures and names, so it can be translated only before it is put together, which is here.
 * The function that translates comes with the error. Rejected: one function for all, set by the program,
 * which would be global state; and numbers in place of messages, which would keep the words far from the code
 * that they are about. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "status.h"

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>

const char *nst_translated(const NstError *error, const char *text)
{
    return error && error->translate ? error->translate(text) : text;
}

NstStatus nst_fail(NstError *error, NstStatus status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, nst_translated(error, format), arguments);
        va_end(arguments);
        for (const char *wrong; !g_utf8_validate(error->message, -1, &wrong);)
            error->message[wrong - error->message] = '?';
        error->status = status;
    }
    return status;
}

NstStatus nst_fail_memory(NstError *error, const char *what, double bytes)
{
    return nst_fail(error, NST_NO_MEMORY, "Not enough memory for %s (%.0f MiB)", nst_translated(error, what),
                    bytes / (1 << 20));
}
