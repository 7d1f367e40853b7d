/* mnemonics.h: keeps the underlined letters of a window's labels unique, in any language. Uses GLib but not
 * GTK; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_MNEMONICS_H
#define UI_MNEMONICS_H

#include <glib.h>

/* Returns the label with a mnemonic that `taken` doesn't hold yet, and adds it to `taken`: the label's own if
 * that is free, otherwise its first free letter, or none if no letter is left. The caller frees it with
 * g_free. */
char *mnemonics_take(GString *taken, const char *label);

#endif
