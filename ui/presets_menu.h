/* presets_menu.h: the row of the dialog that sets many settings at once: the presets of core's table, and the
 * settings that the user has saved under a name (named_settings.h). Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_PRESETS_MENU_H
#define UI_PRESETS_MENU_H

#include "core/settings/settings.h"

#include <gtk/gtk.h>
#include <stdbool.h>

typedef struct PresetsMenu {
    const char *folder;          /* of the saved settings */
    const NstSettings *settings; /* the current ones: saved as they are, and what presets start from */
    void (*apply)(const NstSettings *settings, void *data); /* called with the settings that were chosen */
    void *data;

    GtkWidget *row, *box, *save, *delete;
    int shown;  /* the entry that the box shows */
    bool quiet; /* the box is being changed by the program, not by the user */
} PresetsMenu;

/* Fills *menu, which must not move while its widgets live. All pointers except the labels must live as long.
 * save, delete: the buttons' labels, with mnemonics. */
void presets_menu_build(PresetsMenu *menu, const char *save, const char *delete, const char *folder,
                        const NstSettings *settings, void (*apply)(const NstSettings *settings, void *data),
                        void *data);

/* Shows a preset of the table without applying it. */
void presets_menu_show(PresetsMenu *menu, int preset);

#endif
