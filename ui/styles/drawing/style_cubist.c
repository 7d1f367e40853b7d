/* style_cubist.c: cubist facets: planes of broken colour. */
#include "draw_styles.h"

Picture draw_cubist(void)
{
    return picture_new(1280, 1024);
}
