/* again.c: the record says which layers a painting was made from; here they are looked for in the images that
 * are open. Nothing is guessed silently: what isn't found stays -1, and call_check.c names it.
 *
 * The painting's own place, name and mask are the user's by now; what is painted is the record's. So a moved
 * painting stays where it is, a selection that happens to be there plays no part, and the same area is
 * painted as the first time. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "again.h"

#include "dials.h"
#include "host.h"
#include "paths.h"
#include "record_sources.h"

#include <stdlib.h>
#include <string.h>

/* ---- Looking for layers -------------------------------------------------------------------------------- */

/* Of the candidates' array. */
static void candidate_clear(gpointer candidate)
{
    g_free((char *)((RecordCandidate *)candidate)->name);
}

static void add_candidates(GArray *candidates, int image)
{
    int count, *layers = host_layers(image, &count);
    for (int i = 0; i < count; i++) {
        RecordCandidate candidate = {layers[i], host_tattoo(layers[i]), host_name(layers[i])};
        g_array_append_val(candidates, candidate);
    }
    g_free(layers);
}

/* Whether a source that isn't in the painting's own image may be in this one. Of an image without a file only
 * the id tells: any two may be called "[Untitled]". */
static bool may_hold(int image, const RecordSource *source, RecordTrust trust)
{
    if (trust.ids && host_kind(source->id) == HOST_LAYER && host_image(source->id) == image)
        return true;
    if (!source->image)
        return true;
    char *label = host_image_label(image);
    bool same = g_path_is_absolute(label) && strcmp(label, source->image) == 0;
    g_free(label);
    return same;
}

static GArray *candidates_new(void)
{
    GArray *candidates = g_array_new(FALSE, FALSE, sizeof(RecordCandidate));
    g_array_set_clear_func(candidates, candidate_clear);
    return candidates;
}

/* Frees the candidates. */
static int find_among(GArray *candidates, const RecordSource *source, RecordTrust trust, int never)
{
    int found = record_source_find(source, trust, (RecordCandidate *)(void *)candidates->data,
                                   (int)candidates->len, never);
    g_array_unref(candidates);
    return found;
}

static RecordTrust trust_of(const Again *again)
{
    char *session = host_session();
    RecordTrust trust = {.ids = g_strcmp0(session, again->record.session) == 0,
                         .tattoos = host_tattoo(again->painting) == again->record.tattoo};
    g_free(session);
    return trust;
}

static int find_here(const Again *again, const RecordSource *source)
{
    GArray *candidates = candidates_new();
    add_candidates(candidates, host_image(again->painting));
    return find_among(candidates, source, trust_of(again), again->painting);
}

static int find_elsewhere(const Again *again, const RecordSource *source)
{
    RecordTrust trust = {.ids = trust_of(again).ids};
    GArray *candidates = candidates_new();
    int count, *images = host_images(&count);
    for (int i = 0; i < count; i++)
        if (images[i] != host_image(again->painting) && may_hold(images[i], source, trust))
            add_candidates(candidates, images[i]);
    g_free(images);
    return find_among(candidates, source, trust, again->painting);
}

/* Old records don't say which image a layer is in. */
static int find(const Again *again, const RecordSource *source)
{
    bool old = source->tattoo == 0;
    int found = source->image ? -1 : find_here(again, source);
    return found == -1 && (source->image || old) ? find_elsewhere(again, source) : found;
}

static int find_content(const Again *again)
{
    if (again->record.content.name)
        return find_here(again, &again->record.content);
    GArray *candidates = candidates_new();
    char *name = host_name(again->painting);
    add_candidates(candidates, host_image(again->painting));
    int found = record_content_guess(name, (RecordCandidate *)(void *)candidates->data, (int)candidates->len,
                                     again->painting);
    g_free(name);
    g_array_unref(candidates);
    return found;
}

bool again_read(int layer, Again *again)
{
    *again = (Again){0};
    if (host_kind(layer) == HOST_LAYER)
        layer = dials_painting(layer);
    char *text = host_kind(layer) == HOST_LAYER ? host_attached(layer, RECORD_NAME) : NULL;
    bool found = text && record_parse(text, &again->record);
    g_free(text);
    if (!found)
        return false;
    again->painting = layer;
    again->content = find_content(again);
    return true;
}

void again_clear(Again *again)
{
    if (again->painting)
        record_clear(&again->record);
    *again = (Again){0};
}

/* ---- What is painted with ------------------------------------------------------------------------------ */

/* A style file that has a name, or a relative path, may mean none by now; then its path is worth a try. */
static void recall_file(const Record *record, NstSettings *settings)
{
    StyleFolders folders = paths_styles();
    char *path = styles_found_path(settings->style_file, &folders);
    if (record->style_path && !g_file_test(path, G_FILE_TEST_EXISTS) &&
        g_file_test(record->style_path, G_FILE_TEST_EXISTS))
        g_strlcpy(settings->style_file, record->style_path, NST_TEXT_SIZE);
    g_free(path);
    paths_styles_clear(&folders);
}

