/* procedure.h: how the plug-in presents itself to GIMP: its procedure's name, its place in the menus, its
 * help, and the catalogues that translate them. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROCEDURE_H
#define PROCEDURE_H

#include "ui/words.h"

#include <stdbool.h>

#define PROCEDURE_NAME        "plug-in-neural-style"
#define PROCEDURE_MENU_LABEL  N_("_Neural Style Transfer…")
#define PROCEDURE_MENU_PATH   "<Image>/Filters/Artistic"
#define PROCEDURE_IMAGE_TYPES "*" /* an indexed one is refused with a reason; GIMP would just do nothing */
#define PROCEDURE_BLURB       N_("Repaint a layer in the style of another")
#define PROCEDURE_AGAIN       "plug-in-neural-style-again" /* for scripts; in no menu */
#define PROCEDURE_AGAIN_BLURB N_("Paint a painting again, with changed settings")
#define PROCEDURE_AUTHORS     "The Neural Style authors" /* who also hold the copyright */
#define PROCEDURE_DATE        "2026"

/* Whether the plug-in was started by hand with --version, which is then printed: GIMP itself passes file
 * descriptors. Asks GIMP nothing. */
bool procedure_version_asked(int argc, char **argv);

/* Binds the catalogues that translate the plug-in. Once, before the first text is translated. */
void procedure_bind_words(void);

/* What the procedure does and which settings it takes, for GIMP's procedure browser and the dialog's Help.
 * The caller frees it with g_free. */
char *procedure_help(void);
char *procedure_again_help(void); /* the same of the other procedure */

#endif
