/* file_read.h: THE way in which files are read that others may have made, and may change meanwhile.
 *
 * Only regular files are opened: nothing waits for a pipe, or reads a device for ever. A file is read, never
 * mapped: one that shrinks meanwhile ends in an error, where a mapped one ends the program. An open file
 * stays the same file, whatever is put in its place. Any thread may read an open one. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_FILE_READ_H
#define NST_FILE_READ_H

#include "core/base/status.h"

#include <stdbool.h>
#include <stddef.h>

/* Returns NULL, or why the file can't be opened: a text for nst_translated, which a message puts behind the
 * file's name. Then *out is NULL. */
typedef struct FileReader FileReader;
const char *file_reader_open(FileReader **out, const char *path);
FileReader *file_reader_share(FileReader *reader); /* for one more owner, who closes it too */
void file_reader_close(FileReader *reader);        /* NULL is fine */

size_t file_reader_size(const FileReader *reader); /* in bytes, when it was opened */

/* Reads `count` bytes from `offset` on. False: they aren't all there, or can't be read. */
bool file_reader_get(const FileReader *reader, void *bytes, size_t count, size_t offset);

/* Whether nobody has written to it since it was opened, as far as the file's times tell. */
bool file_reader_unchanged(const FileReader *reader);

/* Whether it is unchanged, and still the file at that path. */
bool file_reader_is_at(const FileReader *reader, const char *path);

/* The SHA-256 of all its bytes in hexadecimal, which the caller frees with g_free; NULL: it can't be read. */
char *file_reader_hash(const FileReader *reader);

/* For libraries that read by a descriptor; it belongs to the reader. */
int file_reader_descriptor(const FileReader *reader);

/* Reads a file of at most `most` bytes into *text, which gets a final NUL and which the caller frees with
 * g_free. Returns NULL, or why it can't be done, as above; then *text is NULL. */
const char *file_read(const char *path, size_t most, char **text, size_t *length);

#endif
