/* fail_allocation.c: an object to be loaded before the C library, which lets one allocation of a program
 * fail: the k-th that the program's own code asks for. Other libraries' never fail, since those may not
 * survive it, which is not for us to mend; GLib for one ends the process by design.
 *
 * Which code asks is told by the return address: core, ui and plugin are linked into the executable.
 * Rejected: wrapping malloc when linking, which needs a second build of each program, and a limit on the
 * address space, which hits everybody.
 *
 * A program that is linked with it says itself when to fail (fail_allocation.h). In others the variable
 * NST_FAIL_ALLOCATION names a file that holds "K" or "K on", the latter if all after the k-th fail too. Only
 * processes whose name begins with "neural-style" read it; they leave FILE.failed once one has failed. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "fail_allocation.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc's own names, since dlsym would itself allocate. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static uintptr_t program_begin, program_end;
static atomic_ulong asked, fails_at; /* fails_at 0: none fails */
static atomic_bool goes_on;
static char failed_path[4096];

static int find_program(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size, (void)data;
    program_begin = UINTPTR_MAX;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        uintptr_t begin = info->dlpi_addr + part->p_vaddr, end = begin + part->p_memsz;
        if (part->p_type != PT_LOAD)
            continue;
        program_begin = begin < program_begin ? begin : program_begin;
        program_end = end > program_end ? end : program_end;
    }
    return 1; /* the program comes first, and the libraries don't matter */
}

static void read_order(void)
{
    char text[32] = "";
    const char *path = getenv("NST_FAIL_ALLOCATION");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file == -1)
        return;
    if (read(file, text, sizeof text - 1) > 0) {
        snprintf(failed_path, sizeof failed_path, "%s.failed", path);
        fail_allocation(strtoul(text, NULL, 10), strstr(text, "on") != NULL);
    }
    close(file);
}

__attribute__((constructor)) static void begin(void)
{
    dl_iterate_phdr(find_program, NULL);
    if (strncmp(program_invocation_short_name, "neural-style", strlen("neural-style")) == 0)
        read_order();
}

void fail_allocation(unsigned long at, bool on)
{
    atomic_store(&goes_on, on);
    atomic_store(&asked, 0);
    atomic_store(&fails_at, at);
}

unsigned long fail_allocation_asked(void)
{
    return atomic_load(&asked);
}

static void leave_sign(void)
{
    int file = failed_path[0] ? open(failed_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644) : -1;
    if (file != -1)
        close(file);
}

static bool fails(void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    if (from < program_begin || from >= program_end)
        return false;
    unsigned long number = atomic_fetch_add(&asked, 1) + 1, at = atomic_load(&fails_at);
    bool now = at > 0 && (number == at || (number > at && atomic_load(&goes_on)));
    if (now && number == at)
        leave_sign();
    if (now)
        errno = ENOMEM;
    return now;
}

#define FAILS() fails(__builtin_return_address(0))

void *malloc(size_t size)
{
    return FAILS() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return FAILS() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return FAILS() ? NULL : __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return FAILS() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    void *made = FAILS() ? NULL : __libc_memalign(alignment, size);
    if (made)
        *block = made;
    return made ? 0 : ENOMEM;
}

void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset)
{
    return FAILS() ? MAP_FAILED : (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);
}