void again_recall(const Again *again, PluginCall *call)
{
    const Record *record = &again->record;
    call->again = again;
    call->content = again->content;
    call->settings = record->settings;
    call->settings.report[0] = 0; /* of the first time: it must not be overwritten */
    call->style = record->settings.style_file[0] ? -1 : find(again, &record->style);
    call->settings.start_layer = find(again, &record->start);
    if (record->settings.style_file[0])
        recall_file(record, &call->settings);
}

void again_redirect(const Again *again, PluginCall *call)
{
    call->again = again;
    call->content = again->content;
}

/* ---- Changes ------------------------------------------------------------------------------------------- */

/* Takes "name=ID"; false: the word is another. */
static bool take_layer(const char *word, const char *name, int *layer)
{
    size_t length = strlen(name);
    if (strncmp(word, name, length) != 0 || word[length] != '=')
        return false;
    *layer = atoi(word + length + 1);
    return true;
}

static void take_word(PluginCall *call, const char *word, GString *others)
{
    if (take_layer(word, "content", &call->content))
        return;
    if (take_layer(word, "style", &call->style)) {
        call->settings.style_file[0] = 0;
        return;
    }
    char *quoted = g_shell_quote(word);
    g_string_append_printf(others, "%s ", quoted);
    g_free(quoted);
}

NstStatus again_change(PluginCall *call, const char *text, NstError *error)
{
    char **words = NULL;
    GString *others = g_string_new(NULL);
    if (!g_shell_parse_argv(text, NULL, &words, NULL)) /* empty, or what core will complain about */
        g_string_assign(others, text);
    for (char **word = words; word && *word; word++)
        if (g_str_has_prefix(*word, "style-file="))
            call->style = -1;
    for (char **word = words; word && *word; word++)
        take_word(call, *word, others);
    NstStatus status = nst_settings_parse(others->str, &call->settings, error);
    g_strfreev(words);
    g_string_free(others, TRUE);
    return status;
}

static NstStatus refuse(int layer, NstError *error)
{
    if (host_kind(layer) != HOST_LAYER)
        return nst_fail(error, NST_BAD_ARGUMENT, "There is no layer with the ID %d", layer);
    char *name = host_name(layer);
    nst_fail(error, NST_BAD_ARGUMENT,
             "The layer “%s” can't be painted again: it has no record of how it was painted", name);
    g_free(name);
    return NST_BAD_ARGUMENT;
}

NstStatus again_call(int layer, const char *changes, PluginCall *call, Again *again, NstError *error)
{
    if (!again_read(layer, again))
        return refuse(layer, error);
    again_recall(again, call);
    return again_change(call, changes ? changes : "", error);
}

/* ---- The area and the place ---------------------------------------------------------------------------- */

static bool covers_all(const Record *record)
{
    return record->area.width == 0 ||
           (record->area.width == record->width && record->area.height == record->height);
}

bool again_area(const PluginCall *call, GeglRectangle *area)
{
    const Again *again = call->again;
    const Record *record = &again->record;
    GeglRectangle place = host_place(call->content), whole = {0, 0, place.width, place.height};
    GeglRectangle below = host_place(again->painting);
    below.x -= place.x;
    below.y -= place.y;
    bool same = call->content == again->content && place.width == record->width &&
                place.height == record->height && record->area.width > 0;
    *area = whole;
    if (same)
        *area = (GeglRectangle){record->area.x, record->area.y, record->area.width, record->area.height};
    else if (covers_all(record) && record->width > 0)
        return true;
    else if (!gegl_rectangle_intersect(area, &whole, &below))
        return false;
    return gegl_rectangle_contains(&whole, area);
}

GeglRectangle again_place(const Again *again, const GeglRectangle *fresh)
{
    GeglRectangle place = host_place(again->painting);
    return place.width == fresh->width && place.height == fresh->height ? place : *fresh;
}

/* ---- What messages need -------------------------------------------------------------------------------- */

int again_named(const Again *again)
{
    int group = dials_group(again->painting);
    return group == -1 ? again->painting : group;
}

bool again_has_its_name(const Again *again)
{
    char *now = host_name(again_named(again));
    bool same = again->record.layer && record_name_is(again->record.layer, now);
    g_free(now);
    return same;
}

/* What a user looks for: a layer of another image by that too. The caller frees it with g_free. */
static char *full_name(const RecordSource *source)
{
    if (!source->image || !g_path_is_absolute(source->image))
        return g_strdup(source->name);
    char *image = g_path_get_basename(source->image);
    char *name = g_strdup_printf("%s (%s)", source->name, image);
    g_free(image);
    return name;
}

char *again_missing(const PluginCall *call, Role role)
{
    if (!call->again)
        return NULL;
    const Record *record = &call->again->record;
    const RecordSource *source = role == ROLE_CONTENT ? &record->content
                                 : role == ROLE_STYLE ? &record->style
                                                      : &record->start;
    if (!source->name)
        return g_strdup(role_name(role));
    char *name = full_name(source), *title = role_title_of(role, name);
    g_free(name);
    return title;
}
