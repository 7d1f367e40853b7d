/* signals.c: GIMP's library handles these signals by printing what has happened. It translates that and
 * allocates memory for it, within the handler; where the signal comes while the process allocates, that
 * waits for itself, and GIMP for it, for ever. So ours end the process as the system does it, and GIMP tells
 * the user that the plug-in has crashed. Nothing is left behind: a file that is being written has no name
 * yet (core/base/file_write.c).
 *
 * The library sets its handlers in gimp_main, before anything of ours is called again; until then the
 * signals are held back, from before the libraries' constructors on, since OpenBLAS starts threads in its
 * own, which would otherwise take them. Rejected: a handler of our own, which has nothing to do. The
 * library's handlers of SIGSEGV and the like stay, since what they print helps to find our faults. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signals.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>

static const int ending[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
enum { COUNT = sizeof ending / sizeof *ending };

static void mask(int how)
{
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < COUNT; i++)
        sigaddset(&set, ending[i]);
    pthread_sigmask(how, &set, NULL);
}

static void hold(void)
{
    mask(SIG_BLOCK);
}

/* What the loader calls before any constructor. */
__attribute__((section(".preinit_array"), used)) static void (*const first)(void) = hold;

void signals_end_process(void)
{
    struct sigaction at_once = {.sa_handler = SIG_DFL};
    sigemptyset(&at_once.sa_mask);
    for (int i = 0; i < COUNT; i++)
        sigaction(ending[i], &at_once, NULL);
    mask(SIG_UNBLOCK);
}
