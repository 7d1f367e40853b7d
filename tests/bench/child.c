/* child.c: see child.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "child.h"

#include "measure.h"

#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

enum {
    LINE_SIZE = 1024,
    PAUSE = 200000 /* microseconds, after which the previous child's threads have stopped spinning */
};

struct Child {
    char *name; /* for messages */
    GPid process;
    FILE *words, *answers;
};

Child *child_start(const char *const *arguments)
{
    Child *child = g_new0(Child, 1);
    GError *error = NULL;
    int words, answers;
    child->name = g_strjoinv(" ", (char **)arguments);
    if (!g_spawn_async_with_pipes(NULL, (char **)arguments, NULL,
                                  G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL,
                                  &child->process, &words, &answers, NULL, &error))
        die("%s", error->message);
    child->words = fdopen(words, "w");
    child->answers = fdopen(answers, "r");
    if (!child->words || !child->answers)
        die("no pipe to %s: %s", child->name, g_strerror(errno));
    return child;
}

Child *child_self(const char *const *arguments)
{
    GPtrArray *all = g_ptr_array_new();
    g_ptr_array_add(all, (char *)"/proc/self/exe");
    for (; *arguments; arguments++)
        g_ptr_array_add(all, (char *)*arguments);
    g_ptr_array_add(all, NULL);
    Child *child = child_start((const char *const *)all->pdata);
    g_ptr_array_free(all, TRUE);
    return child;
}

char *child_read_line(Child *child)
{
    char line[LINE_SIZE];
    if (!fgets(line, sizeof line, child->answers))
        die("%s ended without an answer: see its own message", child->name);
    return g_strdup(g_strchomp(line));
}

double child_ask(Child *child, const char *word)
{
    /* A child that has ended makes this fail with EPIPE: main ignores the signal. */
    if (fprintf(child->words, "%s\n", word) < 0 || fflush(child->words) != 0)
        die("%s has ended: see its own message", child->name);
    char *line = child_read_line(child), *end;
    double number = g_ascii_strtod(line, &end);
    if (end == line || *end)
        die("%s answered \"%s\" with \"%s\", which is not a number", child->name, word, line);
    g_free(line);
    return number;
}

void child_end(Child *child)
{
    int status;
    fclose(child->words); /* this ends the child */
    while (waitpid(child->process, &status, 0) < 0)
        if (errno != EINTR)
            die("%s can't be waited for: %s", child->name, g_strerror(errno));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        die("%s ended badly (wait status %d)", child->name, status);
    fclose(child->answers);
    g_spawn_close_pid(child->process);
    g_free(child->name);
    g_free(child);
}

void child_serve(ChildAnswer answer, void *data)
{
    char word[LINE_SIZE];
    while (fgets(word, sizeof word, stdin))
        printf("%.17g\n", answer(data, g_strchomp(word)));
}

void children_medians(int count, Child *const *children, const char *word, double *medians)
{
    double *values = g_new(double, count *ROUNDS);
    for (int round = -1; round < ROUNDS; round++)
        for (int i = 0; i < count; i++) {
            if (count > 1)
                g_usleep(PAUSE);
            double value = child_ask(children[i], word);
            if (round >= 0)
                values[i * ROUNDS + round] = value;
        }
    for (int i = 0; i < count; i++)
        medians[i] = median(ROUNDS, values + i * ROUNDS);
    g_free(values);
}
