/* weights_choice.h: the field for the network's weights (see field.h). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_WEIGHTS_CHOICE_H
#define UI_WEIGHTS_CHOICE_H

#include "dialog_host.h"
#include "field.h"

/* weights: as in DialogHost. */
void weights_choice_build(Field *field, const DialogWeights *weights);

#endif
