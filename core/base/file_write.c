/* file_write.c: the new file has no name while it is written (O_TMPFILE), so that the system itself removes
 * it however the program ends, by SIGKILL too. Complete and synced, it gets a temporary name in the same
 * folder, by which it replaces the old file in one step.
 *
 * Some file systems know no files without a name. There it has the temporary name from the beginning.
 *
 * While there is such a name, this thread holds back the signals that end a program: they take effect once
 * the file is in its place, or gone. Rejected: handlers that remove the file. They belong to the program,
 * which may be GIMP's plug-in with handlers of its own, and need a global list of what to remove. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_TMPFILE, O_PATH */

#include "file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_SIZE = 40, ATTEMPTS = 100 };

struct FileWriter {
    char *path, *base;    /* base: the name inside the folder */
    int folder, file;     /* descriptors */
    char name[NAME_SIZE]; /* the temporary one; "": the file has none */
    bool holding;         /* the signals are held back */
    sigset_t signals;     /* what was held back before */
    const char *problem;  /* why the first failure; NULL: none so far */
};

static NstStatus refuse(NstError *error, const char *path, const char *why)
{
    return nst_fail(error, NST_BAD_FILE, "The file “%s” can't be written: %s", path,
                    nst_translated(error, why));
}

/* ---- Whether it may be replaced ------------------------------------------------------------------------ */

/* What stands in the way of a file called `base` in that folder, or NULL. *there: what is there now, or
 * zeros. */
static const char *obstacle(int folder, const char *base, struct stat *there)
{
    memset(there, 0, sizeof *there);
    if (!*base || fstatat(folder, base, there, AT_SYMLINK_NOFOLLOW) != 0)
        return *base && errno == ENOENT ? NULL : *base ? g_strerror(errno) : NST_N_("it is a folder");
    if (S_ISDIR(there->st_mode))
        return NST_N_("it is a folder");
    if (!S_ISREG(there->st_mode) && !S_ISLNK(there->st_mode))
        return NST_N_("it is not a regular file");
    bool protected = S_ISREG(there->st_mode) && faccessat(folder, base, W_OK, AT_EACCESS) != 0;
    return protected ? g_strerror(errno) : NULL;
}

/* Opens the folder and checks what is in it. */
static const char *look(FileWriter *writer, const char *path, struct stat *there)
{
    char *folder = g_path_get_dirname(path);
    const char *slash = strrchr(path, '/');
    writer->path = g_strdup(path);
    writer->base = g_strdup(slash ? slash + 1 : path);
    writer->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (writer->folder < 0 && errno == EACCES)
        writer->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC); /* it may be written, and not read */
    const char *why = writer->folder < 0 ? g_strerror(errno) : NULL;
    g_free(folder);
    if (!why && faccessat(writer->folder, ".", W_OK | X_OK, AT_EACCESS) != 0)
        why = g_strerror(errno);
    return why ? why : obstacle(writer->folder, writer->base, there);
}

static void writer_free(FileWriter *writer)
{
    if (writer->file >= 0)
        close(writer->file);
    if (writer->folder >= 0)
        close(writer->folder);
    g_free(writer->path);
    g_free(writer->base);
    g_free(writer);
}

/* A writer that has looked at its place, and has no file yet. */
static NstStatus writer_new(FileWriter **out, const char *path, struct stat *there, NstError *error)
{
    *out = NULL;
    FileWriter *writer = g_try_new0(FileWriter, 1);
    if (!writer)
        return nst_fail_memory(error, "a file", sizeof *writer);
    writer->file = writer->folder = -1;
    const char *why = look(writer, path, there);
    if (!why) {
        *out = writer;
        return NST_OK;
    }
    writer_free(writer);
    return refuse(error, path, why);
}

NstStatus file_write_check(const char *path, NstError *error)
{
    FileWriter *writer;
    struct stat there;
    NstStatus status = writer_new(&writer, path, &there, error);
    if (status == NST_OK)
        writer_free(writer);
    return status;
}

/* ---- The temporary name -------------------------------------------------------------------------------- */

static void hold_signals(FileWriter *writer)
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGHUP);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGQUIT);
    sigaddset(&ending, SIGTERM);
    writer->holding = pthread_sigmask(SIG_BLOCK, &ending, &writer->signals) == 0;
}

/* Whatever has arrived meanwhile takes effect here. */
static void release_signals(FileWriter *writer)
{
    if (writer->holding)
        pthread_sigmask(SIG_SETMASK, &writer->signals, NULL);
    writer->holding = false;
}

