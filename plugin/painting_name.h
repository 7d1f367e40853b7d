/* painting_name.h: what a painting's layer is called. Knows no GIMP; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PAINTING_NAME_H
#define PAINTING_NAME_H

/* "Starry Night · golden_gate": first what differs between several paintings of one picture. Both names may
 * be a layer's or a file's; a built-in style is called by its title. The parts are cut where they are long.
 * The caller frees it with g_free. */
char *painting_name_new(const char *style, const char *content);

/* The title of the built-in style of that name, in the user's language; NULL: there is no such style. */
const char *painting_name_title(const char *style);

#endif
