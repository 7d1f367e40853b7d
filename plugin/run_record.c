/* run_record.c: the sources are described before the painting starts: they may be gone when it ends. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "run_record.h"

#include "again.h"
#include "host.h"
#include "paths.h"
#include "style.h"
#include "ui/words.h"

#include <stdio.h>
#include <string.h>

static void fill_layer(const PluginCall *call, int layer, RecordSource *source)
{
    int image = host_image(layer);
    *source = (RecordSource){.name = host_name(layer), .tattoo = host_tattoo(layer), .id = layer};
    if (image != call->image)
        source->image = host_image_label(image);
}

static void fill_style_file(const PluginCall *call, Record *record)
{
    StyleFolders folders = paths_styles();
    char *path = styles_found_path(call->settings.style_file, &folders);
    record->style.name = style_name(call);
    record->style_path = g_canonicalize_filename(path, NULL);
    record->style_hash = style_file_hash(call->style_file);
    g_free(path);
    paths_styles_clear(&folders);
}

/* Shown to scripts, and with G_MESSAGES_DEBUG=neural-style. */
static void compare(const PluginCall *call, const Record *record)
{
    const Record *first = &call->again->record;
    if (g_strcmp0(first->style.name, record->style.name) != 0 || !first->style_hash || !record->style_hash ||
        strcmp(first->style_hash, record->style_hash) == 0)
        return;
    g_debug("the style %s has changed since", record->style.name);
    if (call->unwatched)
        fprintf(stderr, "neural-style: the style %s has changed since this was painted\n",
                record->style.name);
}

void run_record_fill(const PluginCall *call, const GeglRectangle *area, const NstImage *style, Record *record)
{
    GeglRectangle content = host_place(call->content);
    record->settings = call->settings;
    record->session = host_session();
    record->width = content.width;
    record->height = content.height;
    record->area = (RecordArea){area->x, area->y, area->width, area->height};
    fill_layer(call, call->content, &record->content);
    if (call->settings.start == NST_START_LAYER)
        fill_layer(call, call->settings.start_layer, &record->start);
    if (call->settings.style_file[0]) {
        fill_style_file(call, record);
    } else {
        fill_layer(call, call->style, &record->style);
        if (style)
            record->style_hash = record_bytes_hash(style->rgb, nst_image_floats(style) * sizeof(float));
    }
    if (call->again)
        compare(call, record);
}
