/* style_pastel.c: soft pastel on dark paper. */
#include "draw_styles.h"

Picture draw_pastel(void)
{
    return picture_new(1280, 1024);
}
