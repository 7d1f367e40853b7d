/* dialog_styles.h: what the dialog offers as pictures and styles: the layers of all open images, the built-in
 * styles and the user's own. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DIALOG_STYLES_H
#define DIALOG_STYLES_H

#include "ui/dialog_host.h"

typedef struct DialogStyles DialogStyles;

/* never: a layer that is not among them; -1: all are. The caller frees it with dialog_styles_free. */
DialogStyles *dialog_styles_new(int never);
void dialog_styles_free(DialogStyles *styles);

/* The styles that are files, ended by a NULL title; valid as long as `styles`. */
const DialogStyle *dialog_styles_files(const DialogStyles *styles);

/* As DialogHost's functions of these names. */
const DialogStyle *dialog_styles_layers(DialogStyles *styles);
GdkPixbuf *dialog_styles_picture(int layer, int width, int height);

/* Copies a picture file to the user's own styles; the style is valid until the next call. NULL: it can't be
 * one. */
const DialogStyle *dialog_styles_add(DialogStyles *styles, const char *path);

#endif
