/* status.c: writes an error's message, cut at the buffer's end if it must be. It stays UTF-8 whatever it
 * quotes: bytes that are none, a letter cut in two or part of a file's name, become “?”. */
#include "status.h"

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>

NstStatus nst_fail(NstError *error, NstStatus status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
        for (const char *wrong; !g_utf8_validate(error->message, -1, &wrong);)
            error->message[wrong - error->message] = '?';
        error->status = status;
    }
    return status;
}

NstStatus nst_fail_memory(NstError *error, const char *what, double bytes)
{
    return nst_fail(error, NST_NO_MEMORY, "Not enough memory for %s (%.0f MiB)", what, bytes / (1 << 20));
}
