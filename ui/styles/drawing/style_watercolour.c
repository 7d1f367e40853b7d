/* style_watercolour.c: watercolour: washes, blooms and paper grain. */
#include "draw_styles.h"

Picture draw_watercolour(void)
{
    return picture_new(1280, 1024);
}
