/* contact_sheet_none.c: takes the place of contact_sheet.c where cairo is missing. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contact_sheet.h"

NstStatus contact_sheet_write(const char *path, const Recipe *recipe, NstError *error)
{
    (void)recipe;
    return nst_fail(error, NST_BAD_ARGUMENT,
                    "“%s” can't be written: this build has no cairo; install libcairo2-dev and build again",
                    path);
}
