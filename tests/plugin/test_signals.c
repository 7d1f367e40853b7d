/* test_signals.c: a signal that ends the plug-in ends it at once, whatever handler a library has set, and
 * also one that came before that; a handler could wait for a lock that its own thread holds. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/signals.h"

#include <glib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const int ending[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};

static void library_handler(int number)
{
    (void)number;
    _exit(1);
}

/* As GIMP's library does it. */
static void set_handlers(void)
{
    struct sigaction handled = {.sa_handler = library_handler};
    for (guint i = 0; i < G_N_ELEMENTS(ending); i++)
        sigaction(ending[i], &handled, NULL);
}

/* What becomes of a process that gets the signal at its beginning, or else once all is set up; it has begun
 * as this one has. */
static int status_after(int number, gboolean early)
{
    int status;
    pid_t process = fork();
    g_assert_cmpint(process, !=, -1);
    if (process == 0) {
        if (early)
            raise(number);
        set_handlers();
        if (early)
            raise(number);
        signals_end_process();
        raise(number);
        _exit(2);
    }
    g_assert_cmpint(waitpid(process, &status, 0), ==, process);
    return status;
}

static void check_all(gconstpointer early)
{
    for (guint i = 0; i < G_N_ELEMENTS(ending); i++) {
        int status = status_after(ending[i], early != NULL);
        g_assert_true(WIFSIGNALED(status));
        g_assert_cmpint(WTERMSIG(status), ==, ending[i]);
    }
}

/* A library's constructor, which may start threads: OpenBLAS does. */
static sigset_t mask_of_constructors;
__attribute__((constructor)) static void constructor(void)
{
    pthread_sigmask(SIG_BLOCK, NULL, &mask_of_constructors);
}

static void test_held(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(ending); i++)
        g_assert_true(sigismember(&mask_of_constructors, ending[i]));
    g_assert_false(sigismember(&mask_of_constructors, SIGSEGV));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/signals/end the process", NULL, check_all);
    g_test_add_data_func("/signals/that came early too", "early", check_all);
    g_test_add_func("/signals/are held back before there are other threads", test_held);
    return g_test_run();
}
