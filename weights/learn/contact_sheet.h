/* contact_sheet.h: a page of the drawings that the network learns from, for people to look at. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_CONTACT_SHEET_H
#define NST_CONTACT_SHEET_H

#include "recipe.h"

#include "core/base/status.h"

/* Writes the first drawings of the recipe's seed, 8 to a row, as a PNG picture. Fails in a build without
 * cairo (contact_sheet_none.c). */
NstStatus contact_sheet_write(const char *path, const Recipe *recipe, NstError *error);

#endif
