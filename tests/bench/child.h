/* child.h: programs that work for the benchmark, each in its own process, one at a time: they wait for a word
 * on standard input, do what it says, and answer with a line of numbers. So two of them can be measured
 * alternately without ever running at once, and each has its own peak memory. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

typedef struct Child Child;

/* Starts a program with arguments (the last is NULL); child_self starts this program. Nothing here fails:
 * when a child can't be started or doesn't answer, the program ends with a message. */
Child *child_start(const char *const *arguments);
Child *child_self(const char *const *arguments);

double child_ask(Child *child, const char *word);
char *child_read_line(Child *child); /* for a child that needs no word; the caller frees it with g_free */

/* Waits for the child to end; a failure ends the program with a message. */
void child_end(Child *child);

/* The other side: answers each line of standard input, until it ends. `answer` returns the number, and
 * calls die if it doesn't know the word. */
typedef double (*ChildAnswer)(void *data, const char *word);
void child_serve(ChildAnswer answer, void *data);

/* For each of `count` children, the median of ROUNDS answers to `word`, after one that doesn't count. Every
 * round asks all of them in turn, so that other load on the machine affects them equally. */
void children_medians(int count, Child *const *children, const char *word, double *medians);

#endif
