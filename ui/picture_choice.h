/* picture_choice.h: the layer to repaint: a box of all layers, with small pictures, and beside it a button
 * that swaps it with the style. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_PICTURE_CHOICE_H
#define UI_PICTURE_CHOICE_H

#include "dialog_host.h"

typedef struct PictureChoice PictureChoice; /* freed when its widget is destroyed */

typedef struct PictureChoiceHost {
    void (*chosen)(int layer, void *data);
    void (*swapped)(void *data);
    GdkPixbuf *(*layer_picture)(int layer, int width, int height, void *data); /* as in DialogHost */
    void *data;                                                                /* passed to all */
} PictureChoiceHost;

/* swap: the button's label, with its mnemonic. */
PictureChoice *picture_choice_new(const char *swap, const PictureChoiceHost *host);
GtkWidget *picture_choice_widget(PictureChoice *choice); /* the whole row */
GtkWidget *picture_choice_focus(PictureChoice *choice);  /* what takes the focus */

/* Shows these layers, as DialogHost has them, and that one as chosen, without calling `chosen`. */
void picture_choice_show(PictureChoice *choice, const DialogStyle *layers, int layer);

/* Whether the button can be pressed: the style is a layer too. */
void picture_choice_can_swap(PictureChoice *choice, bool can);

#endif
