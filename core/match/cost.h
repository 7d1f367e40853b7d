/* cost.h: what one scale of matching takes. Pure functions. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_COST_H
#define NST_MATCH_COST_H

#include "scales.h"

double cost_network_work(MatchScale grid); /* multiplications, as tiling_work counts them */
double cost_search_work(MatchScale grid);  /* and those of products of matrices */
double cost_arrays_bytes(MatchScale grid); /* what is allocated for the whole of a scale */
double cost_scale_bytes(MatchScale grid);  /* that, and at the peak of a scale */

#endif
