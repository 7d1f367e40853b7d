/* file_write.h: THE way in which every file of the product comes into being: whole, or not at all.
 *
 * A file that was there stays as it is until the new one is complete and on the disk, and keeps its
 * permissions. No link is followed: a link at `path` is itself replaced, and what it leads to stays as it is.
 * A folder, a pipe or a device is never replaced, and neither is a file that may not be written to. If the
 * program is interrupted or killed, nothing is left behind.
 *
 * Errors are NST_BAD_FILE, or NST_NO_MEMORY, and name the file. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_FILE_WRITE_H
#define NST_FILE_WRITE_H

#include "core/base/status.h"

#include <stddef.h>

/* Whether a file could be written there now. Writes nothing. */
NstStatus file_write_check(const char *path, NstError *error);

/* Writes a whole file at once. Any thread. */
NstStatus file_write(const char *path, const void *bytes, size_t count, NstError *error);

/* A file that is being written, piece by piece, by the thread that began it. */
typedef struct FileWriter FileWriter;

/* On failure *out is NULL. */
NstStatus file_writer_new(FileWriter **out, const char *path, NstError *error);

/* Appends. A failure is remembered, and file_writer_finish reports it. */
void file_writer_put(FileWriter *writer, const void *bytes, size_t count);

/* Puts the file in its place, unless anything has failed, and frees the writer. */
NstStatus file_writer_finish(FileWriter *writer, NstError *error);

/* Leaves everything as it was, and frees the writer; NULL is fine. */
void file_writer_abandon(FileWriter *writer);

#endif
