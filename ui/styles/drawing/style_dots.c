/* style_dots.c: pointillism: small dots of pure colour. */
#include "draw_styles.h"

Picture draw_dots(void)
{
    return picture_new(1280, 1024);
}
