/* style_choice.h: the style is a layer or a picture file, chosen among small pictures of all that there are.
 * Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_STYLE_CHOICE_H
#define UI_STYLE_CHOICE_H

#include "dialog_host.h"
#include "style_strip.h"

typedef struct StyleChoice {
    int *layer; /* written to: the ID, or -1 */
    char *file; /* written to: as the setting style-file has it, or ""; NST_TEXT_SIZE bytes */
    void (*changed)(void *data);
    void *data;

    const DialogHost *host;
    StyleStrip *strip;
    GtkWidget *row;   /* the style's title, and the button that adds a file */
    GtkWidget *title; /* a label */
} StyleChoice;

/* Fills *choice, which must not move while its widgets live: choice->row, and the strip's. It shows *layer
 * and `file`, of which at most one is a style, and writes what is chosen there from then on. add: the
 * button's label, with its mnemonic. recent: the list of recent files (recent.h). */
void style_choice_build(StyleChoice *choice, const DialogHost *host, const char *add, const char *recent,
                        int *layer, char *file, void (*changed)(void *data), void *data);

/* Shows these layers, as DialogHost has them, all but `content`. */
void style_choice_show_layers(StyleChoice *choice, const DialogStyle *layers, int content);

/* Shows *layer and `file`, which somebody else has written. */
void style_choice_show(StyleChoice *choice);

#endif
