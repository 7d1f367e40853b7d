/* ask.c: the dialog, and the line in it that says what the run will take.
 *
 * The line follows each change, but a slider changes dozens of times a second and GIMP is asked about three
 * layers each time: so the question is put once the user has paused. */
#include "plugin/plugin.h"

#include "core/memory.h"
#include "plugin/check.h"
#include "plugin/estimate.h"
#include "plugin/host.h"
#include "ui/dialog.h"

#include <string.h>

enum { PAUSE_MS = 200 };

/* What the dialog's callbacks know. */
typedef struct Asking {
    PluginCall call; /* as the dialog has it now */
    Dialog *dialog;
    Estimate *estimate;
    guint timer; /* until the user has paused; 0: it doesn't run */
} Asking;

static GtkWidget *layer_chooser(int *layer, void *data)
{
    const Asking *asking = data;
    return host_layer_chooser(asking->call.content, layer);
}

static void tell(const char *text, void *data)
{
    const Asking *asking = data;
    dialog_tell(asking->dialog, text);
}

static NstImage size_of(int width, int height)
{
    return (NstImage){width, height, NULL};
}

static NstImage size_of_layer(int layer)
{
    GeglRectangle place = host_place(layer);
    return size_of(place.width, place.height);
}

/* Of a style that has been checked. */
static NstImage size_of_style(const PluginCall *call)
{
    NstError error = {0};
    GeglBuffer *pixels = style_pixels(call, &error);
    NstImage size =
        pixels ? size_of(gegl_buffer_get_width(pixels), gegl_buffer_get_height(pixels)) : size_of(0, 0);
    g_clear_object(&pixels);
    return size;
}

/* The call has been checked; settings: with the weights' path. */
static void estimate(const Asking *asking, const GeglRectangle *area, const NstSettings *settings)
{
    bool start_layer = settings->start == NST_START_LAYER;
    NstImage content = size_of(area->width, area->height), style = size_of_style(&asking->call);
    NstImage start = start_layer ? size_of_layer(settings->start_layer) : (NstImage){0};
    NstJob job = {
        .content = &content,
        .style = &style,
        .start = start_layer ? &start : NULL,
        .settings = settings,
        .threads = host_threads(),
    };
    estimate_ask(asking->estimate, &job);
}

static gboolean paused(gpointer data)
{
    Asking *asking = data;
    GeglRectangle area;
    NstSettings settings;
    WeightsFound weights = {0};
    NstError error = {0};
    asking->timer = 0;
    NstStatus status = check_call(&asking->call, &area, &error);
    if (status == NST_OK)
        status = plugin_weights(&asking->call.settings, &weights, &settings, &error);
    if (status == NST_OK)
        estimate(asking, &area, &settings);
    else
        dialog_tell(asking->dialog, error.message);
    weights_found_clear(&weights);
    return G_SOURCE_REMOVE;
}

static void stop_timer(Asking *asking)
{
    if (asking->timer)
        g_source_remove(asking->timer);
    asking->timer = 0;
}

static void changed(Dialog *dialog, int style, const NstSettings *settings, void *data)
{
    Asking *asking = data;
    asking->dialog = dialog;
    asking->call.style = style;
    asking->call.settings = *settings;
    estimate_forget(asking->estimate);
    stop_timer(asking);
    asking->timer = g_timeout_add(PAUSE_MS, paused, asking);
    dialog_tell(dialog, "Measuring…");
}

static const char *label_of(const char *name)
{
    if (strcmp(name, WEIGHTS_IMAGENET) == 0)
        return "ImageNet";
    return strcmp(name, WEIGHTS_BUILT_IN) == 0 ? "Built-in" : name;
}

/* For the dialog, as long as `list` lives; the caller frees it with g_free. */
static DialogWeights *weights_of(const GPtrArray *list)
{
    DialogWeights *weights = g_new0(DialogWeights, list->len + 1);
    for (guint i = 0; i < list->len; i++) {
        const WeightsFound *found = list->pdata[i];
        weights[i] = (DialogWeights){found->name, label_of(found->name)};
    }
    return weights;
}

/* Shows the dialog. True: `call` holds what was chosen. */
static bool run_dialog(PluginCall *call, Asking *asking)
{
    char *help = plugin_help(), *built_in = plugin_built_in(), *memory = plugin_memory();
    GPtrArray *list = weights_found_list(built_in);
    DialogWeights *weights = weights_of(list);
    DialogHost host = {.window = host_dialog_new("Neural Style Transfer"),
                       .help = help,
                       .weights = weights,
                       .folder = memory,
                       .layer_chooser = layer_chooser,
                       .changed = changed,
                       .data = asking};
    bool ok = dialog_run(&host, &call->style, &call->settings);
    g_free(weights);
    g_ptr_array_unref(list);
    g_free(memory);
    g_free(built_in);
    g_free(help);
    return ok;
}

NstStatus plugin_ask(PluginCall *call, NstError *error)
{
    GeglRectangle area;
    memory_give_back(); /* what is measured here is gone when the run begins */
    NstStatus status = check_area(call, &area, error);
    if (status != NST_OK)
        return status;
    if (host_kind(call->style) != HOST_LAYER || call->style == call->content)
        call->style = host_suggest_style(call->content);

    Asking asking = {.call = *call};
    asking.estimate = estimate_new(tell, &asking);
    bool ok = run_dialog(call, &asking);
    stop_timer(&asking);
    estimate_free(asking.estimate);
    return ok ? NST_OK : NST_CANCELLED;
}
