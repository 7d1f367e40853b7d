/* weights_choice.h: the field for the network's weights (see fields.h). */
#ifndef UI_WEIGHTS_CHOICE_H
#define UI_WEIGHTS_CHOICE_H

#include "fields.h"

/* weights: as in DialogHost. */
void weights_choice_build(Field *field, const DialogWeights *weights);

#endif
