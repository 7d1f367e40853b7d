/* fail_allocation.h: lets an allocation of the program's own code fail. See fail_allocation.c. Any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FAIL_ALLOCATION_H
#define TESTS_FAIL_ALLOCATION_H

#include <stdbool.h>

/* Counts from 1 again; the at-th fails, and all after it if `on`. 0: none does. */
void fail_allocation(unsigned long at, bool on);

/* How many there were since then. */
unsigned long fail_allocation_asked(void);

#endif
