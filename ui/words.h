/* words.h: the user's language.
 *
 * A text that users see is written in English inside _(), which translates it into the language of the user's
 * locale; N_() marks one in a table, which goes through _() when it is shown. If a count changes a sentence,
 * dngettext(WORDS_DOMAIN, one, many, count) chooses the form; sizes and times don't need it. ui/po/update
 * gathers all marked texts into the catalogues ui/po/LANGUAGE.po, which are installed as
 * LANGUAGE/LC_MESSAGES/neural-style.mo in a folder. A text that is in no catalogue is shown in English.
 *
 * An error's format is marked by being an argument of nst_fail, which translates it if the error was
 * initialised with WORDS_ERROR.
 *
 * What scripts read is the same in every language: names and values of settings, the record, the report, and
 * lines on standard error, which are written between words_plain and words_again. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include "core/settings/settings.h"

#include <libintl.h>
#include <locale.h>

#define WORDS_DOMAIN "neural-style"

#define _(text)  dgettext(WORDS_DOMAIN, text)
#define N_(text) NST_N_(text)

/* Initialises an NstError. */
#define WORDS_ERROR                                                                                          \
    {                                                                                                        \
        .translate = words_translate                                                                         \
    }

/* Sets the folder of the catalogues. Call it once, before the first text. */
void words_bind(const char *folder);

/* _() as a function. Any thread. */
const char *words_translate(const char *text);

/* Switches this thread, and no other, to plain English with decimal points, until words_again is called with
 * the returned value. Without memory nothing changes. */
locale_t words_plain(void);
void words_again(locale_t before);

#endif
