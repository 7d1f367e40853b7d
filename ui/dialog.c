/* dialog.c: what the dialog contains, and where. On the left are the host's preview and the host's note on
 * the current choice; on the right are the style, the presets, the settings that most runs need, and, folded
 * away, all other settings of the table: a new row of the table appears in the dialog by itself.
 *
 * Every row writes the user's changes straight into a copy of the settings, which only OK hands back.
 * Rejected: GIMP 3's GimpProcedureDialog, which would make the two generations look and behave differently,
 * shows no thumbnails of the layers to choose from, and saves no settings under a name. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "dialog.h"

#include "fields.h"
#include "fold.h"
#include "help.h"
#include "mnemonics.h"
#include "picture_choice.h"
#include "presets_menu.h"
#include "preview_view.h"
#include "recent.h"
#include "style_choice.h"
#include "toolkit.h"
#include "window_size.h"
#include "words.h"

#include <gdk/gdkkeysyms.h>
#include <string.h>

enum { BORDER = 12, SPACING = 6 };

/* The rows of the settings' table that are always shown, in this order. */
static const char *const always[] = {"strength", "brush-size", "color", "size-limit"};

struct Dialog {
    const DialogHost *host;
    char *presets, *recent; /* in the host's folder: the saved settings, and the list of style files */
    int content, style;
    NstSettings settings;
    char *layers; /* those that are shown, as a text to compare with */
    PictureChoice *picture_choice;
    StyleChoice style_choice;
    PresetsMenu presets_menu;
    Field *fields; /* one for each row that has one, in the order of the dialog */
    int count;
    GString *mnemonics;  /* letters already taken */
    GtkSizeGroup *names; /* of all rows that are always shown */
    GtkWidget *fold;     /* holds the settings that few runs need */
    bool quiet;          /* many values are changing at once; the host is called once, at the end */
    GtkWidget *note;     /* NULL: the window isn't complete yet, or is being destroyed */
    char *words;         /* the host's text for the note */
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
    bool complete = dialog->content != -1 && style && start && !*complaint(dialog);
    if (dialog->quiet || !dialog->note)
        return;
    for (int i = 0; i < dialog->count; i++)
        if (dialog->fields[i].setting->type == NST_SETTING_LAYER)
            gtk_widget_set_sensitive(dialog->fields[i].widget, start_layer);
    picture_choice_can_swap(dialog->picture_choice, dialog->style != -1 && dialog->content != -1);
    gtk_dialog_set_response_sensitive(GTK_DIALOG(dialog->host->window), GTK_RESPONSE_OK, complete);
    gtk_dialog_set_response_sensitive(GTK_DIALOG(dialog->host->window), DIALOG_RESPONSE_NEW_LAYER, complete);
    if (strcmp(gtk_label_get_text(GTK_LABEL(dialog->note)), note_text(dialog)) != 0)
        show_note(dialog);
    dialog->host->changed(dialog, dialog->content, dialog->style, &dialog->settings, dialog->host->data);
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
        dialog->style = -1;
    style_choice_show(&dialog->style_choice);
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
    static const int responses[] = {GTK_RESPONSE_OK,           GTK_RESPONSE_CANCEL,
                                    GTK_RESPONSE_HELP,         DIALOG_RESPONSE_RESET,
                                    DIALOG_RESPONSE_NEW_LAYER, DIALOG_RESPONSE_THIS_LAYER};
    GString *taken = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(responses); i++) {
        GtkWidget *button = gtk_dialog_get_widget_for_response(GTK_DIALOG(host->window), responses[i]);
        if (button)
            g_free(mnemonics_take(taken, gtk_button_get_label(GTK_BUTTON(button))));
    }
    if (host->preview)
        take_mnemonics_of(host->preview, taken);
    return taken;
}

