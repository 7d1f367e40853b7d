/* presets_menu.h: a row of the dialog that sets many settings at once: the presets of core's table, and what
 * the user has saved under names of his own (named_settings.h). Main thread only. */
#ifndef UI_PRESETS_MENU_H
#define UI_PRESETS_MENU_H

#include "core/settings/settings.h"

#include <gtk/gtk.h>
#include <stdbool.h>

typedef struct PresetsMenu {
    const char *folder;          /* of the saved ones */
    const NstSettings *settings; /* as they stand: what is saved, and what a preset leaves as it is */
    void (*apply)(const NstSettings *settings, void *data); /* what was chosen is to be shown */
    void *data;

    GtkWidget *row, *box, *save, *delete;
    int shown;  /* the entry that the box shows */
    bool quiet; /* the box is being changed by us */
} PresetsMenu;

/* Fills *menu, which must stay where it is as long as its widgets live. All that is handed over must live as
 * long. save, delete: the buttons' labels, with mnemonics. */
void presets_menu_build(PresetsMenu *menu, const char *save, const char *delete, const char *folder,
                        const NstSettings *settings, void (*apply)(const NstSettings *settings, void *data),
                        void *data);

/* Shows a preset of the table, and applies nothing. */
void presets_menu_show(PresetsMenu *menu, int preset);

#endif
