/* plugin.c: the way of one run: check what was given, read the pictures, let core paint, put the result
 * above the content.
 *
 * GIMP's Cancel kills the process without a word, and the user may go on editing meanwhile. So everything
 * needed of the image is read before the painting starts, the selection too; nothing in it is touched before
 * the painting is done; and then what has to be there still is checked once more. */
#include "plugin/plugin.h"

#include "core/memory.h"
#include "plugin/check.h"
#include "plugin/host.h"
#include "plugin/job.h"
#include "plugin/pixels.h"
#include "ui/help.h"

/* What a run reads. All zero: nothing yet. */
typedef struct Pictures {
    GeglRectangle area; /* of the content, in its coordinates */
    Pixels content, style, start;
    GeglBuffer *mask; /* the selection over the area; NULL: nothing is selected */
    char *name;       /* of the layer to be */
} Pictures;

char *plugin_help(void)
{
    char *settings = help_settings(), *presets = help_presets();
    char *help = g_strdup_printf(
        "Repaints a layer in the style of another, by the method of Gatys, Ecker and Bethge: the layer's "
        "shapes are kept, the textures and colours come from the style layer. The result is a new layer "
        "right above. With a selection only the selected part is painted.\n\nSettings:\n%s\nPresets:\n%s",
        settings, presets);
    g_free(presets);
    g_free(settings);
    return help;
}

static NstStatus read_layer(const char *role, int layer, const GeglRectangle *area, Pixels *pixels,
                            NstError *error)
{
    char *title = check_title(role, layer);
    GeglBuffer *buffer = host_pixels(layer);
    NstStatus status =
        buffer ? pixels_read(buffer, area, title, pixels, error)
               : nst_fail(error, NST_BAD_ARGUMENT, "%s: GIMP does not hand out its pixels", title);
    g_clear_object(&buffer);
    g_free(title);
    return status;
}

static NstStatus read_whole_layer(const char *role, int layer, Pixels *pixels, NstError *error)
{
    GeglRectangle place = host_place(layer), whole = {0, 0, place.width, place.height};
    return read_layer(role, layer, &whole, pixels, error);
}

static char *result_name(const PluginCall *call)
{
    char *content = host_name(call->content), *style = host_name(call->style);
    char *name = g_strdup_printf("%s in the style of %s", content, style);
    g_free(style);
    g_free(content);
    return name;
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
    NstStatus status = read_layer("content", call->content, &pictures->area, &pictures->content, error);
    if (status == NST_OK)
        status = read_whole_layer("style", call->style, &pictures->style, error);
    if (status == NST_OK && call->settings.start == NST_START_LAYER)
        status = read_whole_layer("start", call->settings.start_layer, &pictures->start, error);
    if (status != NST_OK)
        return status;
    read_selection(call, pictures);
    pictures->name = result_name(call);
    return NST_OK;
}

static void free_pictures(Pictures *pictures)
{
    pixels_free(&pictures->content);
    pixels_free(&pictures->style);
    pixels_free(&pictures->start);
    g_clear_object(&pictures->mask);
    g_free(pictures->name);
}

char *plugin_weights(void)
{
    char *folder = host_folder();
    char *weights = g_build_filename(folder, "default.safetensors", NULL);
    g_free(folder);
    return weights;
}

/* *report: made where one is wanted, for report_free; else NULL. */
static NstStatus paint(const PluginCall *call, const Pictures *pictures, Report **report, NstImage *result,
                       NstError *error)
{
    char *weights = plugin_weights();
    NstJob job = {
        .content = &pictures->content.image,
        .style = &pictures->style.image,
        .start = pictures->start.image.rgb ? &pictures->start.image : NULL,
        .settings = &call->settings,
        .default_weights = weights,
        .threads = host_threads(),
    };
    *report = call->settings.report[0] ? report_new(&job) : NULL;
    NstStatus status = job_run(&job, call->unwatched, *report, result, error);
    g_free(weights);
    return status;
}

static NstStatus fill(int layer, const Pictures *pictures, const NstImage *result, NstError *error)
{
    GeglBuffer *buffer = host_pixels(layer);
    if (!buffer)
        return nst_fail(error, NST_NO_MEMORY, "GIMP does not hand out the new layer's pixels");
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
static NstStatus add_result(const PluginCall *call, const Pictures *pictures, const NstImage *result,
                            int *layer, NstError *error)
{
    NstStatus status = check_content(call, error); /* minutes have passed, and the user had the image */
    if (status != NST_OK)
        return status;
    int made = host_layer_new(call->image, pictures->name, result->width, result->height);
    if (made == -1)
        return nst_fail(error, NST_NO_MEMORY, "GIMP could not make the new layer");
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
    NstError error = {0};
    char *version = host_version();
    if (report_write(report, version, call->settings.report, &error) != NST_OK)
        host_warn(error.message);
    g_free(version);
}

NstStatus plugin_run(const PluginCall *call, int *layer, NstError *error)
{
    Pictures pictures = {0};
    NstImage result = {0};
    Report *report = NULL;
    memory_give_back();
    NstStatus status = check_call(call, &pictures.area, error);

    *layer = -1;
    if (status == NST_OK && call->settings.report[0])
        status = report_check(call->settings.report, error);
    if (status == NST_OK)
        status = read_pictures(call, &pictures, error);
    if (status == NST_OK)
        status = paint(call, &pictures, &report, &result, error);
    if (status == NST_OK)
        status = add_result(call, &pictures, &result, layer, error);
    if (status == NST_OK && report)
        write_report(call, report);
    report_free(report);
    nst_image_free(&result);
    free_pictures(&pictures);
    return status;
}
