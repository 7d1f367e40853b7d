/* draw_styles.h: the built-in styles, each drawn by a file of its own, style_NAME.c. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_DRAW_STYLES_H
#define DRAWING_DRAW_STYLES_H

#include "picture.h"

#define STYLE(name, quality, title) Picture draw_##name(void);
#include "ui/styles/styles.def"
#undef STYLE

#endif
