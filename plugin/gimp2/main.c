/* main.c: the plug-in as GIMP 2.10 sees it: five arguments, and they will always be these five, because
 * Script-Fu of 2.10 goes by position and wants every one. The last holds the settings as
 * "name=value name=value", so that a new setting breaks no script. */
#define G_LOG_DOMAIN "neural-style"

#include "plugin/plugin.h"

#include "plugin/host.h"
#include "ui/settings_file.h"
#include "ui/words.h"

#include <libgimp/gimp.h>

#include <string.h>

enum { ARGUMENTS = 5 };

/* GIMP asks once and remembers the answers for years, whatever the language becomes. So it gets English: the
 * label and the blurb it translates itself, each time, with our catalogues; the rest, which only the
 * procedure browser shows, stays English there as that of GIMP's own procedures does. */
static void register_words(void)
{
    char *folder = host_folder();
    char *catalogues = g_build_filename(folder, WORDS_FOLDER, NULL);
    gimp_plugin_domain_register(WORDS_DOMAIN, catalogues);
    g_free(catalogues);
    g_free(folder);
}

/* What the dialog said last; GIMP keeps it until it is quit, which is as long as the ids in it hold. What
 * means the same in another session is kept in a file, as GIMP 3 does by itself. */
typedef struct Last {
    int style;
    NstSettings settings;
} Last;

static void query(void)
{
    static const GimpParamDef arguments[ARGUMENTS] = {
        {GIMP_PDB_INT32, "run-mode",
         "The run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }"},
        {GIMP_PDB_IMAGE, "image", "The image that holds the content"},
        {GIMP_PDB_DRAWABLE, "drawable", "The content: the layer to repaint"},
        {GIMP_PDB_LAYER, "style", "The layer to take the style from, in any open image"},
        {GIMP_PDB_STRING, "settings",
         "Settings as \"name=value name=value\"; \"\" leaves all at their defaults"},
    };
    static const GimpParamDef values[] = {
        {GIMP_PDB_LAYER, "layer", "The new layer, directly above the content"}};
    locale_t before = words_plain();
    char *help = plugin_help();

    register_words();
    gimp_install_procedure(PLUGIN_PROCEDURE, PLUGIN_BLURB, help, "Neural Style", PLUGIN_COPYRIGHT,
                           PLUGIN_DATE, PLUGIN_MENU_LABEL, PLUGIN_IMAGE_TYPES, GIMP_PLUGIN, ARGUMENTS,
                           G_N_ELEMENTS(values), arguments, values);
    gimp_plugin_menu_register(PLUGIN_PROCEDURE, PLUGIN_MENU_PATH);
    g_free(help);
    words_again(before);
}

/* For g_free. */
static char *last_values_path(void)
{
    char *memory = plugin_memory(), *path = g_build_filename(memory, "last-values", NULL);
    g_free(memory);
    return path;
}

/* That nothing was remembered, or that it can't be read any more, leaves the defaults and is no matter to
 * bother the user with; what can't be read is there until something else is remembered. */
static void recall_session(PluginCall *call)
{
    NstError error = WORDS_ERROR;
    char *path = last_values_path(), *left_out = NULL;
    if (settings_file_read(path, &call->settings, &left_out, &error) != NST_OK)
        g_debug("last values: %s", error.message);
    g_free(left_out);
    g_free(path);
}

static void recall(PluginCall *call)
{
    Last last;
    if (gimp_get_data_size(PLUGIN_PROCEDURE) == sizeof last && gimp_get_data(PLUGIN_PROCEDURE, &last)) {
        call->style = last.style;
        call->settings = last.settings;
    } else {
        recall_session(call);
    }
}

static void remember(const PluginCall *call)
{
    Last last;
    memset(&last, 0, sizeof last);
    last.style = call->style;
    last.settings = call->settings;
    gimp_set_data(PLUGIN_PROCEDURE, &last, sizeof last);

    NstError error = WORDS_ERROR;
    char *path = last_values_path();
    if (settings_file_write(path, &call->settings, &error) != NST_OK)
        g_debug("last values: %s", error.message);
    g_free(path);
}

/* Reads the arguments, or asks, as the run mode wants it. From its menu GIMP hands over three arguments. */
static NstStatus prepare(GimpRunMode mode, int count, const GimpParam *arguments, PluginCall *call,
                         NstError *error)
{
    call->image = arguments[1].data.d_image;
    call->content = arguments[2].data.d_drawable;
    call->style = -1;
    nst_settings_default(&call->settings);
    if (mode != GIMP_RUN_NONINTERACTIVE) {
        recall(call);
        return mode == GIMP_RUN_INTERACTIVE ? plugin_ask(call, error) : NST_OK;
    }
    if (count != ARGUMENTS)
        return nst_fail(error, NST_BAD_ARGUMENT, "Expected %d arguments, got %d", ARGUMENTS, count);
    const char *settings = arguments[4].data.d_string;
    call->unwatched = true;
    call->style = arguments[3].data.d_layer;
    return nst_settings_parse(settings ? settings : "", &call->settings, error);
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
    PluginCall call = {.style_file = &style_file};
    NstError error = WORDS_ERROR;
    int layer = -1;

    (void)name;
    plugin_words();
    gegl_init(NULL, NULL);
    NstStatus status = prepare(mode, count, arguments, &call, &error);
    if (status == NST_OK && mode == GIMP_RUN_INTERACTIVE)
        remember(&call); /* who cancels the run to change one setting finds the others as they were */
    if (status == NST_OK)
        status = plugin_run(&call, &layer, &error);
    style_file_clear(&style_file);
    if (mode != GIMP_RUN_NONINTERACTIVE)
        gimp_displays_flush();

    returned[0].type = GIMP_PDB_STATUS;
    returned[0].data.d_status = answer(status, layer, &error, &returned[1]);
    *value_count = status == NST_CANCELLED ? 1 : 2;
    *values = returned;
}

const GimpPlugInInfo PLUG_IN_INFO = {NULL, NULL, query, run};

MAIN()
