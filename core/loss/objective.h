/* objective.h: the loss of the painted picture G,
 *
 *     L(G) = content_weight * content + style_weight * style + tv_weight * tv
 *
 * and its gradient with respect to G. It ties the network and the losses together for one picture size. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_OBJECTIVE_H
#define NST_OBJECTIVE_H

#include "core/network/vgg16.h"
#include "core/picture/image.h"
#include "losses.h"
#include "objective_cost.h"
#include "objective_spec.h"

typedef struct Objective Objective;

/* `content` sets the size; `style` may have any size. `net` must be at least objective_depth(spec) deep.
 * `content` and `net` must outlive the objective; `style` is read here and not kept. *out is NULL after a
 * failure. Where the network's crew is stopped meanwhile (workers_stopped), it returns NST_OK soon, with an
 * objective whose values are void. */
NstStatus objective_new(Objective **out, const Vgg16 *net, const ObjectiveSpec *spec,
                        const ObjectivePlan *plan, const NstImage *content, const NstImage *style,
                        NstError *error);
void objective_free(Objective *objective); /* NULL is fine */

/* rgb and drgb: [H, W, 3] of the content's size. Allocates nothing. Where the crew is stopped, it returns
 * soon and what it leaves is void. Not from two threads at once. */
void objective_evaluate(Objective *objective, const float *rgb, Losses *losses, float *drgb);

#endif
