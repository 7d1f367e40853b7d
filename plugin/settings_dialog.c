/* settings_dialog.c: the dialog, and beside its settings the live preview, which also finds what stands in
 * the way of a run and forecasts what the run will take. */
#include "settings_dialog.h"

#include "again.h"
#include "call_check.h"
#include "core/nst.h"
#include "host.h"
#include "painting_name.h"
#include "paths.h"
#include "plugin/preview/preview_control.h"
#include "procedure.h"
#include "style.h"
#include "styles_found.h"
#include "ui/dialog.h"
#include "ui/toolkit.h"
#include "ui/words.h"
#include "weights_found.h"

#include <string.h>

/* What the dialog's callbacks need. */
typedef struct Asking {
    PluginCall call; /* as the dialog has it now */
    int content;     /* chosen in the dialog, where a painting is painted again */
    StyleFolders folders;
    StyleFound dropped; /* the last picture that became a style */
    DialogStyle dropped_style;
    Dialog *dialog;
    PreviewControl *preview;
} Asking;

/* GIMP begins with the first layer where the wanted one isn't there. But a painting's sources are not to be
 * replaced unnoticed: what is missing has to be chosen. */
static GtkWidget *keep_missing(GtkWidget *chooser, bool missing)
{
    if (missing)
        gtk_combo_box_set_active(GTK_COMBO_BOX(chooser), -1);
    return chooser;
}

static GtkWidget *layer_chooser(int *layer, void *data)
{
    const PluginCall *call = &((const Asking *)data)->call;
    bool missing = *layer == -1;
    if (!call->again)
        return host_layer_chooser(call->content, layer);
    return keep_missing(host_layer_chooser(call->again->painting, layer), missing);
}

static GtkWidget *original_chooser(int *layer, void *data)
{
    const PluginCall *call = &((const Asking *)data)->call;
    bool missing = *layer == -1;
    return keep_missing(host_original_chooser(call->again->painting, layer), missing);
}

static void say(const char *text, void *data)
{
    const Asking *asking = data;
    dialog_tell(asking->dialog, text);
}

static void changed(Dialog *dialog, int style, const NstSettings *settings, void *data)
{
    Asking *asking = data;
    asking->dialog = dialog;
    asking->call.content = asking->content;
    asking->call.style = style;
    asking->call.settings = *settings;
    preview_control_changed(asking->preview, &asking->call);
}

static const char *label_of(const char *name)
{
    if (strcmp(name, WEIGHTS_IMAGENET) == 0)
        return _("ImageNet");
    return strcmp(name, WEIGHTS_BUILT_IN) == 0 ? _("Built-in") : name;
}

/* For the dialog, valid as long as `list`; the caller frees it with g_free. */
static DialogWeights *weights_of(const GPtrArray *list)
{
    DialogWeights *weights = g_new0(DialogWeights, list->len + 1);
    for (guint i = 0; i < list->len; i++) {
        const WeightsFound *found = list->pdata[i];
        weights[i] = (DialogWeights){found->name, label_of(found->name)};
    }
    return weights;
}

/* ---- Styles -------------------------------------------------------------------------------------------- */

static const char *title_of(const StyleFound *found)
{
    return found->built_in ? painting_name_title(found->name) : found->name;
}

/* For the dialog, valid as long as `list`; the caller frees it with g_free. */
static DialogStyle *styles_of(const GPtrArray *list)
{
    DialogStyle *styles = g_new0(DialogStyle, list->len + 1);
    for (guint i = 0; i < list->len; i++) {
        const StyleFound *found = list->pdata[i];
        styles[i] = (DialogStyle){found->name, title_of(found), found->path};
    }
    return styles;
}

static const DialogStyle *style_dropped(const char *path, void *data)
{
    Asking *asking = data;
    StyleFound found;
    if (!styles_found_add(path, &asking->folders, &found)) {
        dialog_tell(asking->dialog,
                    _("This file can't become a style: it is not a picture, or can't be copied"));
        return NULL;
    }
    styles_found_clear(&asking->dropped);
    asking->dropped = found;
    asking->dropped_style = (DialogStyle){found.name, found.name, found.path};
    return &asking->dropped_style;
}

