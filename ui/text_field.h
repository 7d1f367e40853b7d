/* text_field.h: fields for texts that are typed (see fields.h). */
#ifndef UI_TEXT_FIELD_H
#define UI_TEXT_FIELD_H

#include "fields.h"

/* Layers and their weights; what doesn't read as such is complained of in the parser's own words. */
void layers_field_build(Field *field);

/* A file to write, with a button that asks for its place. */
void file_field_build(Field *field);

#endif
