/* plugin.c: the way of one run: check what was given, read the pictures, let core paint, put the result
 * above the content.
 *
 * GIMP's Cancel kills the process without a word, and the user may go on editing meanwhile. So everything
 * needed of the image is read before the painting starts, the selection too; nothing in it is touched before
 * the painting is done; and then what has to be there still is checked once more. */
#define G_LOG_DOMAIN "neural-style"

#include "plugin.h"

#include "call_check.h"
#include "core/base/memory.h"
#include "host.h"
#include "job.h"
#include "pixels.h"
#include "record.h"
#include "ui/help.h"
#include "ui/words.h"

#include <stdlib.h>

/* What a run reads. All zero: nothing yet. */
typedef struct Pictures {
    GeglRectangle area; /* of the content, in its coordinates */
    Pixels content, style, start;
    GeglBuffer *mask; /* the selection over the area; NULL: nothing is selected */
    char *name;       /* of the layer to be */
    char *style_name; /* of the style's */
} Pictures;

void plugin_words(void)
{
    char *folder = host_folder();
    words_bind(folder);
    g_free(folder);
}

char *plugin_help(void)
{
    char *settings = help_settings(false), *presets = help_presets(false);
    char *help =
        g_strdup_printf(_("Repaints a layer in the style of another, using the method of Gatys, Ecker and "
                          "Bethge: the layer's shapes are kept, the textures and colours come from the style "
                          "layer. The result is a new layer directly above. If there is a selection, only "
                          "the selected part is painted.\n\nSettings:\n%s\nPresets:\n%s"),
                        settings, presets);
    g_free(presets);
    g_free(settings);
    return help;
}

static NstStatus read_style(const PluginCall *call, Pixels *pixels, NstError *error)
{
    GeglBuffer *buffer = style_pixels(call, error);
    if (!buffer)
        return error->status;
    char *title = style_title(call);
    GeglRectangle whole = *gegl_buffer_get_extent(buffer);
    NstStatus status = pixels_read(buffer, &whole, title, pixels, error);
    g_free(title);
    g_object_unref(buffer);
    return status;
}

static NstStatus read_layer(CheckRole role, int layer, const GeglRectangle *area, Pixels *pixels,
                            NstError *error)
{
    char *title = check_title(role, layer);
    GeglBuffer *buffer = host_pixels(layer);
    NstStatus status =
        buffer ? pixels_read(buffer, area, title, pixels, error)
               : nst_fail(error, NST_BAD_ARGUMENT, "%s: GIMP gives no access to its pixels", title);
    g_clear_object(&buffer);
    g_free(title);
    return status;
}

static NstStatus read_whole_layer(CheckRole role, int layer, Pixels *pixels, NstError *error)
{
    GeglRectangle place = host_place(layer), whole = {0, 0, place.width, place.height};
    return read_layer(role, layer, &whole, pixels, error);
}

static void read_names(const PluginCall *call, Pictures *pictures)
{
    char *content = host_name(call->content);
    pictures->style_name = style_name(call);
    pictures->name = g_strdup_printf(_("%s in the style of %s"), content, pictures->style_name);
    g_free(content);
}

static void read_selection(const PluginCall *call, Pictures *pictures)
{
    GeglBuffer *selection = host_selection(call->image);
    if (!selection)
        return;
    GeglRectangle place = host_place(call->content), area = pictures->area;
    area.x += place.x;
    area.y += place.y;
    pictures->mask = pixels_copy(selection, &area);
    g_object_unref(selection);
}

/* pictures->area is set. */
static NstStatus read_pictures(const PluginCall *call, Pictures *pictures, NstError *error)
{
    NstStatus status = read_layer(CHECK_CONTENT, call->content, &pictures->area, &pictures->content, error);
    if (status == NST_OK)
        status = read_style(call, &pictures->style, error);
    if (status == NST_OK && call->settings.start == NST_START_LAYER)
        status = read_whole_layer(CHECK_START, call->settings.start_layer, &pictures->start, error);
    if (status != NST_OK)
        return status;
    read_selection(call, pictures);
    read_names(call, pictures);
    return NST_OK;
}

static void free_pictures(Pictures *pictures)
{
    pixels_free(&pictures->content);
    pixels_free(&pictures->style);
    pixels_free(&pictures->start);
    g_clear_object(&pictures->mask);
    g_free(pictures->name);
    g_free(pictures->style_name);
}

/* A file beside the plug-in, for g_free. */
static char *beside(const char *name)
{
    char *folder = host_folder(), *path = g_build_filename(folder, name, NULL);
    g_free(folder);
    return path;
}

char *plugin_built_in(void)
{
    return beside("default.safetensors");
}

char *plugin_readme(void)
{
    return beside("README.md");
}

char *plugin_memory(void)
{
    char *directory = host_directory();
    char *memory = g_build_filename(directory, "neural-style", NULL);
    g_free(directory);
    return memory;
}

NstStatus plugin_weights(const NstSettings *settings, WeightsFound *found, NstSettings *resolved,
                         NstError *error)
{
    char *built_in = plugin_built_in();
    NstStatus status = weights_found_resolve(settings->weights, built_in, found, error);
    g_free(built_in);
    if (status != NST_OK)
        return status;
    *resolved = *settings;
    if (g_strlcpy(resolved->weights, found->path, NST_TEXT_SIZE) < NST_TEXT_SIZE)
        return NST_OK;
    nst_fail(error, NST_BAD_FILE, "The path of the weights “%s” is longer than %d bytes", found->name,
             NST_TEXT_SIZE - 1);
    weights_found_clear(found);
    return NST_BAD_FILE;
}

