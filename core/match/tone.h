/* tone.h: gives a laid picture the content's large lights and darks. A spot is chosen for many reasons, of
 * which its light is one; where most of a painting is bright, shadows go missing, and the picture looks as if
 * in fog. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_TONE_H
#define NST_MATCH_TONE_H

#include "content.h"
#include "core/base/workers.h"
#include "core/picture/image.h"

typedef struct Tone {
    double share;                 /* 0..1: how much of it */
    const Relighting *relighting; /* of the whole content */
    int radius_x, radius_y;       /* of what is large, in pixels */
} Tone;

/* In place, with light l of the picture and L of the content, relit:
 *
 *     each channel += share large(L - l)
 *
 * clamped to 0..1, where large is a box, twice. Both pictures have the same size, and continue beyond
 * their edges as mirrors; pixels further than twice the radius from the edges don't depend on where they
 * are, to the bit. */
NstStatus tone_restore(const Tone *tone, const NstImage *content, Workers *workers, NstImage *picture,
                       NstError *error);

double tone_bytes(double pixels);

#endif
