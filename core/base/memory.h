/* memory.h: the arrays that numbers live in, and how much there is to be had. */
#ifndef NST_MEMORY_H
#define NST_MEMORY_H

#include <stddef.h>

/* `bytes` uninitialised bytes, aligned to a cache line (which is also the widest vector), or NULL. Freed with
 * free(). */
void *memory_new(size_t bytes);

/* The same for `count` floats. */
float *memory_floats(size_t count);

/* From now on the system takes large arrays back as soon as they are freed, where the C library would rather
 * keep some for the next. That is the whole process's affair, so core doesn't ask for it: a program does that
 * has one large job and tells beforehand what it will take. */
void memory_give_back(void);

/* Bytes of this process that are in memory now; 0 where the system doesn't tell. */
double memory_resident(void);

/* The most of them that there have been so far; 0 where the system doesn't tell. */
double memory_peak(void);

/* Bytes that the system could hand out now without swapping; infinite where it doesn't tell. */
double memory_available(void);

#endif