/* Who watches it. Repeat has a window too, where GIMP has any. */
static RunFeedbackKind watch_of(const PluginCall *call)
{
    if (call->unwatched)
        return RUN_FEEDBACK_SCRIPT;
    return host_has_display() ? RUN_FEEDBACK_WINDOW : RUN_FEEDBACK_BAR;
}

/* What a run has made. All zero: nothing. */
typedef struct Painting {
    NstImage image;
    Report *report; /* NULL: none is wanted */
    char *course;   /* as in job.h */
} Painting;

static void free_painting(Painting *painting)
{
    nst_image_free(&painting->image);
    report_free(painting->report);
    g_free(painting->course);
}

/* settings: with the weights' path. */
static NstStatus paint(const PluginCall *call, const NstSettings *settings, const Pictures *pictures,
                       Painting *painting, NstError *error)
{
    NstJob job = {
        .content = &pictures->content.image,
        .style = &pictures->style.image,
        .start = pictures->start.image.rgb ? &pictures->start.image : NULL,
        .settings = settings,
        .threads = host_threads(),
    };
    painting->report = call->settings.report[0] ? report_new(&job) : NULL;
    return job_run(&job, watch_of(call), painting->report, &painting->image, &painting->course, error);
}

static NstStatus fill(int layer, const Pictures *pictures, const NstImage *result, NstError *error)
{
    GeglBuffer *buffer = host_pixels(layer);
    if (!buffer)
        return nst_fail(error, NST_NO_MEMORY, "GIMP gives no access to the new layer's pixels");
    NstStatus status = pixels_write(buffer, result, pictures->content.alpha, error);
    g_object_unref(buffer);
    if (status == NST_OK && pictures->mask && !host_add_mask(layer, pictures->mask))
        status = nst_fail(error, NST_NO_MEMORY, "GIMP could not add the layer mask");
    return status;
}

/* The one step that changes the image. */
static NstStatus insert(const PluginCall *call, int layer, const Pictures *pictures, NstError *error)
{
    GeglRectangle place = host_place(call->content);
    host_undo_begin(call->image);
    bool inserted =
        host_insert_above(layer, call->content, place.x + pictures->area.x, place.y + pictures->area.y);
    host_undo_end(call->image);
    return inserted ? NST_OK : nst_fail(error, NST_NO_MEMORY, "GIMP could not add the new layer");
}

/* The layer is made and filled while it belongs to no place, so that a failure leaves no trace. */
static NstStatus add_result(const PluginCall *call, const Pictures *pictures, const char *record,
                            const NstImage *result, int *layer, NstError *error)
{
    NstStatus status = check_content(call, error); /* minutes have passed, and the user had the image */
    if (status != NST_OK)
        return status;
    int made = host_layer_new(call->image, pictures->name, result->width, result->height);
    if (made == -1)
        return nst_fail(error, NST_NO_MEMORY, "GIMP could not create the new layer");
    host_attach(made, RECORD_NAME, record);
    status = fill(made, pictures, result, error);
    if (status == NST_OK)
        status = insert(call, made, pictures, error);
    if (status == NST_OK)
        *layer = made;
    else
        host_delete(made);
    return status;
}

/* What stands in the way of a report is told beforehand; if something does after all, the layer is worth more
 * than the report: it stays, and the user is told. */
static void write_report(const PluginCall *call, const Report *report)
{
    NstError error = WORDS_ERROR;
    char *version = host_version();
    if (report_write(report, version, call->settings.report, &error) != NST_OK)
        host_warn(error.message);
    g_free(version);
}

/* The call has been checked, and its weights are known; settings: with their path. */
static NstStatus run_with(const PluginCall *call, const NstSettings *settings, const WeightsFound *weights,
                          Pictures *pictures, int *layer, NstError *error)
{
    Painting painting = {0};
    NstStatus status = read_pictures(call, pictures, error);
    if (status == NST_OK)
        status = paint(call, settings, pictures, &painting, error);
    if (status == NST_OK) {
        char *record = record_new(&call->settings, pictures->style_name, weights, painting.course);
        status = add_result(call, pictures, record, &painting.image, layer, error);
        g_free(record);
    }
    if (status == NST_OK && painting.report)
        write_report(call, painting.report);
    free_painting(&painting);
    return status;
}

/* For who wants to know: G_MESSAGES_DEBUG=neural-style. */
static void tell_settings(const PluginCall *call)
{
    char *line = nst_settings_print(&call->settings);
    g_debug("runs with style=%d %s", call->style, line);
    free(line);
}

NstStatus plugin_run(const PluginCall *call, int *layer, NstError *error)
{
    Pictures pictures = {0};
    NstSettings settings;
    WeightsFound weights = {0};
    memory_give_back();
    NstStatus status = check_call(call, &pictures.area, error);

    *layer = -1;
    tell_settings(call);
    if (status == NST_OK && call->settings.report[0])
        status = report_check(call->settings.report, error);
    if (status == NST_OK)
        status = plugin_weights(&call->settings, &weights, &settings, error);
    if (status == NST_OK)
        status = run_with(call, &settings, &weights, &pictures, layer, error);
    weights_found_clear(&weights);
    free_pictures(&pictures);
    return status;
}
