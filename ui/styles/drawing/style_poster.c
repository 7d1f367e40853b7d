/* style_poster.c: flat poster shapes with outlines. */
#include "draw_styles.h"

Picture draw_poster(void)
{
    return picture_new(1280, 1024);
}
