/* placement.c: of two layers in different groups, the one lies higher whose group does, or the group that
 * holds that group, next to each other; so the stack is walked up from both until the two have the same
 * parent. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "placement.h"

#include "again.h"
#include "host.h"

/* How many groups a layer is in. */
static int depth_of(int layer)
{
    int depth = 0;
    while ((layer = host_parent(layer)) != -1)
        depth++;
    return depth;
}

static int ancestor(int layer, int levels)
{
    for (; levels > 0; levels--)
        layer = host_parent(layer);
    return layer;
}

/* What of `other`, itself or a group that it is in, lies beside `layer`, or a group of it, and above that;
 * -1: it lies lower, or one of the two holds the other. */
static int higher(int layer, int other)
{
    int difference = depth_of(other) - depth_of(layer);
    int a = ancestor(layer, -difference), b = ancestor(other, difference);
    if (a == b)
        return -1;
    while (host_parent(a) != host_parent(b)) {
        a = host_parent(a);
        b = host_parent(b);
    }
    return host_position(b) < host_position(a) ? b : -1;
}

/* Still in the image? The user may have deleted it. */
static bool is_there(const PluginCall *call, int layer)
{
    return host_kind(layer) == HOST_LAYER && host_image(layer) == call->image;
}

int placement_below(const PluginCall *call)
{
    if (call->again && is_there(call, call->again->painting))
        return again_named(call->again);
    if (!is_there(call, call->content))
        return -1;
    if (call->again || call->unwatched || call->style == -1 || !is_there(call, call->style))
        return call->content;
    int above = higher(call->content, call->style);
    return above == -1 ? call->content : above;
}
