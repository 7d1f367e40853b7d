/* roles.h: the parts that a call's layers play, and what messages call them. Main thread only: it asks
 * GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ROLES_H
#define ROLES_H

#include <gegl.h>
#include <stdbool.h>

typedef enum Role { ROLE_CONTENT, ROLE_STYLE, ROLE_START } Role;

/* "The style layer", for messages. */
const char *role_name(Role role);

/* "The style layer “x”", for messages; the caller frees it with g_free. */
char *role_title(Role role, int layer);

/* The same of an area of the content, in its coordinates: "The selected part of the content layer “x”", or
 * the part of it that is painted for another reason. The caller frees it with g_free. */
char *role_title_of_area(int content, const GeglRectangle *area, bool selected);

/* The same of a layer that is known by its name only. */
char *role_title_of(Role role, const char *name);

#endif