/* Makes something under a new name; `make` returns false, and sets errno, where it can't. */
static bool make_named(FileWriter *writer, bool (*make)(FileWriter *, const char *))
{
    char name[NAME_SIZE];
    hold_signals(writer);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        snprintf(name, sizeof name, ".neural-style-%08x%08x.new", g_random_int(), g_random_int());
        if (make(writer, name)) {
            g_strlcpy(writer->name, name, sizeof writer->name);
            return true;
        }
        if (errno != EEXIST)
            break;
    }
    int problem = errno;
    release_signals(writer);
    errno = problem;
    return false;
}

static bool create(FileWriter *writer, const char *name)
{
    writer->file = openat(writer->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    return writer->file >= 0;
}

static bool link_file(FileWriter *writer, const char *name)
{
    char number[NAME_SIZE];
    snprintf(number, sizeof number, "/proc/self/fd/%d", writer->file);
    return linkat(AT_FDCWD, number, writer->folder, name, AT_SYMLINK_FOLLOW) == 0;
}

/* ---- Writing ------------------------------------------------------------------------------------------- */

/* Whatever goes wrong with a file without a name, one with a name is tried. */
static bool open_file(FileWriter *writer)
{
#if defined O_TMPFILE && !defined FILE_WRITE_NAMED
    if (access("/proc/self/fd", X_OK) == 0) /* link_file needs it */
        writer->file = openat(writer->folder, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
#endif
    return writer->file >= 0 || make_named(writer, create);
}

/* Its owner and group, too, as far as that is allowed. */
static void keep_permissions(const FileWriter *writer, const struct stat *there)
{
    if (!S_ISREG(there->st_mode))
        return;
    bool same = fchown(writer->file, there->st_uid, there->st_gid) == 0;
    mode_t kept = same ? 0777 : 0707; /* not to another group */
    if (fchmod(writer->file, there->st_mode & kept) != 0)
        return; /* a file system without permissions */
}

NstStatus file_writer_new(FileWriter **out, const char *path, NstError *error)
{
    struct stat there;
    NstStatus status = writer_new(out, path, &there, error);
    if (status != NST_OK)
        return status;
    if (open_file(*out)) {
        keep_permissions(*out, &there);
        return NST_OK;
    }
    status = refuse(error, path, g_strerror(errno));
    writer_free(*out);
    *out = NULL;
    return status;
}

void file_writer_put(FileWriter *writer, const void *bytes, size_t count)
{
    for (const char *at = bytes; count > 0 && !writer->problem;) {
        ssize_t written = write(writer->file, at, count);
        if (written < 0 && errno != EINTR)
            writer->problem = g_strerror(errno);
        if (written > 0) {
            at += written;
            count -= (size_t)written;
        }
    }
}

/* A full disk may show only now. Not every file system can sync. */
static bool sync_file(int file)
{
    return fsync(file) == 0 || errno == EINVAL || errno == ENOSYS || errno == ENOTSUP;
}

/* Why it can't be done, in which case the old file is there still; or NULL. */
static const char *put_in_place(FileWriter *writer)
{
    if (!sync_file(writer->file) || (!writer->name[0] && !make_named(writer, link_file)))
        return g_strerror(errno);
    struct stat there;
    const char *why = obstacle(writer->folder, writer->base, &there); /* it may have come meanwhile */
    if (why)
        return why;
    if (renameat(writer->folder, writer->name, writer->folder, writer->base) != 0)
        return g_strerror(errno);
    writer->name[0] = 0;
    fsync(writer->folder); /* a power cut mustn't bring the old one back; no matter where it can't be done */
    return NULL;
}

NstStatus file_writer_finish(FileWriter *writer, NstError *error)
{
    NstStatus status = NST_OK;
    const char *why = writer->problem ? writer->problem : put_in_place(writer);
    if (why)
        status = refuse(error, writer->path, why);
    file_writer_abandon(writer);
    return status;
}

void file_writer_abandon(FileWriter *writer)
{
    if (!writer)
        return;
    if (writer->name[0])
        unlinkat(writer->folder, writer->name, 0);
    release_signals(writer);
    writer_free(writer);
}

NstStatus file_write(const char *path, const void *bytes, size_t count, NstError *error)
{
    FileWriter *writer;
    NstStatus status = file_writer_new(&writer, path, error);
    if (status != NST_OK)
        return status;
    file_writer_put(writer, bytes, count);
    return file_writer_finish(writer, error);
}
