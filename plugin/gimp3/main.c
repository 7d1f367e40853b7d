/* main.c: the plug-in as GIMP 3 sees it: each setting is an argument with a type and a name, made from its
 * row of the settings' table.
 *
 * GIMP would check ranges and choices itself, but its refusals are of no use: Script-Fu calls a number out of
 * range "argument 8", and for a choice that doesn't exist, or a number set by a Python script, GIMP takes the
 * default with no more than a warning. So numbers arrive unbounded here and choices as strings, their
 * descriptions give the ranges, and core refuses wrong values by the setting's name. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/again.h"
#include "plugin/host.h"
#include "plugin/paths.h"
#include "plugin/pixels.h"
#include "plugin/procedure.h"
#include "plugin/run.h"
#include "plugin/settings_dialog.h"
#include "plugin/signals.h"
#include "plugin/style.h"
#include "ui/help.h"
#include "ui/words.h"

#include <libgimp/gimp.h>

/* GIMP saves the last values of runs that went well, without layers, whose ids would mean other layers after
 * a restart. So what the dialog said last is also kept in a parasite of GIMP itself, which lasts as long as
 * this GIMP runs. */
#define LAST PROCEDURE_NAME "-last"

typedef struct _NeuralStyle {
    GimpPlugIn parent;
} NeuralStyle;

typedef struct _NeuralStyleClass {
    GimpPlugInClass parent;
} NeuralStyleClass;

GType neural_style_get_type(void);
G_DEFINE_TYPE(NeuralStyle, neural_style, GIMP_TYPE_PLUG_IN)

static void add_argument(GimpProcedure *procedure, const NstSetting *setting)
{
    char *help = help_setting(setting), choice[64] = "";
    switch (setting->type) {
    case NST_SETTING_NUMBER:
        gimp_procedure_add_double_argument(procedure, setting->name, _(setting->label), help, -G_MAXDOUBLE,
                                           G_MAXDOUBLE, setting->standard, G_PARAM_READWRITE);
        break;
    case NST_SETTING_INTEGER:
        gimp_procedure_add_int_argument(procedure, setting->name, _(setting->label), help, G_MININT, G_MAXINT,
                                        (int)setting->standard, G_PARAM_READWRITE);
        break;
    case NST_SETTING_CHOICE:
        nst_setting_choice(setting->values, (int)setting->standard, choice, sizeof choice);
        gimp_procedure_add_string_argument(procedure, setting->name, _(setting->label), help, choice,
                                           G_PARAM_READWRITE);
        break;
    case NST_SETTING_TEXT:
        gimp_procedure_add_string_argument(procedure, setting->name, _(setting->label), help, setting->text,
                                           G_PARAM_READWRITE);
        break;
    case NST_SETTING_LAYER:
        gimp_procedure_add_layer_argument(procedure, setting->name, _(setting->label), help, TRUE,
                                          G_PARAM_READWRITE);
        break;
    }
    g_free(help);
}

static int get_layer(GimpProcedureConfig *config, const char *name)
{
    GimpItem *layer = NULL;
    g_object_get(config, name, &layer, NULL);
    int id = layer ? gimp_item_get_id(layer) : -1;
    g_clear_object(&layer);
    return id;
}

static NstStatus get_text(GimpProcedureConfig *config, const NstSetting *setting, NstSettings *settings,
                          NstError *error)
{
    char *text = NULL;
    g_object_get(config, setting->name, &text, NULL);
    NstStatus status = nst_setting_parse(setting, text ? text : "", settings, error);
    g_free(text);
    return status;
}

static NstStatus get_setting(GimpProcedureConfig *config, const NstSetting *setting, NstSettings *settings,
                             NstError *error)
{
    switch (setting->type) {
    case NST_SETTING_NUMBER:
    case NST_SETTING_INTEGER:
        g_object_get(config, setting->name, nst_setting_value(setting, settings), NULL);
        return NST_OK;
    case NST_SETTING_CHOICE:
    case NST_SETTING_TEXT:
        return get_text(config, setting, settings, error);
    case NST_SETTING_LAYER:
        *(int *)nst_setting_value(setting, settings) = get_layer(config, setting->name);
        return NST_OK;
    }
    g_return_val_if_reached(NST_BAD_ARGUMENT);
}

static NstStatus get_settings(GimpProcedureConfig *config, NstSettings *settings, NstError *error)
{
    NstStatus status = NST_OK;
    nst_settings_default(settings);
    for (const NstSetting *setting = nst_settings_table(); status == NST_OK && setting->name; setting++)
        status = get_setting(config, setting, settings, error);
    return status;
}

/* The last values may be from another version: a value that this one doesn't accept stays at its default. */
static void recall_settings(GimpProcedureConfig *config, NstSettings *settings)
{
    nst_settings_default(settings);
    for (const NstSetting *setting = nst_settings_table(); setting->name; setting++)
        if (get_setting(config, setting, settings, NULL) != NST_OK ||
            nst_setting_check(setting, settings, NULL) != NST_OK)
            nst_setting_default(setting, settings);
}

