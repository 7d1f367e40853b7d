/* main.c: the program behind tests/bench/run: commands, and the children that do their work. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"
#include "evaluator.h"
#include "figures.h"
#include "measure.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*function)(int count, char **arguments);
} commands[] = {
    {"engine", engine},
    {"peers", peers},
    {"workers", workers},
    {"large", large},
    {"plan", plan},
    {"transfer", transfer},
    {"trace", trace},
    /* children */
    {"evaluate", serve_evaluations},
    {"pictures", write_pictures},
    {"resize", resize},
    {"paint", serve_run},
    {"forecast", serve_plan},
};

int main(int count, char **arguments)
{
    signal(SIGPIPE, SIG_IGN);              /* a child that ended is noticed by its missing answer */
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ); /* a row appears as soon as it is known */
    for (size_t i = 0; count > 1 && i < G_N_ELEMENTS(commands); i++)
        if (strcmp(arguments[1], commands[i].name) == 0) {
            int status = commands[i].function(count - 2, arguments + 2);
            if (fflush(stdout) != 0 || ferror(stdout))
                die("standard output can't be written");
            return status;
        }
    die("%s is not a command; tests/bench/run --help lists them", count > 1 ? arguments[1] : "nothing");
}
