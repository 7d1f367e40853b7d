/* memory.h: aligned arrays for numbers, and how much memory there is. Any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MEMORY_H
#define NST_MEMORY_H

#include <stddef.h>

/* `bytes` uninitialised bytes, aligned to a cache line (which is also the widest vector), or NULL. Freed with
 * free(). */
void *memory_new(size_t bytes);

/* The same for `count` floats. */
float *memory_floats(size_t count);

/* From now on large arrays are returned to the system as soon as they are freed; otherwise the C library may
 * keep some for later. This affects the whole process, so core doesn't call it. It is for programs that have
 * one large job and say in advance what it will take. */
void memory_give_back(void);

/* Bytes of this process that are resident in memory now; 0 where the system doesn't say. */
double memory_resident(void);

/* The most bytes that have been resident so far; 0 where the system doesn't say. */
double memory_peak(void);

/* Bytes that the system could hand out now without swapping; infinite where it doesn't say. */
double memory_available(void);

#endif
