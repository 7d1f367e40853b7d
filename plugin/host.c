/* host.c: the part of host.h for which every generation of GIMP has the same words. It is compiled with the
 * headers of each. */
#include "host.h"

#include <libgimp/gimp.h>

void host_progress_begin(const char *text)
{
    gimp_progress_init(text);
}

void host_progress(double fraction, const char *text)
{
    gimp_progress_set_text(text);
    gimp_progress_update(fraction);
}

void host_progress_end(void)
{
    gimp_progress_end();
}

void host_warn(const char *text)
{
    gimp_message(text);
}

char *host_version(void)
{
    char *number = gimp_version(), *version = g_strdup_printf("GIMP %s", number);
    g_free(number);
    return version;
}

char *host_folder(void)
{
    return g_path_get_dirname(gimp_get_progname());
}

char *host_directory(void)
{
    return g_strdup(gimp_directory());
}

void host_remember(const char *name, bool value)
{
    GimpParasite *parasite = gimp_parasite_new(name, GIMP_PARASITE_PERSISTENT, 1, value ? "1" : "0");
    gimp_attach_parasite(parasite);
    gimp_parasite_free(parasite);
}