/* Nothing else is open, as the first time: the first style lets the user begin. */
static void begin_with_style(PluginCall *call, const GPtrArray *styles)
{
    if (call->style == -1 && !call->settings.style_file[0] && styles->len > 0)
        g_strlcpy(call->settings.style_file, ((const StyleFound *)styles->pdata[0])->name, NST_TEXT_SIZE);
}

/* ---- The dialog ---------------------------------------------------------------------------------------- */

static void busy(bool now, void *window)
{
    toolkit_busy(window, now);
}

static gboolean came_back(Asking *asking)
{
    preview_control_look_again(asking->preview);
    return FALSE;
}

/* The window comes first: it makes GTK ready. */
static int show_dialog(PluginCall *call, Asking *asking, DialogHost *host)
{
    bool painting = call->again;
    host->window =
        host_dialog_new(painting ? _("Change this painting") : _("Neural Style Transfer"), painting);
    asking->preview = preview_control_new(say, asking);
    host->preview = preview_control_widget(asking->preview);
    host->original = painting ? &asking->content : NULL;
    g_signal_connect_swapped(host->window, "focus-in-event", G_CALLBACK(came_back), asking);
    call->style_file->busy = busy;
    call->style_file->data = host->window;
    int response = dialog_run(host, &call->style, &call->settings);
    call->style_file->busy = NULL;
    call->content = asking->content;
    return response;
}

/* Shows the dialog, and returns the response as dialog_run does; `call` holds what was chosen. */
static int run_dialog(PluginCall *call, Asking *asking)
{
    char *help = procedure_help(), *readme = paths_readme(), *built_in = paths_built_in_weights();
    char *folder = paths_remembered();
    GPtrArray *list = weights_found_list(built_in), *found = styles_found_list(&asking->folders);
    DialogWeights *weights = weights_of(list);
    DialogStyle *styles = styles_of(found);
    if (!call->again)
        begin_with_style(call, found);
    DialogHost host = {.help = help,
                       .readme = readme,
                       .weights = weights,
                       .styles = styles,
                       .style_dropped = style_dropped,
                       .folder = folder,
                       .layer_chooser = layer_chooser,
                       .original_chooser = original_chooser,
                       .changed = changed,
                       .data = asking};
    int response = show_dialog(call, asking, &host);
    g_free(styles);
    g_ptr_array_unref(found);
    g_free(weights);
    g_ptr_array_unref(list);
    g_free(folder);
    g_free(built_in);
    g_free(readme);
    g_free(help);
    return response;
}

static int ask(PluginCall *call)
{
    Asking asking = {.call = *call, .content = call->content, .folders = paths_styles()};
    nst_memory_give_back(); /* so that what the preview takes is free when the run begins */
    int response = run_dialog(call, &asking);
    preview_control_free(asking.preview);
    styles_found_clear(&asking.dropped);
    paths_styles_clear(&asking.folders);
    return response;
}

static NstStatus ask_new(PluginCall *call, NstError *error)
{
    GeglRectangle area;
    NstStatus status = check_area(call, &area, error);
    if (status != NST_OK)
        return status;
    if (host_kind(call->style) != HOST_LAYER || call->style == call->content)
        call->style = host_suggest_style(call->content);
    return ask(call) == GTK_RESPONSE_OK ? NST_OK : NST_CANCELLED;
}

/* What is missing doesn't keep the dialog from opening: it can be chosen there. */
static int ask_again(PluginCall *call, Again *again)
{
    int response = ask(call);
    again->as_new = response == DIALOG_RESPONSE_NEW_LAYER;
    return response;
}

NstStatus settings_dialog_run(PluginCall *call, Again *again, NstError *error)
{
    PluginCall new = *call;
    if (!call->again && again_read(call->content, again))
        again_recall(again, call);
    if (!call->again)
        return ask_new(call, error);
    int response = ask_again(call, again);
    if (response != DIALOG_RESPONSE_THIS_LAYER)
        return response == GTK_RESPONSE_OK || again->as_new ? NST_OK : NST_CANCELLED;
    *call = new;
    call->again = NULL;
    call->content = again->painting;
    return ask_new(call, error);
}
