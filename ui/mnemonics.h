/* mnemonics.h: no two labels of a window shall have the same letter underlined, in whatever language they
 * are. Knows GLib, no GTK; any thread. */
#ifndef UI_MNEMONICS_H
#define UI_MNEMONICS_H

#include <glib.h>

/* The label with a mnemonic that `taken` doesn't hold yet, and which is added to it: its own where that is
 * free, else its first letter that is; none where no letter is left. The caller frees it with g_free. */
char *mnemonics_take(GString *taken, const char *label);

#endif
