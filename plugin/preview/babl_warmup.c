/* babl_warmup.c: a thread asks babl for the conversion and throws it away: babl keeps it, and has it at hand when
 * the same is asked for again. babl is made for many threads, as GEGL uses it.
 *
 * Rejected: asking before the window is shown. That holds the opening up, and is in vain for a selection, or
 * a layer of another image, of which nobody knows the format yet. */
#include "babl_warmup.h"

#include <stdlib.h>

typedef struct Way {
    const Babl *from, *to;
} Way;

struct BablWarmup {
    void (*found)(void *data);
    void *data;
    GArray *known;   /* Way */
    GThread *thread; /* NULL: nothing is looked for */
    Way wanted;      /* by the thread */
    guint told;      /* the source that tells of it; the thread's as long as it runs */
};

/* Whose thread is at work. */
static BablWarmup *looking;

/* When GIMP quits, libgimp calls exit in the middle of whatever the main thread is at, and babl is taken down
 * under who still uses it. */
static void stop_looking(void)
{
    if (looking)
        g_thread_join(looking->thread);
}

static gboolean tell(gpointer data)
{
    BablWarmup *formats = data;
    g_thread_join(g_steal_pointer(&formats->thread));
    looking = NULL;
    g_array_append_val(formats->known, formats->wanted);
    formats->found(formats->data);
    return G_SOURCE_REMOVE;
}

static gpointer look(gpointer data)
{
    BablWarmup *formats = data;
    babl_fish(formats->wanted.from, formats->wanted.to);
    formats->told = g_idle_add(tell, formats);
    return NULL;
}

BablWarmup *babl_warmup_new(void (*found)(void *data), void *data)
{
    static bool registered;
    if (!registered)
        registered = atexit(stop_looking) == 0;
    BablWarmup *formats = g_new0(BablWarmup, 1);
    formats->found = found;
    formats->data = data;
    formats->known = g_array_new(FALSE, FALSE, sizeof(Way));
    return formats;
}

static bool is_known(const BablWarmup *formats, const Babl *from, const Babl *to)
{
    for (guint i = 0; i < formats->known->len; i++) {
        const Way *way = &g_array_index(formats->known, Way, i);
        if (way->from == from && way->to == to)
            return true;
    }
    return false;
}

/* Without a thread the reader has to wait, as if nobody had asked. */
bool babl_warmup_know(BablWarmup *formats, const Babl *from, const Babl *to)
{
    if (is_known(formats, from, to))
        return true;
    if (formats->thread)
        return false;
    formats->wanted = (Way){from, to};
    formats->thread = g_thread_try_new("formats", look, formats, NULL);
    looking = formats->thread ? formats : NULL;
    return !formats->thread;
}

void babl_warmup_free(BablWarmup *formats)
{
    if (formats->thread) {
        g_thread_join(formats->thread);
        g_source_remove(formats->told);
        looking = NULL;
    }
    g_array_unref(formats->known);
    g_free(formats);
}
