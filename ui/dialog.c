/* dialog.c: what the dialog contains, and where. On the left are the host's preview and the host's note on
 * the current choice; on the right are the style, the presets, the settings that most runs need, and, folded
 * away, all other settings of the table: a new row of the table appears in the dialog by itself.
 *
 * Every row writes the user's changes straight into a copy of the settings, which only OK hands back.
 * Rejected: GIMP 3's GimpProcedureDialog, which would make the two generations look and behave differently,
 * shows no thumbnails of the layers to choose from, and saves no settings under a name. */
#define G_LOG_DOMAIN "neural-style"

#include "dialog.h"

#include "fields.h"
#include "fold.h"
#include "help.h"
#include "mnemonics.h"
#include "presets_menu.h"
#include "recent.h"
#include "style_choice.h"
#include "toolkit.h"
#include "words.h"

#include <gdk/gdkkeysyms.h>
#include <string.h>

enum { BORDER = 12, SPACING = 6 };

/* The rows of the settings' table that are always shown, in this order. */
static const char *const always[] = {"method", "strength", "color", "brush-size", "size-limit", "weights"};

struct Dialog {
    const DialogHost *host;
    char *presets, *recent; /* in the host's folder: the saved settings, and the list of style files */
    int style;
    NstSettings settings;
    StyleChoice style_choice;
    PresetsMenu presets_menu;
    Field *fields; /* one for each row that has one, in the order of the dialog */
    int count;
    GString *mnemonics; /* letters already taken */
    GtkWidget *fold;    /* holds the settings that few runs need */
    bool quiet;         /* many values are changing at once; the host is called once, at the end */
    GtkWidget *note;    /* NULL: the window isn't complete yet, or is being destroyed */
    char *words;        /* the host's text for the note */
};

/* ---- What follows from a change ------------------------------------------------------------------------ */

/* The complaint of the first field that has one, or "". */
static const char *complaint(const Dialog *dialog)
{
    for (int i = 0; i < dialog->count; i++)
        if (dialog->fields[i].complaint[0])
            return dialog->fields[i].complaint;
    return "";
}

/* A complaint takes precedence over the host's words, which describe the last valid settings. */
static const char *note_text(const Dialog *dialog)
{
    return *complaint(dialog) ? complaint(dialog) : dialog->words;
}

/* The debug message lets tests read the note: G_MESSAGES_DEBUG=neural-style. */
static void show_note(const Dialog *dialog)
{
    gtk_label_set_text(GTK_LABEL(dialog->note), note_text(dialog));
    g_debug("the dialog says: %s", note_text(dialog));
}

/* OK can be pressed once every field holds a valid value and the pictures that the run needs are chosen. The
 * host is notified of every change. */
static void update(void *data)
{
    Dialog *dialog = data;
    bool start_layer = dialog->settings.start == NST_START_LAYER;
    bool style = dialog->style != -1 || dialog->settings.style_file[0];
    bool start = !start_layer || dialog->settings.start_layer != -1;
    if (dialog->quiet || !dialog->note)
        return;
    for (int i = 0; i < dialog->count; i++)
        if (dialog->fields[i].setting->type == NST_SETTING_LAYER)
            gtk_widget_set_sensitive(dialog->fields[i].widget, start_layer);
    gtk_dialog_set_response_sensitive(GTK_DIALOG(dialog->host->window), GTK_RESPONSE_OK,
                                      style && start && !*complaint(dialog));
    if (strcmp(gtk_label_get_text(GTK_LABEL(dialog->note)), note_text(dialog)) != 0)
        show_note(dialog);
    dialog->host->changed(dialog, dialog->style, &dialog->settings, dialog->host->data);
}

/* Makes every row show `settings`, which also sets the dialog's copy. */
static void show_settings(const NstSettings *settings, void *data)
{
    Dialog *dialog = data;
    NstSettings shown = *settings;
    dialog->quiet = true;
    dialog->settings = shown;
    for (int i = 0; i < dialog->count; i++)
        field_show(&dialog->fields[i], &shown);
    if (shown.style_file[0])
        style_choice_show_file(&dialog->style_choice, shown.style_file);
    dialog->quiet = false;
    update(dialog);
}

/* Restores all defaults but keeps the chosen pictures, which have none. */
static void reset(Dialog *dialog)
{
    NstSettings settings;
    nst_settings_default(&settings);
    settings.start_layer = dialog->settings.start_layer;
    g_strlcpy(settings.style_file, dialog->settings.style_file, NST_TEXT_SIZE);
    show_settings(&settings, dialog);
    presets_menu_show(&dialog->presets_menu, settings.preset);
}

