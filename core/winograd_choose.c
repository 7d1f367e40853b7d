/* winograd_choose.c: the one place that looks at the processor. */
#include "winograd_transform.h"

#include <stdlib.h>
#include <string.h>

static const WinogradTransforms *named(const WinogradTransforms *transforms, const char *name)
{
    return !name || strcmp(transforms->name, name) == 0 ? transforms : NULL;
}

/* The best of those that the processor bears, and that have the name (NULL: any). */
static const WinogradTransforms *choose(const char *name)
{
    const WinogradTransforms *chosen = NULL;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f"))
        chosen = named(&winograd_avx512, name);
    if (!chosen && __builtin_cpu_supports("avx2"))
        chosen = named(&winograd_avx2, name);
#endif
    return chosen ? chosen : named(&winograd_baseline, name);
}

const WinogradTransforms *winograd_transforms(void)
{
    const WinogradTransforms *wanted = choose(getenv("NST_SIMD"));
    return wanted ? wanted : choose(NULL);
}
