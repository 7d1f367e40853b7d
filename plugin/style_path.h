/* style_path.h: what the path of a style file may be, and what is wrong with one. Knows the file system, no
 * GIMP; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STYLE_PATH_H
#define STYLE_PATH_H

/* The path that an address like file:///pictures/a%20sky.png means; NULL: the text is no address of a file on
 * this computer. The caller frees it with g_free. */
char *style_path_of_address(const char *text);

/* Why a picture can't be read from there, to follow "it can't be read: ", in the user's language; NULL: there
 * is a file, and it may be read. The caller frees it with g_free. */
char *style_path_problem(const char *path);

#endif
