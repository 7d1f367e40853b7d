/* size_field.h: the field for the size to paint at. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_SIZE_FIELD_H
#define UI_SIZE_FIELD_H

#include "field.h"

/* Fills the field's widget, its holder and how it is shown, for an integer of which 0 is the full size. */
void size_field_build(Field *field);

#endif
