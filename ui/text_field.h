/* text_field.h: fields for texts that are typed (see field.h). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_TEXT_FIELD_H
#define UI_TEXT_FIELD_H

#include "field.h"

/* Layers and their weights; for anything else the complaint is the parser's own message. */
void layers_field_build(Field *field);

/* A file to write, with a button that opens a file chooser. */
void file_field_build(Field *field);

#endif
