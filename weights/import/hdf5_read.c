/* hdf5_read.c: HDF5, the format in which Keras saves weights. libhdf5 does the reading, in a child process.
 *
 * libhdf5 is large, and was not written for malicious files: damaged ones make it read outside its memory,
 * use too much of it, or run for ever. So it never runs in this process. A child does the work under limits
 * on memory and processor time, and answers over a socket; its answers are checked as a file's bytes would
 * be. If it dies, the file is refused, and nothing else happens. (It is a fork, not a program of its own,
 * which is safe because this process has a single thread.)
 *
 * The child lists the datasets: for each a Line and a name, then a Line of rank -1, then a Verdict. From then
 * on it answers each index with a Verdict and, if that is NST_OK, with the numbers. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hdf5_walk.h"
#include "magic.h"
#include "tensor_file.h"

#include "core/weights/safetensors.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* AddressSanitizer maps terabytes, so addresses can't be limited under it. GCC and clang each have their own
 * sign of it. */
#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
enum { SANITIZED = __has_feature(address_sanitizer) };
#else
enum { SANITIZED = 0 };
#endif

enum {
    MEMORY_MAX = 512 << 20,            /* of the child's addresses, in bytes */
    REQUEST_MICROSECONDS_MAX = 600000, /* processor time for one answer, which takes hundredths of a second */
    NAME_BYTES_MAX = 2048,
};

typedef struct Line {
    int rank; /* -1: the list ends */
    size_t side[TENSOR_RANK_MAX];
    size_t name; /* bytes of the name that follows */
} Line;

typedef struct Verdict {
    NstStatus status;
    char message[NST_MESSAGE_SIZE];
} Verdict;

typedef struct State {
    pid_t child;
    int socket;
} State;

/* ---- Both sides ---------------------------------------------------------------------------------------- */

