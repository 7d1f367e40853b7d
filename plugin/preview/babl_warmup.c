/* babl_warmup.c: a thread asks babl for the conversion and throws it away: babl keeps it, and has it at hand
 * when it is asked again. babl may be used by many threads at once, as GEGL does.
 *
 * Rejected: asking before the window is shown. That delays the opening, and is in vain for a selection, or a
 * layer of another image, whose format nobody knows yet. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "babl_warmup.h"

#include "joined_thread.h"

typedef struct Conversion {
    const Babl *from, *to;
} Conversion;

struct BablWarmup {
    void (*ready)(void *data);
    void *data;
    GArray *known;       /* of Conversion */
    JoinedThread thread; /* at work on `wanted` */
    Conversion wanted;
    guint finished; /* the idle source that ends the thread; written by the thread */
};

/* In the main thread. */
static gboolean finish(gpointer data)
{
    BablWarmup *warmup = data;
    joined_thread_join(&warmup->thread);
    g_array_append_val(warmup->known, warmup->wanted);
    warmup->ready(warmup->data);
    return G_SOURCE_REMOVE;
}

static gpointer prepare(gpointer data)
{
    BablWarmup *warmup = data;
    babl_fish(warmup->wanted.from, warmup->wanted.to);
    warmup->finished = g_idle_add(finish, warmup);
    return NULL;
}

BablWarmup *babl_warmup_new(void (*ready)(void *data), void *data)
{
    BablWarmup *warmup = g_new0(BablWarmup, 1);
    warmup->ready = ready;
    warmup->data = data;
    warmup->known = g_array_new(FALSE, FALSE, sizeof(Conversion));
    return warmup;
}

static bool is_known(const BablWarmup *warmup, const Babl *from, const Babl *to)
{
    for (guint i = 0; i < warmup->known->len; i++) {
        const Conversion *conversion = &g_array_index(warmup->known, Conversion, i);
        if (conversion->from == from && conversion->to == to)
            return true;
    }
    return false;
}

/* Without a thread the reader has to wait for babl itself. */
bool babl_warmup_is_ready(BablWarmup *warmup, const Babl *from, const Babl *to)
{
    if (is_known(warmup, from, to))
        return true;
    if (joined_thread_runs(&warmup->thread))
        return false;
    warmup->wanted = (Conversion){from, to};
    return !joined_thread_start(&warmup->thread, "formats", prepare, warmup, NULL, NULL);
}

void babl_warmup_free(BablWarmup *warmup)
{
    if (joined_thread_runs(&warmup->thread)) {
        joined_thread_join(&warmup->thread);
        g_source_remove(warmup->finished);
    }
    g_array_unref(warmup->known);
    g_free(warmup);
}
