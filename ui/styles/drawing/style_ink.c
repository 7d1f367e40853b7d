/* style_ink.c: pen and ink: hatching. */
#include "draw_styles.h"

Picture draw_ink(void)
{
    return picture_new(1280, 1024);
}