static bool send_all(int socket, const void *bytes, size_t count)
{
    for (const char *at = bytes; count > 0;) {
        ssize_t sent = send(socket, at, count, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        count -= (size_t)sent;
    }
    return true;
}

static bool receive_all(int socket, void *bytes, size_t count)
{
    for (char *at = bytes; count > 0;) {
        ssize_t received = recv(socket, at, count, 0);
        if (received < 0 && errno == EINTR)
            continue;
        if (received <= 0)
            return false;
        at += received;
        count -= (size_t)received;
    }
    return true;
}

/* ---- The child ----------------------------------------------------------------------------------------- */

/* If the child dies, it must die quietly and alone: no handler of the parent's, no core file, no message on
 * the terminal. */
static void take_precautions(void)
{
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPROF, SIGXCPU};
    for (size_t i = 0; i < G_N_ELEMENTS(deadly); i++)
        signal(deadly[i], SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    if (!SANITIZED)
        setrlimit(RLIMIT_AS, &(struct rlimit){MEMORY_MAX, MEMORY_MAX});
    int silence = open("/dev/null", O_WRONLY);
    if (silence >= 0)
        dup2(silence, STDERR_FILENO);
}

/* Limits the processor time of the next answer. When it is spent, SIGPROF ends the process. */
static void wind_timer(void)
{
    setitimer(ITIMER_PROF, &(struct itimerval){.it_value.tv_usec = REQUEST_MICROSECONDS_MAX}, NULL);
}

typedef struct Child {
    int socket;
    GPtrArray *names; /* of the datasets, in the list's order */
    GArray *counts;   /* size_t: of numbers in each */
} Child;

static NstStatus list_dataset(void *data, const char *name, int rank, const size_t *side, NstError *error)
{
    Child *child = data;
    Line line = {.rank = rank, .name = strlen(name)};
    size_t count = 1;
    for (int i = 0; i < rank; i++) {
        line.side[i] = side[i];
        count *= side[i]; /* may overflow: the parent then refuses it, and never asks */
    }
    g_ptr_array_add(child->names, g_strdup(name));
    g_array_append_val(child->counts, count);
    if (send_all(child->socket, &line, sizeof line) && send_all(child->socket, name, line.name))
        return NST_OK;
    return nst_fail(error, NST_CANCELLED, "the parent has hung up");
}

static bool send_verdict(int socket, NstStatus status, const NstError *error)
{
    Verdict verdict = {.status = status};
    g_strlcpy(verdict.message, error->message, sizeof verdict.message);
    return send_all(socket, &verdict, sizeof verdict);
}

static bool answer(Child *child, Hdf5Walk *walk, size_t index)
{
    NstError error = {0};
    if (index >= child->names->len)
        return false;
    size_t count = MIN(g_array_index(child->counts, size_t, index), HDF5_COUNT_MAX + 1);
    float *values = g_new(float, count);
    NstStatus status = hdf5_walk_read(walk, g_ptr_array_index(child->names, index), count, values, &error);
    bool sent = send_verdict(child->socket, status, &error) &&
                (status != NST_OK || send_all(child->socket, values, count * sizeof *values));
    g_free(values);
    return sent;
}

G_GNUC_NORETURN
static void be_child(const TensorFile *file, int socket)
{
    Child child = {socket, g_ptr_array_new(), g_array_new(FALSE, FALSE, sizeof(size_t))};
    NstError error = {0};
    take_precautions();
    wind_timer();
    Hdf5Walk *walk;
    /* The file that is open, whatever is at its path by now. */
    char opened[64];
    g_snprintf(opened, sizeof opened, "/proc/self/fd/%d", file_reader_descriptor(file->source));
    const char *there = access(opened, R_OK) == 0 ? opened : file->path;
    NstStatus status = hdf5_walk_open(&walk, there, file->path, &error);
    if (status == NST_OK)
        status = hdf5_walk(walk, list_dataset, &child, &error);
    const Line end = {.rank = -1};
    bool alive = send_all(socket, &end, sizeof end) && send_verdict(socket, status, &error);
    size_t index;
    while (alive && status == NST_OK && receive_all(socket, &index, sizeof index)) {
        wind_timer();
        alive = answer(&child, walk, index);
    }
    _exit(0);
}

/* ---- The parent ---------------------------------------------------------------------------------------- */

static void hdf5_close(TensorFile *file)
{
    State *state = file->state;
    if (!state)
        return;
    close(state->socket);
    kill(state->child, SIGKILL); /* it has nothing to clean up */
    while (waitpid(state->child, NULL, 0) < 0 && errno == EINTR)
        ;
    g_free(state);
    file->state = NULL;
}

/* The child has hung up. */
static NstStatus lost(const TensorFile *file, NstError *error)
{
    return weights_refuse(error, file->path, "libhdf5 crashed or never finished on it; the file is damaged");
}

static NstStatus receive_verdict(const TensorFile *file, NstError *error)
{
    const State *state = file->state;
    Verdict verdict;
    if (!receive_all(state->socket, &verdict, sizeof verdict))
        return lost(file, error);
    verdict.message[sizeof verdict.message - 1] = '\0';
    return verdict.status == NST_OK ? NST_OK : nst_fail(error, verdict.status, "%s", verdict.message);
}

static NstStatus receive_list(TensorFile *file, NstError *error)
{
    const State *state = file->state;
    char name[NAME_BYTES_MAX + 1];
    NstStatus status = NST_OK;
    while (status == NST_OK) {
        Line line;
        if (!receive_all(state->socket, &line, sizeof line))
            return lost(file, error);
        if (line.rank < 0)
            break;
        if (line.name > NAME_BYTES_MAX || !receive_all(state->socket, name, line.name))
            return lost(file, error);
        name[line.name] = '\0';
        status = tensor_file_add(file, name, line.rank, line.side, error);
    }
    return status == NST_OK ? receive_verdict(file, error) : status;
}

static NstStatus hdf5_open(TensorFile *file, NstError *error)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        return nst_fail(error, NST_NO_MEMORY, "A child process can't be connected: %s", g_strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        close(pair[0]);
        be_child(file, pair[1]);
    }
    close(pair[1]);
    if (child < 0) {
        close(pair[0]);
        return nst_fail(error, NST_NO_MEMORY, "A child process can't be started: %s", g_strerror(errno));
    }
    State *state = file->state = g_new0(State, 1);
    state->child = child;
    state->socket = pair[0];
    return receive_list(file, error);
}

static NstStatus hdf5_read(TensorFile *file, size_t index, float *values, NstError *error)
{
    const State *state = file->state;
    if (!send_all(state->socket, &index, sizeof index))
        return lost(file, error);
    NstStatus status = receive_verdict(file, error);
    if (status != NST_OK)
        return status;
    size_t bytes = file->entry[index].count * sizeof *values;
    return receive_all(state->socket, values, bytes) ? NST_OK : lost(file, error);
}

const TensorFormat hdf5_format = {
    .name = "HDF5",
    .recognises = is_hdf5,
    .open = hdf5_open,
    .read = hdf5_read,
    .close = hdf5_close,
};