/* Except layers: those are remembered elsewhere. */
static void set_setting(GimpProcedureConfig *config, const NstSetting *setting, NstSettings *settings)
{
    const void *value = nst_setting_value(setting, settings);
    char choice[64] = "";
    switch (setting->type) {
    case NST_SETTING_NUMBER:
        g_object_set(config, setting->name, *(const double *)value, NULL);
        break;
    case NST_SETTING_INTEGER:
        g_object_set(config, setting->name, *(const int *)value, NULL);
        break;
    case NST_SETTING_CHOICE:
        nst_setting_choice(setting->values, *(const int *)value, choice, sizeof choice);
        g_object_set(config, setting->name, choice, NULL);
        break;
    case NST_SETTING_TEXT:
        g_object_set(config, setting->name, (const char *)value, NULL);
        break;
    case NST_SETTING_LAYER:
        break;
    }
}

static void recall(PluginCall *call)
{
    GimpParasite *parasite = gimp_get_parasite(LAST);
    guint32 size = 0;
    const CallMemory *last = parasite ? gimp_parasite_get_data(parasite, &size) : NULL;
    if (last && size == sizeof *last)
        call_recall(call, last);
    if (parasite)
        gimp_parasite_free(parasite);
}

static void remember(GimpProcedureConfig *config, PluginCall *call)
{
    CallMemory last;
    call_remember(call, &last);
    GimpParasite *parasite = gimp_parasite_new(LAST, 0, sizeof last, &last);
    gimp_attach_parasite(parasite);
    gimp_parasite_free(parasite);
    for (const NstSetting *setting = nst_settings_table(); setting->name; setting++)
        set_setting(config, setting, &call->settings);
}

static NstStatus get_content(GimpDrawable **drawables, PluginCall *call, NstError *error)
{
    if (!drawables || !drawables[0] || drawables[1])
        return nst_fail(error, NST_BAD_ARGUMENT, "The content must be exactly one layer");
    call->content = gimp_item_get_id(GIMP_ITEM(drawables[0]));
    return NST_OK;
}

/* Repeat repaints a painting's original, never the painting itself. */
static NstStatus prepare_repeat(PluginCall *call, Again *again)
{
    if (again_read(call->content, again))
        again_redirect(again, call);
    return NST_OK;
}

/* Reads the arguments, or opens the dialog, as the run mode says. */
static NstStatus prepare(GimpRunMode mode, GimpDrawable **drawables, GimpProcedureConfig *config,
                         PluginCall *call, Again *again, NstError *error)
{
    NstStatus status = get_content(drawables, call, error);
    if (status != NST_OK)
        return status;
    call->style = get_layer(config, "style");
    if (mode != GIMP_RUN_NONINTERACTIVE) {
        recall_settings(config, &call->settings);
        recall(call);
        return mode == GIMP_RUN_INTERACTIVE ? settings_dialog_run(call, again, error)
                                            : prepare_repeat(call, again);
    }
    call->unwatched = true;
    status = get_settings(config, &call->settings, error);
    if (status == NST_OK)
        nst_settings_begin(&call->settings); /* GIMP doesn't say which arguments the script passed */
    return status;
}

static NstStatus prepare_again(GimpRunMode mode, GimpDrawable **drawables, GimpProcedureConfig *config,
                               PluginCall *call, Again *again, NstError *error)
{
    char *changes = NULL;
    NstStatus status = get_content(drawables, call, error);
    if (status != NST_OK)
        return status;
    call->unwatched = mode == GIMP_RUN_NONINTERACTIVE;
    g_object_get(config, "settings", &changes, NULL);
    status = again_call(call->content, changes, call, again, error);
    g_free(changes);
    return status == NST_OK && mode == GIMP_RUN_INTERACTIVE ? settings_dialog_run(call, again, error)
                                                            : status;
}

static GimpValueArray *answer(GimpProcedure *procedure, NstStatus status, int layer, const NstError *error)
{
    if (status == NST_CANCELLED)
        return gimp_procedure_new_return_values(procedure, GIMP_PDB_CANCEL, NULL);
    if (status != NST_OK) {
        return gimp_procedure_new_return_values(
            procedure, status == NST_BAD_ARGUMENT ? GIMP_PDB_CALLING_ERROR : GIMP_PDB_EXECUTION_ERROR,
            g_error_new_literal(GIMP_PLUG_IN_ERROR, 0, error->message));
    }
    GimpValueArray *values = gimp_procedure_new_return_values(procedure, GIMP_PDB_SUCCESS, NULL);
    GIMP_VALUES_SET_LAYER(values, 1, GIMP_LAYER(gimp_item_get_by_id(layer)));
    return values;
}