/* ---- Rows ---------------------------------------------------------------------------------------------- */

static void take_mnemonics_of(GtkWidget *widget, gpointer taken)
{
    if (GTK_IS_BUTTON(widget)) {
        char *label = mnemonics_take(taken, gtk_button_get_label(GTK_BUTTON(widget)));
        gtk_button_set_label(GTK_BUTTON(widget), label);
        g_free(label);
    } else if (GTK_IS_CONTAINER(widget)) {
        gtk_container_foreach(GTK_CONTAINER(widget), take_mnemonics_of, taken);
    }
}

/* The letters of the window's own buttons, then those of the preview's. */
static GString *taken_mnemonics(const DialogHost *host)
{
    static const int responses[] = {GTK_RESPONSE_OK, GTK_RESPONSE_CANCEL, GTK_RESPONSE_HELP,
                                    DIALOG_RESPONSE_RESET};
    GString *taken = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(responses); i++) {
        GtkWidget *button = gtk_dialog_get_widget_for_response(GTK_DIALOG(host->window), responses[i]);
        g_free(mnemonics_take(taken, gtk_button_get_label(GTK_BUTTON(button))));
    }
    if (host->preview)
        take_mnemonics_of(host->preview, taken);
    return taken;
}

static void add_named(Dialog *dialog, GtkWidget *rows, int row, const char *label, GtkWidget *focus,
                      GtkWidget *widget)
{
    char *name = mnemonics_take(dialog->mnemonics, label);
    toolkit_rows_add(rows, row, toolkit_name_new(name, focus), widget);
    g_free(name);
}

static void add_field(Dialog *dialog, GtkWidget *rows, int row, const NstSetting *setting)
{
    Field *field = &dialog->fields[dialog->count++];
    field_build(field, setting, &dialog->settings, dialog->host, update, dialog);
    add_named(dialog, rows, row, _(setting->label), field->focus, field->widget);
}

static void add_style(Dialog *dialog, GtkWidget *rows)
{
    StyleChoice *choice = &dialog->style_choice;
    char *layer = mnemonics_take(dialog->mnemonics, _("_Style layer"));
    char *file = mnemonics_take(dialog->mnemonics, _(nst_setting_find("style-file")->label));
    style_choice_build(choice, dialog->host, layer, file, dialog->recent, &dialog->style,
                       dialog->settings.style_file, update, dialog);
    toolkit_rows_add(rows, 0, choice->layer_name, choice->layer_box);
    toolkit_rows_add(rows, 1, choice->file_name, choice->file_box);
    g_free(file);
    g_free(layer);
}

static void add_presets(Dialog *dialog, GtkWidget *rows)
{
    char *save = mnemonics_take(dialog->mnemonics, _("Sa_ve…"));
    char *delete = mnemonics_take(dialog->mnemonics, _("_Delete"));
    presets_menu_build(&dialog->presets_menu, save, delete, dialog->presets, &dialog->settings, show_settings,
                       dialog);
    add_named(dialog, rows, 2, _(nst_setting_find("preset")->label), dialog->presets_menu.box,
              dialog->presets_menu.row);
    g_free(delete);
    g_free(save);
}

static bool is_always(const NstSetting *setting)
{
    for (guint i = 0; i < G_N_ELEMENTS(always); i++)
        if (setting == nst_setting_find(always[i]))
            return true;
    return false;
}

static GtkWidget *rows_new(Dialog *dialog)
{
    GtkWidget *rows = toolkit_rows_new();
    add_style(dialog, rows);
    add_presets(dialog, rows);
    for (guint i = 0; i < G_N_ELEMENTS(always); i++)
        add_field(dialog, rows, 3 + (int)i, nst_setting_find(always[i]));
    return rows;
}

static GtkWidget *other_rows_new(Dialog *dialog)
{
    GtkWidget *rows = toolkit_rows_new();
    gtk_container_set_border_width(GTK_CONTAINER(rows), SPACING);
    for (const NstSetting *setting = nst_settings_table(); setting->name; setting++)
        if (field_exists(setting) && !is_always(setting))
            add_field(dialog, rows, dialog->count, setting);
    return rows;
}

