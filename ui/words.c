/* words.c: gettext, and a way around it. GIMP has already set the locale when a plug-in's first function is
 * called. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <glib.h>

void words_bind(const char *folder)
{
    bindtextdomain(WORDS_DOMAIN, folder);
    bind_textdomain_codeset(WORDS_DOMAIN, "UTF-8"); /* as GTK needs it, whatever the locale's encoding */
}

const char *words_translate(const char *text)
{
    return _(text);
}

/* The character encoding stays the locale's, so that standard error is readable in a terminal. */
locale_t words_plain(void)
{
    locale_t copy = duplocale(uselocale((locale_t)0));
    locale_t plain = copy ? newlocale(LC_MESSAGES_MASK | LC_NUMERIC_MASK, "C", copy) : (locale_t)0;
    if (copy && !plain)
        freelocale(copy);
    return plain ? uselocale(plain) : (locale_t)0;
}

void words_again(locale_t before)
{
    if (before)
        freelocale(uselocale(before));
}
