/* draw_styles.h: the built-in styles, each drawn by a file of its own, style_NAME.c. */
#ifndef DRAWING_DRAW_STYLES_H
#define DRAWING_DRAW_STYLES_H

#include "picture.h"

#define STYLE(name, quality) Picture draw_##name(void);
#include "styles.def"
#undef STYLE

#endif