static void add_named(Dialog *dialog, GtkWidget *rows, int row, const char *label, GtkWidget *focus,
                      GtkWidget *widget)
{
    char *text = mnemonics_take(dialog->mnemonics, label);
    GtkWidget *name = toolkit_name_new(text, focus);
    toolkit_rows_add(rows, row, name, widget);
    if (dialog->names)
        gtk_size_group_add_widget(dialog->names, name);
    g_free(text);
}

static void add_field(Dialog *dialog, GtkWidget *rows, int row, const NstSetting *setting)
{
    Field *field = &dialog->fields[dialog->count++];
    field_build(field, setting, &dialog->settings, dialog->host, update, dialog);
    add_named(dialog, rows, row, _(setting->label), field->focus, field->widget);
}

/* ---- The picture and the style ------------------------------------------------------------------------- */

static GdkPixbuf *layer_picture(int layer, int width, int height, void *data)
{
    const Dialog *dialog = data;
    return dialog->host->layer_picture(layer, width, height, dialog->host->data);
}

static char *text_of(const DialogStyle *layers)
{
    GString *text = g_string_new(NULL);
    for (; layers->title; layers++)
        g_string_append_printf(text, "%d %s\n", layers->layer, layers->title);
    return g_string_free(text, FALSE);
}

static void show_layers(Dialog *dialog, const DialogStyle *layers)
{
    g_free(dialog->layers);
    dialog->layers = text_of(layers);
    picture_choice_show(dialog->picture_choice, layers, dialog->content);
    style_choice_show_layers(&dialog->style_choice, layers, dialog->content);
}

/* The user may have opened another picture meanwhile. Otherwise nothing is touched: a list may be open. */
static gboolean came_back(Dialog *dialog)
{
    const DialogStyle *layers = dialog->host->layers(dialog->host->data);
    char *now = text_of(layers);
    if (dialog->note && strcmp(now, dialog->layers) != 0)
        show_layers(dialog, layers);
    g_free(now);
    return FALSE;
}

/* Where the new picture was the style, the old one becomes it: no layer is painted in its own style. */
static void picture_chosen(int layer, void *data)
{
    Dialog *dialog = data;
    if (layer == dialog->style)
        dialog->style = dialog->content;
    dialog->content = layer;
    show_layers(dialog, dialog->host->layers(dialog->host->data));
    update(dialog);
}

static void swapped(void *data)
{
    Dialog *dialog = data;
    picture_chosen(dialog->style, dialog);
}

static void add_pictures(Dialog *dialog, GtkWidget *rows)
{
    char *swap = mnemonics_take(dialog->mnemonics, _("S_wap ⇄")),
         *add = mnemonics_take(dialog->mnemonics, _("Add _file…"));
    dialog->picture_choice = picture_choice_new(swap, &(PictureChoiceHost){.chosen = picture_chosen,
                                                                           .swapped = swapped,
                                                                           .layer_picture = layer_picture,
                                                                           .data = dialog});
    style_choice_build(&dialog->style_choice, dialog->host, add, dialog->recent, &dialog->style,
                       dialog->settings.style_file, update, dialog);
    add_named(dialog, rows, 0, _("Pict_ure"), picture_choice_focus(dialog->picture_choice),
              picture_choice_widget(dialog->picture_choice));
    add_named(dialog, rows, 1, _("_Style"), style_strip_widget(dialog->style_choice.strip),
              dialog->style_choice.row);
    show_layers(dialog, dialog->host->layers(dialog->host->data));
    g_free(add);
    g_free(swap);
}

static void add_presets(Dialog *dialog, GtkWidget *rows)
{
    char *save = mnemonics_take(dialog->mnemonics, _("Sa_ve…"));
    char *delete = mnemonics_take(dialog->mnemonics, _("_Delete"));
    presets_menu_build(&dialog->presets_menu, save, delete, dialog->presets, &dialog->settings, show_settings,
                       dialog);
    add_named(dialog, rows, 0, _(nst_setting_find("preset")->label), dialog->presets_menu.box,
              dialog->presets_menu.row);
    g_free(delete);
    g_free(save);
}

