/* number_field.h: fields for numbers and whole numbers (see field.h). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_NUMBER_FIELD_H
#define UI_NUMBER_FIELD_H

#include "field.h"

void number_field_build(Field *field);
void integer_field_build(Field *field); /* the seed also gets a button for a new random one */

#endif