static GimpValueArray *run(GimpProcedure *procedure, GimpRunMode mode, GimpImage *image,
                           GimpDrawable **drawables, GimpProcedureConfig *config, gpointer data)
{
    StyleFile style_file = {0};
    PluginCall call = {.image = gimp_image_get_id(image), .style = -1, .style_file = &style_file};
    Again again = {0};
    NstError error = WORDS_ERROR;
    bool first = !data; /* see create_procedure */
    int layer = -1;

    signals_end_process();
    pixels_begin();
    nst_settings_default(&call.settings);
    NstStatus status = (first ? prepare : prepare_again)(mode, drawables, config, &call, &again, &error);
    /* Before the run, so that a user who cancels it to change one setting finds the others again. */
    if (status == NST_OK && mode == GIMP_RUN_INTERACTIVE && first)
        remember(config, &call);
    if (status == NST_OK)
        status = run_call(&call, &layer, &error);
    style_file_clear(&style_file);
    again_clear(&again);
    if (mode != GIMP_RUN_NONINTERACTIVE)
        gimp_displays_flush();
    return answer(procedure, status, layer, &error);
}

static void set_icon(GimpProcedure *procedure)
{
    char *path = paths_icon();
    GFile *icon = path ? g_file_new_for_path(path) : NULL;
    if (icon)
        gimp_procedure_set_icon_file(procedure, icon);
    g_clear_object(&icon);
    g_free(path);
}

/* Where GIMP itself shows help: the same page as the dialog. */
static void set_help(GimpProcedure *procedure)
{
#ifdef HAVE_HELP_URI
    char *page = paths_readme(), *uri = g_filename_to_uri(page, NULL, NULL);
    if (uri)
        gimp_procedure_set_help_uri(procedure, uri);
    g_free(uri);
    g_free(page);
#else
    (void)procedure;
#endif
}

static void add_first(GimpProcedure *procedure)
{
    gimp_procedure_set_menu_label(procedure, _(PROCEDURE_MENU_LABEL));
    gimp_procedure_add_menu_path(procedure, PROCEDURE_MENU_PATH);
    set_icon(procedure);
    set_help(procedure);
    gimp_procedure_add_layer_argument(procedure, "style", _("_Style"),
                                      _("The layer to take the style from, in any open image"), TRUE,
                                      G_PARAM_READWRITE);
    for (const NstSetting *setting = nst_settings_table(); setting->name; setting++)
        add_argument(procedure, setting);
    gimp_procedure_add_layer_return_value(procedure, "layer", _("Layer"),
                                          _("The new layer, directly above the content"), FALSE,
                                          G_PARAM_READWRITE);
}

/* The settings are one text, as in GIMP 2.10: of typed arguments GIMP doesn't say which the script passed,
 * and those that it didn't are to stay as they were. */
static void add_again(GimpProcedure *procedure)
{
    gimp_procedure_add_string_argument(
        procedure, "settings", _("Settings"),
        _("Settings to change as \"name=value name=value\", also content=ID and style=ID"), "",
        G_PARAM_READWRITE);
    gimp_procedure_add_layer_return_value(procedure, "layer", _("Layer"), _("The painting"), FALSE,
                                          G_PARAM_READWRITE);
}

/* The data of the procedure that paints again is not NULL. */
static GimpProcedure *create_procedure(GimpPlugIn *plug_in, const char *name)
{
    bool first = g_strcmp0(name, PROCEDURE_AGAIN) != 0;
    GimpProcedure *procedure =
        gimp_image_procedure_new(plug_in, name, GIMP_PDB_PROC_TYPE_PLUGIN, run, first ? NULL : plug_in, NULL);
    char *help = first ? procedure_help() : procedure_again_help();

    gimp_procedure_set_image_types(procedure, PROCEDURE_IMAGE_TYPES);
    gimp_procedure_set_sensitivity_mask(procedure, GIMP_PROCEDURE_SENSITIVE_DRAWABLE);
    gimp_procedure_set_documentation(procedure, first ? _(PROCEDURE_BLURB) : _(PROCEDURE_AGAIN_BLURB), help,
                                     name);
    gimp_procedure_set_attribution(procedure, PROCEDURE_AUTHORS, PROCEDURE_AUTHORS, PROCEDURE_DATE);
    (first ? add_first : add_again)(procedure);
    g_free(help);
    return procedure;
}

static GList *query_procedures(GimpPlugIn *plug_in)
{
    (void)plug_in;
    return g_list_append(g_list_append(NULL, g_strdup(PROCEDURE_NAME)), g_strdup(PROCEDURE_AGAIN));
}

static void neural_style_class_init(NeuralStyleClass *class)
{
    GIMP_PLUG_IN_CLASS(class)->query_procedures = query_procedures;
    GIMP_PLUG_IN_CLASS(class)->create_procedure = create_procedure;
    /* GIMP's own way to bind catalogues would complain about a missing folder; see neural_style_init. */
    GIMP_PLUG_IN_CLASS(class)->set_i18n = NULL;
}

static void neural_style_init(NeuralStyle *plug_in)
{
    (void)plug_in;
    procedure_bind_words();
}

/* Instead of GIMP_MAIN, which knows no option. */
int main(int argc, char **argv)
{
    return procedure_version_asked(argc, argv) ? 0 : gimp_main(neural_style_get_type(), argc, argv);
}
