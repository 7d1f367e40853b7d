/* settings_dialog.c: the dialog, and beside its settings the live preview, which also finds what stands in the way of a
 * run and what that will take. */
#include "plugin.h"

#include "call_check.h"
#include "core/base/memory.h"
#include "host.h"
#include "plugin/preview/preview_control.h"
#include "ui/dialog.h"
#include "ui/toolkit.h"
#include "ui/words.h"

#include <string.h>

/* What the dialog's callbacks know. */
typedef struct Asking {
    PluginCall call; /* as the dialog has it now */
    Dialog *dialog;
    PreviewControl *live;
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

static void changed(Dialog *dialog, int style, const NstSettings *settings, void *data)
{
    Asking *asking = data;
    asking->dialog = dialog;
    asking->call.style = style;
    asking->call.settings = *settings;
    preview_control_changed(asking->live, &asking->call);
}

static const char *label_of(const char *name)
{
    if (strcmp(name, WEIGHTS_IMAGENET) == 0)
        return _("ImageNet");
    return strcmp(name, WEIGHTS_BUILT_IN) == 0 ? _("Built-in") : name;
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

static void busy(bool now, void *window)
{
    toolkit_busy(window, now);
}

static gboolean came_back(Asking *asking)
{
    preview_control_look_again(asking->live);
    return FALSE;
}

/* Shows the dialog. True: `call` holds what was chosen. */
static bool run_dialog(PluginCall *call, Asking *asking)
{
    char *help = plugin_help(), *readme = plugin_readme(), *built_in = plugin_built_in();
    char *memory = plugin_memory();
    GPtrArray *list = weights_found_list(built_in);
    DialogWeights *weights = weights_of(list);
    GtkWidget *window = host_dialog_new(_("Neural Style Transfer")); /* first: it makes GTK ready */
    asking->live = preview_control_new(tell, asking);
    DialogHost host = {.window = window,
                       .help = help,
                       .readme = readme,
                       .preview = preview_control_widget(asking->live),
                       .weights = weights,
                       .folder = memory,
                       .layer_chooser = layer_chooser,
                       .changed = changed,
                       .data = asking};
    g_signal_connect_swapped(window, "focus-in-event", G_CALLBACK(came_back), asking);
    call->style_file->busy = busy;
    call->style_file->data = window;
    bool ok = dialog_run(&host, &call->style, &call->settings);
    call->style_file->busy = NULL;
    g_free(weights);
    g_ptr_array_unref(list);
    g_free(memory);
    g_free(built_in);
    g_free(readme);
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
    bool ok = run_dialog(call, &asking);
    preview_control_free(asking.live);
    return ok ? NST_OK : NST_CANCELLED;
}
