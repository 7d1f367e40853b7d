/* file_read.c: pread, which needs no lock between threads. What the file is gets asked twice: before it is
 * opened, since opening some devices does something, and afterwards, since it may have been replaced. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_CLOEXEC with everything else */

#include "file_read.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

struct FileReader {
    int file; /* descriptor */
    struct stat about;
};

static const char *kind_refused(const struct stat *about)
{
    if (S_ISREG(about->st_mode))
        return (uint64_t)about->st_size < SIZE_MAX ? NULL : g_strerror(EFBIG);
    return S_ISDIR(about->st_mode)    ? NST_N_("it is a folder")
           : S_ISFIFO(about->st_mode) ? NST_N_("it is a pipe, not a file")
           : S_ISSOCK(about->st_mode) ? NST_N_("it is a socket, not a file")
                                      : NST_N_("it is a device, not a file");
}

static const char *look(FileReader *reader, int result)
{
    return result == 0 ? kind_refused(&reader->about) : g_strerror(errno);
}

const char *file_reader_open(FileReader **out, const char *path)
{
    FileReader *reader = g_atomic_rc_box_new0(FileReader);
    reader->file = -1;
    *out = NULL;
    const char *why = look(reader, stat(path, &reader->about));
    if (!why) {
        reader->file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        why = reader->file < 0 ? g_strerror(errno) : look(reader, fstat(reader->file, &reader->about));
    }
    if (why)
        file_reader_close(reader);
    else
        *out = reader;
    return why;
}

FileReader *file_reader_share(FileReader *reader)
{
    return g_atomic_rc_box_acquire(reader);
}

static void clear(gpointer reader)
{
    int file = ((FileReader *)reader)->file;
    if (file >= 0)
        close(file);
}

void file_reader_close(FileReader *reader)
{
    if (reader)
        g_atomic_rc_box_release_full(reader, clear);
}

size_t file_reader_size(const FileReader *reader)
{
    return (size_t)reader->about.st_size;
}

int file_reader_descriptor(const FileReader *reader)
{
    return reader->file;
}

bool file_reader_get(const FileReader *reader, void *bytes, size_t count, size_t offset)
{
    for (char *at = bytes; count > 0;) {
        ssize_t got = pread(reader->file, at, count, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        offset += (size_t)got;
        count -= (size_t)got;
    }
    return true;
}

bool file_reader_unchanged(const FileReader *reader)
{
    const struct stat *then = &reader->about;
    struct stat now;
    return fstat(reader->file, &now) == 0 && now.st_size == then->st_size &&
           now.st_mtim.tv_sec == then->st_mtim.tv_sec && now.st_mtim.tv_nsec == then->st_mtim.tv_nsec;
}

bool file_reader_is_at(const FileReader *reader, const char *path)
{
    const struct stat *ours = &reader->about;
    struct stat there;
    return stat(path, &there) == 0 && there.st_dev == ours->st_dev && there.st_ino == ours->st_ino &&
           file_reader_unchanged(reader);
}

char *file_reader_hash(const FileReader *reader)
{
    enum { BLOCK = 1 << 16 };
    size_t size = file_reader_size(reader);
    unsigned char *bytes = g_malloc(BLOCK);
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    bool good = true;
    for (size_t at = 0; good && at < size; at += BLOCK) {
        size_t count = MIN(size - at, (size_t)BLOCK);
        good = file_reader_get(reader, bytes, count, at);
        g_checksum_update(sum, bytes, (gssize)count);
    }
    char *hash = good ? g_strdup(g_checksum_get_string(sum)) : NULL;
    g_checksum_free(sum);
    g_free(bytes);
    return hash;
}

const char *file_read(const char *path, size_t most, char **text, size_t *length)
{
    FileReader *reader;
    const char *why = file_reader_open(&reader, path);
    *text = NULL;
    if (why)
        return why;
    *length = file_reader_size(reader);
    if (*length > most)
        why = NST_N_("it is too large");
    else if (!(*text = g_try_malloc(*length + 1)))
        why = g_strerror(ENOMEM);
    else if (!file_reader_get(reader, *text, *length, 0))
        why = NST_N_("it can't be read to its end");
    file_reader_close(reader);
    if (why)
        g_clear_pointer(text, g_free);
    else
        (*text)[*length] = 0;
    return why;
}
