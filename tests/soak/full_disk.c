/* full_disk.c: an object to be loaded before the C library, with which the disk of a program is full after
 * some bytes: what still fits is written, as a real one does it, and then it says ENOSPC.
 *
 * The variable NST_FULL_DISK names a file that holds the number of bytes; none, or no file: no limit. Only
 * processes whose name begins with "neural-style" read it, and only regular files count; FILE.failed is left
 * once something didn't fit. Rejected: a small file system, which only root may make, and a limit on the
 * size of a file, which has another error, and a signal. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long room = -1; /* bytes; -1: no limit */
static char failed_path[4096];

__attribute__((constructor)) static void begin(void)
{
    char text[32] = "";
    const char *path = getenv("NST_FULL_DISK");
    bool ours = strncmp(program_invocation_short_name, "neural-style", strlen("neural-style")) == 0;
    int file = path && ours ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file == -1)
        return;
    if (read(file, text, sizeof text - 1) > 0) {
        snprintf(failed_path, sizeof failed_path, "%s.failed", path);
        atomic_store(&room, strtol(text, NULL, 10));
    }
    close(file);
}

static void leave_sign(void)
{
    int file = open(failed_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (file != -1)
        close(file);
}

static bool on_disk(int file)
{
    struct stat about;
    return atomic_load(&room) >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

ssize_t write(int file, const void *bytes, size_t count)
{
    if (on_disk(file)) {
        long left = atomic_fetch_sub(&room, (long)count);
        if (left < (long)count) {
            leave_sign();
            atomic_store(&room, 0);
            count = left > 0 ? (size_t)left : 0;
        }
        if (count == 0) {
            errno = ENOSPC;
            return -1;
        }
    }
    return syscall(SYS_write, file, bytes, count);
}
