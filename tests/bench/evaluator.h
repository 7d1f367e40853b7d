/* evaluator.h: the child that evaluates once per request.
 *
 *     evaluate   -> the seconds it took          loss   -> the weighted total of the last evaluation
 *     product    -> GFLOP/s of OpenBLAS's own matrix product, on as many threads */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_EVALUATOR_H
#define BENCH_EVALUATOR_H

#include "child.h"

Child *evaluator_start(int side, int workers);

/* The child's side: arguments are SIDE WORKERS. */
int serve_evaluations(int count, char **arguments);

/* Writes the pictures that it works on, CONTENT_PICTURE first, to standard output as float32 [H, W, 3], so
 * that a peer can work on the same ones. The argument is SIDE. */
int write_pictures(int count, char **arguments);

#endif
