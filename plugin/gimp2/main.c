/* main.c: the plug-in as GIMP 2.10 sees it: five arguments, always these five (four to paint again), because
 * Script-Fu of 2.10 takes arguments by position and needs every one. The last holds the settings as
 * "name=value name=value", so that a new setting breaks no script. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "plugin/again.h"
#include "plugin/host.h"
#include "plugin/paths.h"
#include "plugin/pixels.h"
#include "plugin/procedure.h"
#include "plugin/run.h"
#include "plugin/settings_dialog.h"
#include "plugin/signals.h"
#include "plugin/style.h"
#include "ui/settings_file.h"
#include "ui/words.h"

#include <libgimp/gimp.h>

#include <string.h>

enum { ARGUMENTS = 5, AGAIN_ARGUMENTS = 4 };

/* GIMP queries a plug-in once and remembers the answers for years, even when the language changes. So it gets
 * English: it translates the label and the blurb itself, each time, with our catalogues; the rest, which only
 * the procedure browser shows, stays English there, as it does for GIMP's own procedures. */
static void register_words(void)
{
    char *catalogues = paths_catalogues();
    gimp_plugin_domain_register(WORDS_DOMAIN, catalogues);
    g_free(catalogues);
}

#define RUN_MODE                                                                                             \
    {                                                                                                        \
        GIMP_PDB_INT32, "run-mode",                                                                          \
            "The run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }"           \
    }

static void query_again(void)
{
    static const GimpParamDef arguments[AGAIN_ARGUMENTS] = {
        RUN_MODE,
        {GIMP_PDB_IMAGE, "image", "The image that holds the painting"},
        {GIMP_PDB_LAYER, "layer", "The painting: a layer that plug-in-neural-style has made"},
        {GIMP_PDB_STRING, "settings",
         "Settings to change as \"name=value name=value\", also content=ID and style=ID"},
    };
    static const GimpParamDef values[] = {{GIMP_PDB_LAYER, "layer", "The painting"}};
    char *help = procedure_again_help();
    gimp_install_procedure(PROCEDURE_AGAIN, PROCEDURE_AGAIN_BLURB, help, PROCEDURE_AUTHORS, PROCEDURE_AUTHORS,
                           PROCEDURE_DATE, NULL, PROCEDURE_IMAGE_TYPES, GIMP_PLUGIN, AGAIN_ARGUMENTS,
                           G_N_ELEMENTS(values), arguments, values);
    g_free(help);
}

static void register_icon(void)
{
    char *icon = paths_icon();
    if (icon)
        gimp_plugin_icon_register(PROCEDURE_NAME, GIMP_ICON_TYPE_IMAGE_FILE, (const guint8 *)icon);
    g_free(icon);
}

static void query_first(void)
{
    static const GimpParamDef arguments[ARGUMENTS] = {
        RUN_MODE,
        {GIMP_PDB_IMAGE, "image", "The image that holds the content"},
        {GIMP_PDB_DRAWABLE, "drawable", "The content: the layer to repaint"},
        {GIMP_PDB_LAYER, "style", "The layer to take the style from, in any open image"},
        {GIMP_PDB_STRING, "settings",
         "Settings as \"name=value name=value\"; \"\" leaves all at their defaults"},
    };
    static const GimpParamDef values[] = {
        {GIMP_PDB_LAYER, "layer", "The new layer, directly above the content"}};
    char *help = procedure_help();

    gimp_install_procedure(PROCEDURE_NAME, PROCEDURE_BLURB, help, PROCEDURE_AUTHORS, PROCEDURE_AUTHORS,
                           PROCEDURE_DATE, PROCEDURE_MENU_LABEL, PROCEDURE_IMAGE_TYPES, GIMP_PLUGIN,
                           ARGUMENTS, G_N_ELEMENTS(values), arguments, values);
    gimp_plugin_menu_register(PROCEDURE_NAME, PROCEDURE_MENU_PATH);
    register_icon();
    g_free(help);
}

static void query(void)
{
    locale_t before = words_plain();
    register_words();
    query_first();
    query_again();
    words_again(before);
}

/* The caller frees it with g_free. */
static char *last_values_path(void)
{
    char *folder = paths_remembered(), *path = g_build_filename(folder, "last-values", NULL);
    g_free(folder);
    return path;
}

/* Where nothing was remembered, or it can't be read any more, the defaults stay and the user isn't bothered;
 * an unreadable file stays until something else is remembered. */
static void recall_session(PluginCall *call)
{
    NstError error = WORDS_ERROR;
    char *path = last_values_path(), *left_out = NULL;
    if (settings_file_read(path, SETTINGS_FILE_OWN, &call->settings, &left_out, &error) != NST_OK)
        g_debug("last values: %s", error.message);
    g_free(left_out);
    g_free(path);
}

/* What the dialog said last. GIMP keeps it until it quits, which is as long as the ids in it are valid. What
 * keeps its meaning in another session is in a file, as GIMP 3 has it by itself. */
