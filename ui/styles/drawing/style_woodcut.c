/* style_woodcut.c: woodcut: black ink on cream paper. */
#include "draw_styles.h"

Picture draw_woodcut(void)
{
    return picture_new(1280, 1024);
}
