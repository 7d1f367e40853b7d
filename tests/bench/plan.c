/* plan.c: core's forecasts of runs; nothing is painted. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include "figures.h"
#include "measure.h"

#include <stdio.h>
#include <string.h>

static void print_row(const char *size, const char *settings)
{
    int width, height;
    parse_sides(size, &width, &height);
    NstForecast f = figures_of_plan(width, height, settings).forecast;
    printf("%d,%d,%d,%s,%d,%.0f,%.0f,%d,%.1f\n", width, height, f.tiles, optimizer_name(&f), f.history,
           f.bytes / MIB, f.limit / MIB, f.evaluations, f.seconds);
}

/* --limit N means memory-limit=N; settings apply to the sizes after them. */
int plan(int count, char **arguments)
{
    GString *settings = g_string_new(NULL);
    bool any = false;
    puts("width,height,tiles,optimizer,history,predicted_mib,limit_mib,evaluations,seconds");
    for (int i = 0; i < count; i++)
        if (strcmp(arguments[i], "--limit") == 0) {
            if (++i == count)
                die("--limit takes a number of MiB");
            g_string_append_printf(settings, " memory-limit=%s", arguments[i]);
        } else if (strchr(arguments[i], '=')) {
            g_string_append_printf(settings, " %s", arguments[i]);
        } else {
            print_row(arguments[i], settings->str);
            any = true;
        }
    if (!any)
        die("plan takes sizes, WIDTHxHEIGHT");
    g_string_free(settings, TRUE);
    return 0;
}
