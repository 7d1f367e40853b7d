/* style_glass.c: stained glass: glowing panes in lead. */
#include "draw_styles.h"

Picture draw_glass(void)
{
    return picture_new(1280, 1024);
}