static void recall(PluginCall *call)
{
    CallMemory last;
    if (gimp_get_data_size(PROCEDURE_NAME) == sizeof last && gimp_get_data(PROCEDURE_NAME, &last))
        call_recall(call, &last);
    else
        recall_session(call);
}

static void remember(const PluginCall *call)
{
    CallMemory last;
    call_remember(call, &last);
    gimp_set_data(PROCEDURE_NAME, &last, sizeof last);

    NstError error = WORDS_ERROR;
    char *path = last_values_path();
    if (settings_file_write(path, SETTINGS_FILE_OWN, &call->settings, &error) != NST_OK)
        g_debug("last values: %s", error.message);
    g_free(path);
}

/* Repeat repaints a painting's original, never the painting itself. */
static NstStatus prepare_repeat(PluginCall *call, Again *again)
{
    if (again_read(call->content, again))
        again_redirect(again, call);
    return NST_OK;
}

/* Reads the arguments, or opens the dialog, as the run mode says. From its menu GIMP passes three
 * arguments. */
static NstStatus prepare(GimpRunMode mode, int count, const GimpParam *arguments, PluginCall *call,
                         Again *again, NstError *error)
{
    call->image = arguments[1].data.d_image;
    call->content = arguments[2].data.d_drawable;
    if (mode != GIMP_RUN_NONINTERACTIVE) {
        recall(call);
        return mode == GIMP_RUN_INTERACTIVE ? settings_dialog_run(call, again, error)
                                            : prepare_repeat(call, again);
    }
    if (count != ARGUMENTS)
        return nst_fail(error, NST_BAD_ARGUMENT, "Expected %d arguments, got %d", ARGUMENTS, count);
    const char *settings = arguments[4].data.d_string;
    call->unwatched = true;
    call->style = arguments[3].data.d_layer;
    return nst_settings_parse(settings ? settings : "", &call->settings, error);
}

static NstStatus prepare_again(GimpRunMode mode, int count, const GimpParam *arguments, PluginCall *call,
                               Again *again, NstError *error)
{
    if (count != AGAIN_ARGUMENTS)
        return nst_fail(error, NST_BAD_ARGUMENT, "Expected %d arguments, got %d", AGAIN_ARGUMENTS, count);
    call->image = arguments[1].data.d_image;
    call->unwatched = mode == GIMP_RUN_NONINTERACTIVE;
    NstStatus status = again_call(arguments[2].data.d_layer, arguments[3].data.d_string, call, again, error);
    return status == NST_OK && mode == GIMP_RUN_INTERACTIVE ? settings_dialog_run(call, again, error)
                                                            : status;
}

/* Fills the second return value and returns the first. */
static GimpPDBStatusType answer(NstStatus status, int layer, const NstError *error, GimpParam *value)
{
    if (status == NST_CANCELLED)
        return GIMP_PDB_CANCEL;
    if (status == NST_OK) {
        value->type = GIMP_PDB_LAYER;
        value->data.d_layer = layer;
        return GIMP_PDB_SUCCESS;
    }
    value->type = GIMP_PDB_STRING;
    value->data.d_string = g_strdup(error->message);
    return status == NST_BAD_ARGUMENT ? GIMP_PDB_CALLING_ERROR : GIMP_PDB_EXECUTION_ERROR;
}

static void run(const gchar *name, gint count, const GimpParam *arguments, gint *value_count,
                GimpParam **values)
{
    static GimpParam returned[2];
    GimpRunMode mode = (GimpRunMode)arguments[0].data.d_int32;
    StyleFile style_file = {0};
    PluginCall call = {.style = -1, .style_file = &style_file};
    Again again = {0};
    NstError error = WORDS_ERROR;
    int layer = -1;

    signals_end_process();
    procedure_bind_words();
    pixels_begin();
    nst_settings_default(&call.settings);
    NstStatus status = (strcmp(name, PROCEDURE_AGAIN) == 0 ? prepare_again : prepare)(mode, count, arguments,
                                                                                      &call, &again, &error);
    /* Before the run, so that a user who cancels it to change one setting finds the others again. */
    if (status == NST_OK && mode == GIMP_RUN_INTERACTIVE)
        remember(&call);
    if (status == NST_OK)
        status = run_call(&call, &layer, &error);
    style_file_clear(&style_file);
    again_clear(&again);
    if (mode != GIMP_RUN_NONINTERACTIVE)
        gimp_displays_flush();

    returned[0].type = GIMP_PDB_STATUS;
    returned[0].data.d_status = answer(status, layer, &error, &returned[1]);
    *value_count = status == NST_CANCELLED ? 1 : 2;
    *values = returned;
}

const GimpPlugInInfo PLUG_IN_INFO = {NULL, NULL, query, run};

/* Instead of GIMP's MAIN, which knows no option. */
int main(int argc, char **argv)
{
    return procedure_version_asked(argc, argv) ? 0 : gimp_main(&PLUG_IN_INFO, argc, argv);
}