/* The network is a choice only where there are several. */
static bool is_always(const Dialog *dialog, const NstSetting *setting)
{
    for (guint i = 0; i < G_N_ELEMENTS(always); i++)
        if (setting == nst_setting_find(always[i]))
            return true;
    return setting == nst_setting_find("weights") && dialog->host->weights[1].name;
}

static GtkWidget *pictures_new(Dialog *dialog)
{
    GtkWidget *rows = toolkit_rows_new();
    add_pictures(dialog, rows);
    return rows;
}

static GtkWidget *rows_new(Dialog *dialog)
{
    GtkWidget *rows = toolkit_rows_new();
    const NstSetting *weights = nst_setting_find("weights");
    add_presets(dialog, rows);
    for (guint i = 0; i < G_N_ELEMENTS(always); i++)
        add_field(dialog, rows, 1 + (int)i, nst_setting_find(always[i]));
    if (is_always(dialog, weights))
        add_field(dialog, rows, 1 + (int)G_N_ELEMENTS(always), weights);
    return rows;
}

static GtkWidget *other_rows_new(Dialog *dialog)
{
    GtkWidget *rows = toolkit_rows_new();
    int row = 0;
    gtk_container_set_border_width(GTK_CONTAINER(rows), SPACING);
    for (const NstSetting *setting = nst_settings_table(); setting->name; setting++)
        if (field_exists(setting) && !is_always(dialog, setting))
            add_field(dialog, rows, row++, setting);
    return rows;
}

/* What a taller window has to give goes to the settings that are unfolded, or else to the styles. */
static void fold_toggled(GtkExpander *fold, GParamSpec *property, gpointer data)
{
    const Dialog *dialog = data;
    GtkBox *column = GTK_BOX(gtk_widget_get_parent(dialog->fold));
    bool unfolded = gtk_expander_get_expanded(fold);
    (void)property;
    gtk_box_set_child_packing(column, dialog->fold, unfolded, TRUE, 0, GTK_PACK_START);
    gtk_box_set_child_packing(column, style_strip_widget(dialog->style_choice.strip), !unfolded, TRUE, 0,
                              GTK_PACK_START);
}

static GtkWidget *controls_new(Dialog *dialog)
{
    GtkWidget *column = toolkit_column_new(BORDER);
    GtkWidget *pictures = pictures_new(dialog), *rows = rows_new(dialog);
    char *label = mnemonics_take(dialog->mnemonics, _("Ad_vanced"));
    g_clear_object(&dialog->names); /* those folded away may be wider */
    dialog->fold = fold_new(label, other_rows_new(dialog));
    gtk_box_pack_start(GTK_BOX(column), pictures, FALSE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(column), style_strip_widget(dialog->style_choice.strip), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(column), rows, FALSE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(column), dialog->fold, FALSE, TRUE, 0);
    g_signal_connect(dialog->fold, "notify::expanded", G_CALLBACK(fold_toggled), dialog);
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

/* The note has room for two lines: the buttons below stay where they are when it has something to say. */
static GtkWidget *left_new(const Dialog *dialog, GtkWidget *note)
{
    GtkWidget *left = toolkit_column_new(SPACING);
    if (dialog->host->preview)
        gtk_box_pack_start(GTK_BOX(left), dialog->host->preview, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(left), toolkit_note_room(note, 2), FALSE, TRUE, 0);
    return left;
}

/* At first the preview is larger than it asks for, where the screen has room for that. */
static void begin_size(const Dialog *dialog, GtkWidget *both, GtkWidget *left)
{
    GtkWidget *window = dialog->host->window;
    int more = dialog->host->preview ? PREVIEW_VIEW_MORE : 0;
    int height = toolkit_height_of(window), rest = height - toolkit_height_of(both);
    window_size_begin(GTK_WINDOW(window), dialog->host->size, toolkit_width_of(window) + more,
                      MAX(height, rest + 2 * BORDER + toolkit_height_of(left) + more));
}

static void build(Dialog *dialog)
{
    GtkDialog *window = GTK_DIALOG(dialog->host->window);
    GtkWidget *note = toolkit_note_new(0), *both = toolkit_box_new(BORDER);
    GtkWidget *left = left_new(dialog, note), *right = controls_new(dialog);

    gtk_box_pack_start(GTK_BOX(both), left, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(both), right, FALSE, TRUE, 0);
    toolkit_keep_width(right);
    gtk_container_set_border_width(GTK_CONTAINER(both), BORDER);
    gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(window)), both, TRUE, TRUE, 0);
    gtk_widget_show_all(both);
    fold_fit(dialog->fold, GTK_WIDGET(window),
             toolkit_height_of(GTK_WIDGET(window)) - toolkit_height_of(both) + toolkit_height_of(right));
    begin_size(dialog, both, left);
    gtk_dialog_set_default_response(window, GTK_RESPONSE_OK);
    g_signal_connect(window, "key-press-event", G_CALLBACK(key_pressed), dialog);
    g_signal_connect_swapped(window, "focus-in-event", G_CALLBACK(came_back), dialog);
    focus_first(dialog);
    dialog->note = note;
    update(dialog);
}

