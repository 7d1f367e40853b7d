/* style_calligraphy.c: brush and ink on rice paper: few, wet and dry strokes. */
#include "draw_styles.h"

Picture draw_calligraphy(void)
{
    return picture_new(1280, 1024);
}
