/* child.h: programs that work for the benchmark, each in a process of its own, one at a time: they wait for
 * a word on standard input, do what it says, and answer with a line of numbers. So two of them can be
 * measured alternately without ever running at once, and each has a peak memory of its own. */
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

typedef struct Child Child;

/* Starts a program with arguments (the last is NULL); child_self starts this program. Nothing here fails:
 * when a child can't be started or doesn't answer, the program ends with a message. */
Child *child_start(const char *const *arguments);
Child *child_self(const char *const *arguments);

double child_ask(Child *child, const char *word);
char *child_read_line(Child *child); /* of one that needs no word; the caller frees it with g_free */

/* Waits for it to end, and for it to have ended well. */
void child_end(Child *child);

/* The other side: answers each line of standard input, until it ends. `answer` returns the number, and
 * leaves through die when it doesn't know the word. */
typedef double (*ChildAnswer)(void *data, const char *word);
void child_serve(ChildAnswer answer, void *data);

/* For each of `count` children, the median of ROUNDS numbers that it answers with to `word`, after one that
 * doesn't count; all are asked in turn in every round, so that what else the machine does meets
 * them alike. */
void children_medians(int count, Child *const *children, const char *word, double *medians);

#endif
