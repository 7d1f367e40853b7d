/* number_field.h: fields for numbers and whole numbers (see fields.h). */
#ifndef UI_NUMBER_FIELD_H
#define UI_NUMBER_FIELD_H

#include "fields.h"

void number_field_build(Field *field);
void integer_field_build(Field *field); /* the seed gets a button that throws a new one */

#endif