static void begin(Dialog *dialog, const DialogHost *host, int content, int style, const NstSettings *settings)
{
    int rows = 0;
    while (nst_settings_table()[rows].name)
        rows++;
    *dialog = (Dialog){.host = host, .content = content, .style = style, .settings = *settings};
    if (settings->style_file[0])
        dialog->style = -1;
    dialog->presets = g_build_filename(host->folder, "presets", NULL);
    dialog->recent = g_build_filename(host->folder, "recent-styles", NULL);
    dialog->fields = g_new0(Field, rows);
    dialog->words = g_strdup("");
    dialog->mnemonics = taken_mnemonics(host);
    dialog->names = gtk_size_group_new(GTK_SIZE_GROUP_HORIZONTAL);
    build(dialog);
}

/* A field that loses the focus while the window is destroyed may still report a change; without a note it is
 * ignored. */
static void end(Dialog *dialog)
{
    char *size = window_size_text(GTK_WINDOW(dialog->host->window));
    dialog->host->sized(size, dialog->host->data);
    g_free(size);
    dialog->note = NULL;
    gtk_widget_destroy(dialog->host->window);
    g_string_free(dialog->mnemonics, TRUE);
    g_free(dialog->fields);
    g_free(dialog->layers);
    g_free(dialog->words);
    g_free(dialog->recent);
    g_free(dialog->presets);
}

int dialog_run(const DialogHost *host, int *content, int *style, NstSettings *settings)
{
    Dialog dialog;
    int response;

    begin(&dialog, host, *content, *style, settings);
    do {
        response = gtk_dialog_run(GTK_DIALOG(host->window));
        if (response == DIALOG_RESPONSE_RESET)
            reset(&dialog);
        if (response == GTK_RESPONSE_HELP)
            show_help(&dialog);
    } while (response == DIALOG_RESPONSE_RESET || response == GTK_RESPONSE_HELP);
    bool chosen = response == GTK_RESPONSE_OK || response == DIALOG_RESPONSE_NEW_LAYER;
    if (chosen && g_path_is_absolute(dialog.settings.style_file)) /* the others are in the strip */
        recent_add(dialog.recent, dialog.settings.style_file);
    end(&dialog);
    if (!chosen)
        return response;
    *content = dialog.content;
    *style = dialog.style;
    *settings = dialog.settings;
    return response;
}

void dialog_tell(Dialog *dialog, const char *text)
{
    g_free(dialog->words);
    dialog->words = g_strdup(text);
    show_note(dialog);
}
