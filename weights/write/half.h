/* half.h: float16, as the weights file holds it. */
#ifndef NST_HALF_H
#define NST_HALF_H

#include <stdint.h>

/* The nearest float16, ties to even; what is too large becomes infinite. */
uint16_t half_from_float(float value);

/* The nearest float16's value. */
float half_round(float value);

#endif
