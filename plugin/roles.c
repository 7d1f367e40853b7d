/* roles.c: whole phrases, not words put together: in other languages an article and an ending depend on the
 * word between them. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roles.h"

#include "host.h"
#include "ui/words.h"

static const struct {
    const char *name, *title;
} roles[] = {
    [ROLE_CONTENT] = {N_("The content layer"), N_("The content layer “%s”")},
    [ROLE_STYLE] = {N_("The style layer"), N_("The style layer “%s”")},
    [ROLE_START] = {N_("The start layer"), N_("The start layer “%s”")},
};

const char *role_name(Role role)
{
    return _(roles[role].name);
}

char *role_title_of(Role role, const char *name)
{
    return g_strdup_printf(_(roles[role].title), name);
}

char *role_title(Role role, int layer)
{
    char *name = host_name(layer), *title = role_title_of(role, name);
    g_free(name);
    return title;
}

char *role_title_of_area(int content, const GeglRectangle *area, bool selected)
{
    GeglRectangle place = host_place(content);
    if (area->width == place.width && area->height == place.height)
        return role_title(ROLE_CONTENT, content);
    const char *title = selected ? _("The selected part of the content layer “%s”")
                                 : _("The part to be painted of the content layer “%s”");
    char *name = host_name(content), *text = g_strdup_printf(title, name);
    g_free(name);
    return text;
}
