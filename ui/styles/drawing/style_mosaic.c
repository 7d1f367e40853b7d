/* style_mosaic.c: mosaic of small stone and glass tiles. */
#include "draw_styles.h"

Picture draw_mosaic(void)
{
    return picture_new(1280, 1024);
}
