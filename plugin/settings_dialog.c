/* settings_dialog.c: the dialog, and beside its settings the live preview, which also finds what stands in
 * the way of a run and forecasts what the run will take. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "settings_dialog.h"

#include "again.h"
#include "call_check.h"
#include "core/nst.h"
#include "dialog_styles.h"
#include "host.h"
#include "painting_name.h"
#include "paths.h"
#include "plugin/preview/preview_control.h"
#include "procedure.h"
#include "style.h"
#include "ui/dialog.h"
#include "ui/toolkit.h"
#include "ui/words.h"
#include "weights_found.h"

#include <string.h>

/* The name under which GIMP keeps the window's size. */
#define SIZE "neural-style-dialog-size"

/* What the dialog's callbacks need. */
typedef struct Asking {
    PluginCall call; /* as the dialog has it now */
    DialogStyles *styles;
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

/* In a gray image there are no colours to paint in, whatever the style has: better said before. */
static void say(const char *text, void *data)
{
    const Asking *asking = data;
    bool gray = host_image_exists(asking->call.image) && host_image_is_gray(asking->call.image);
    char *more = gray ? g_strdup_printf(_("%s\nThe image is gray, and so will the painting be. For colours: "
                                          "Image ▸ Mode ▸ RGB"),
                                        text)
                      : NULL;
    dialog_tell(asking->dialog, more ? more : text);
    g_free(more);
}

static void sized(const char *size, void *data)
{
    (void)data;
    host_remember(SIZE, size);
}

/* The picture may be one of another image now. A painting stays in its own. */
static void changed(Dialog *dialog, int content, int style, const NstSettings *settings, void *data)
{
    Asking *asking = data;
    asking->dialog = dialog;
    if (!asking->call.again && host_kind(content) == HOST_LAYER)
        asking->call.image = host_image(content);
    asking->call.content = content;
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

/* ---- Pictures and styles ------------------------------------------------------------------------------- */

static const DialogStyle *layers(void *data)
{
    const Asking *asking = data;
    return dialog_styles_layers(asking->styles);
}

static GdkPixbuf *layer_picture(int layer, int width, int height, void *data)
{
    (void)data;
    return dialog_styles_picture(layer, width, height);
}

static const DialogStyle *add_style(const char *path, void *data)
{
    const Asking *asking = data;
    const DialogStyle *style = dialog_styles_add(asking->styles, path);
    if (!style)
        dialog_tell(asking->dialog,
                    _("This file can't become a style: it is not a picture, or can't be copied"));
    return style;
}

/* Nothing else is open, as the first time: the first style lets the user begin. */
static void begin_with_style(PluginCall *call, const DialogStyle *first)
{
    if (call->style == -1 && !call->settings.style_file[0] && first->title)
        g_strlcpy(call->settings.style_file, first->file, NST_TEXT_SIZE);
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
    g_signal_connect_swapped(host->window, "focus-in-event", G_CALLBACK(came_back), asking);
    call->style_file->busy = busy;
    call->style_file->data = host->window;
    int response = dialog_run(host, &call->content, &call->style, &call->settings);
    call->style_file->busy = NULL;
    if (response == GTK_RESPONSE_OK || response == DIALOG_RESPONSE_NEW_LAYER)
        call->image = asking->call.image;
    return response;
}

/* Shows the dialog, and returns the response as dialog_run does; `call` holds what was chosen. */
static int run_dialog(PluginCall *call, Asking *asking)
{
    char *help = procedure_help(), *readme = paths_readme(), *built_in = paths_built_in_weights();
    char *folder = paths_remembered(), *size = host_recall(SIZE);
    GPtrArray *list = weights_found_list(built_in);
    DialogWeights *weights = weights_of(list);
    if (!call->again)
        begin_with_style(call, dialog_styles_files(asking->styles));
    DialogHost host = {.help = help,
                       .readme = readme,
                       .size = size,
                       .sized = sized,
                       .weights = weights,
                       .styles = dialog_styles_files(asking->styles),
                       .layers = layers,
                       .layer_picture = layer_picture,
                       .add_style = add_style,
                       .folder = folder,
                       .layer_chooser = layer_chooser,
                       .changed = changed,
                       .data = asking};
    int response = show_dialog(call, asking, &host);
    g_free(size);
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
    Asking asking = {.call = *call, .styles = dialog_styles_new(call->again ? call->again->painting : -1)};
    nst_memory_give_back(); /* so that what the preview takes is free when the run begins */
    int response = run_dialog(call, &asking);
    preview_control_free(asking.preview);
    dialog_styles_free(asking.styles);
    return response;
}

static NstStatus ask_new(PluginCall *call, NstError *error)
{
    GeglRectangle area;
    NstStatus status = check_area(call, &area, error);
    if (status != NST_OK) {
        g_debug("there is no dialog: %s", error->message);
        return status;
    }
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
