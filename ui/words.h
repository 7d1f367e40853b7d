/* words.h: the user's language.
 *
 * A text that a user sees is written in English inside _(), which gives it in the language of the user's
 * locale; N_() marks one that lies in a table, and is put through _() where it is shown. Where a count
 * changes a sentence, dngettext(WORDS_DOMAIN, one, many, count) asks for the form; figures of sizes don't.
 * ui/po/update gathers whatever is marked into the catalogues ui/po/LANGUAGE.po; they are installed beside
 * the plug-in as locale/LANGUAGE/LC_MESSAGES/neural-style.mo. A text that no catalogue has is shown as it is
 * written.
 *
 * An error's format is put together inside nst_fail: so it is marked by being there, and an error that was
 * made as WORDS_ERROR speaks the user's language.
 *
 * What scripts read is the same everywhere: names and values of settings, the record, the report, and lines
 * on standard error, which are written between words_plain and words_again. */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include "core/settings/settings.h"

#include <libintl.h>
#include <locale.h>

#define WORDS_DOMAIN "neural-style"
#define WORDS_FOLDER "locale" /* beside the plug-in */

#define _(text)  dgettext(WORDS_DOMAIN, text)
#define N_(text) NST_N_(text)

/* To begin an NstError with. */
#define WORDS_ERROR                                                                                          \
    {                                                                                                        \
        .translate = words_translate                                                                         \
    }

/* Where the catalogues are: `folder` is the plug-in's. Once, before the first text. */
void words_bind(const char *folder);

/* _() as a function; any thread. */
const char *words_translate(const char *text);

/* From here on this thread, and it alone, speaks plain English with decimal points, until words_again gets
 * what is returned here. Without memory all stays as it is. */
locale_t words_plain(void);
void words_again(locale_t before);

#endif