static GtkWidget *controls_new(Dialog *dialog)
{
    GtkWidget *column = toolkit_column_new(BORDER), *rows = rows_new(dialog);
    char *label = mnemonics_take(dialog->mnemonics, _("Ad_vanced"));
    dialog->fold = fold_new(label, other_rows_new(dialog));
    if (dialog->style_choice.strip)
        gtk_box_pack_start(GTK_BOX(column), dialog->style_choice.strip, FALSE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(column), rows, FALSE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(column), dialog->fold, TRUE, TRUE, 0);
    g_free(label);
    return column;
}

/* ---- The window ---------------------------------------------------------------------------------------- */

/* Focuses the strength: a combo box would swallow the first Return. */
static void focus_first(const Dialog *dialog)
{
    const NstSetting *strength = nst_setting_find("strength");
    for (int i = 0; i < dialog->count; i++)
        if (dialog->fields[i].setting == strength)
            gtk_widget_grab_focus(dialog->fields[i].focus);
}

static void show_help(const Dialog *dialog)
{
    help_show(GTK_WINDOW(dialog->host->window), dialog->host->readme, dialog->host->help);
}

/* F1 opens the help, as everywhere in GIMP. Unlike a response, it leaves the focus where it is. */
static gboolean key_pressed(GtkWidget *window, GdkEventKey *event, gpointer dialog)
{
    (void)window;
    if (event->keyval == GDK_KEY_F1)
        show_help(dialog);
    return event->keyval == GDK_KEY_F1;
}

static void build(Dialog *dialog)
{
    GtkDialog *window = GTK_DIALOG(dialog->host->window);
    GtkWidget *both = toolkit_box_new(BORDER), *left = toolkit_column_new(SPACING);
    GtkWidget *note = toolkit_note_new(0), *right = controls_new(dialog);

    if (dialog->host->preview)
        gtk_box_pack_start(GTK_BOX(left), dialog->host->preview, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(left), note, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(both), left, FALSE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(both), right, TRUE, TRUE, 0);
    gtk_container_set_border_width(GTK_CONTAINER(both), BORDER);
    gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(window)), both, TRUE, TRUE, 0);
    gtk_widget_show_all(both);
    fold_fit(dialog->fold, GTK_WIDGET(window),
             toolkit_height_of(GTK_WIDGET(window)) - toolkit_height_of(both) + toolkit_height_of(right));
    gtk_dialog_set_default_response(window, GTK_RESPONSE_OK);
    g_signal_connect(window, "key-press-event", G_CALLBACK(key_pressed), dialog);
    focus_first(dialog);
    dialog->note = note;
    update(dialog);
}

static void begin(Dialog *dialog, const DialogHost *host, int style, const NstSettings *settings)
{
    int rows = 0;
    while (nst_settings_table()[rows].name)
        rows++;
    *dialog = (Dialog){.host = host, .style = style, .settings = *settings};
    dialog->presets = g_build_filename(host->folder, "presets", NULL);
    dialog->recent = g_build_filename(host->folder, "recent-styles", NULL);
    dialog->fields = g_new0(Field, rows);
    dialog->words = g_strdup("");
    dialog->mnemonics = taken_mnemonics(host);
    build(dialog);
}

/* A field that loses the focus while the window is destroyed may still report a change; without a note it is
 * ignored. */
static void end(Dialog *dialog)
{
    dialog->note = NULL;
    gtk_widget_destroy(dialog->host->window);
    style_choice_clear(&dialog->style_choice);
    g_string_free(dialog->mnemonics, TRUE);
    g_free(dialog->fields);
    g_free(dialog->words);
    g_free(dialog->recent);
    g_free(dialog->presets);
}

bool dialog_run(const DialogHost *host, int *style, NstSettings *settings)
{
    Dialog dialog;
    int response;

    begin(&dialog, host, *style, settings);
    do {
        response = gtk_dialog_run(GTK_DIALOG(host->window));
        if (response == DIALOG_RESPONSE_RESET)
            reset(&dialog);
        if (response == GTK_RESPONSE_HELP)
            show_help(&dialog);
    } while (response == DIALOG_RESPONSE_RESET || response == GTK_RESPONSE_HELP);
    if (response == GTK_RESPONSE_OK &&
        g_path_is_absolute(dialog.settings.style_file)) /* the others are in the strip */
        recent_add(dialog.recent, dialog.settings.style_file);
    end(&dialog);
    if (response != GTK_RESPONSE_OK)
        return false;
    *style = dialog.style;
    *settings = dialog.settings;
    return true;
}

void dialog_tell(Dialog *dialog, const char *text)
{
    g_free(dialog->words);
    dialog->words = g_strdup(text);
    show_note(dialog);
}
