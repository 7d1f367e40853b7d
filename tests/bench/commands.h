/* commands.h: the benchmark's commands. Each takes the arguments after its name, prints CSV (tests/bench/run
 * --help explains the columns) and returns the exit status. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_COMMANDS_H
#define BENCH_COMMANDS_H

int engine(int count, char **arguments);
int peers(int count, char **arguments);
int workers(int count, char **arguments);
int large(int count, char **arguments);
int plan(int count, char **arguments);
int transfer(int count, char **arguments);
int trace(int count, char **arguments);
int resize(int count, char **arguments);

#endif
