/* dialog.c: the plain dialog: a style layer and the few settings that most runs need; all others stay as
 * they come in. Below them stands what the host has to say about the choice.
 *
 * A row's widget follows from its type in the settings' table, and writes what the user does straight into
 * a copy of the settings, which only OK hands back. Rejected: GIMP 3's GimpProcedureDialog, which would make
 * the two generations look and behave differently and shows no thumbnails of the layers to choose from. */
#define G_LOG_DOMAIN "neural-style"

#include "ui/dialog.h"

#include "ui/help.h"
#include "ui/toolkit.h"

#include <string.h>

enum { BORDER = 12, SPACING = 6, SLIDER_WIDTH = 200 };

/* The rows of the settings' table that are shown, in this order. */
static const char *const shown[] = {"preset", "strength",    "color",  "iterations",
                                    "start",  "start-layer", "weights"};

typedef struct Row {
    const NstSetting *setting;
    void *value;      /* inside the dialog's settings */
    GObject *holder;  /* the GtkAdjustment or GtkComboBox that holds the value; NULL for a layer */
    GtkWidget *field; /* all of the row but its name */
    GtkWidget *focus; /* the part of it that takes the keyboard, where that is not the field itself */
} Row;

struct Dialog {
    const DialogHost *host;
    int style;
    NstSettings settings;
    Row rows[G_N_ELEMENTS(shown)];
    GtkWidget *note; /* the host's words; NULL: the window isn't complete, or on its way out */
};

static void number_changed(GtkAdjustment *adjustment, gpointer value)
{
    *(double *)value = gtk_adjustment_get_value(adjustment);
}

static void integer_changed(GtkAdjustment *adjustment, gpointer value)
{
    *(int *)value = (int)gtk_adjustment_get_value(adjustment);
}

static void choice_changed(GtkComboBox *box, gpointer value)
{
    *(int *)value = gtk_combo_box_get_active(box);
}

/* A figure to type into; Return in it means OK. */
static GtkWidget *figure_new(GtkAdjustment *adjustment, guint digits)
{
    GtkWidget *figure = gtk_spin_button_new(adjustment, 1, digits);
    gtk_spin_button_set_numeric(GTK_SPIN_BUTTON(figure), TRUE);
    gtk_entry_set_activates_default(GTK_ENTRY(figure), TRUE);
    return figure;
}

static GtkAdjustment *adjustment_new(const NstSetting *setting, double step)
{
    return GTK_ADJUSTMENT(
        gtk_adjustment_new(setting->standard, setting->min, setting->max, step, 10 * step, 0));
}

/* A slider and its figure: for a number, whose range is small enough to slide over. */
static GtkWidget *number_field(Row *row)
{
    GtkAdjustment *adjustment = adjustment_new(row->setting, (row->setting->max - row->setting->min) / 100);
    GtkWidget *box = toolkit_box_new(SPACING), *slider = toolkit_slider_new(adjustment);
    row->holder = G_OBJECT(adjustment);
    row->focus = figure_new(adjustment, 1);
    gtk_widget_set_size_request(slider, SLIDER_WIDTH, -1);
    gtk_box_pack_start(GTK_BOX(box), slider, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(box), row->focus, FALSE, FALSE, 0);
    g_signal_connect(adjustment, "value-changed", G_CALLBACK(number_changed), row->value);
    return box;
}

static GtkWidget *integer_field(Row *row)
{
    GtkAdjustment *adjustment = adjustment_new(row->setting, 1);
    GtkWidget *figure = figure_new(adjustment, 0); /* GTK 2 reports a change here, to the default */
    row->holder = G_OBJECT(adjustment);
    g_signal_connect(adjustment, "value-changed", G_CALLBACK(integer_changed), row->value);
    return figure;
}

static GtkWidget *choice_field(Row *row)
{
    GtkWidget *box = gtk_combo_box_text_new();
    char label[64];
    for (int i = 0; nst_setting_choice(row->setting->value_labels, i, label, sizeof label); i++)
        gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(box), label);
    row->holder = G_OBJECT(box);
    g_signal_connect(box, "changed", G_CALLBACK(choice_changed), row->value);
    return box;
}

/* ---- Weights: those that the host has found, files that were chosen, and last a way to choose one ---------
 */

#define OTHER_FILE "Other file…"

/* The names that belong to the box's entries, "Other file…" left out. */
static GPtrArray *weights_names(GtkComboBox *box)
{
    return g_object_get_data(G_OBJECT(box), "names");
}

static void weights_add(GtkComboBox *box, const char *name, const char *label)
{
    GPtrArray *names = weights_names(box);
    gtk_combo_box_text_insert_text(GTK_COMBO_BOX_TEXT(box), (int)names->len, label);
    g_ptr_array_add(names, g_strdup(name));
}

/* Shows the entry of that value, which is made where there is none. */
static void weights_show(GtkComboBox *box, const char *value)
{
    const GPtrArray *names = weights_names(box);
    guint index = 0;
    if (*value)
        while (index < names->len && strcmp(names->pdata[index], value) != 0)
            index++;
    if (index == names->len) {
        char *label = g_filename_display_basename(value);
        weights_add(box, value, label);
        g_free(label);
    }
    gtk_combo_box_set_active(box, (int)index);
}

/* A file's path, which the caller frees with g_free; NULL: the user thought better of it. */
static char *weights_ask(GtkWidget *box)
{
    GtkWidget *chooser = gtk_file_chooser_dialog_new(
        "Choose a weights file", GTK_WINDOW(gtk_widget_get_toplevel(box)), GTK_FILE_CHOOSER_ACTION_OPEN,
        "_Cancel", GTK_RESPONSE_CANCEL, "_Open", GTK_RESPONSE_ACCEPT, NULL);
    GtkFileFilter *filter = gtk_file_filter_new();
    gtk_file_filter_set_name(filter, "VGG16 weights (*.safetensors)");
    gtk_file_filter_add_pattern(filter, "*.safetensors");
    gtk_file_chooser_add_filter(GTK_FILE_CHOOSER(chooser), filter);
    gtk_dialog_set_default_response(GTK_DIALOG(chooser), GTK_RESPONSE_ACCEPT);
    bool chosen = gtk_dialog_run(GTK_DIALOG(chooser)) == GTK_RESPONSE_ACCEPT;
    char *path = chosen ? gtk_file_chooser_get_filename(GTK_FILE_CHOOSER(chooser)) : NULL;
    gtk_widget_destroy(chooser);
    return path;
}

static void weights_changed(GtkComboBox *box, gpointer value)
{
    const GPtrArray *names = weights_names(box);
    int index = gtk_combo_box_get_active(box);
    if (index == (int)names->len) {
        char *path = weights_ask(GTK_WIDGET(box));
        weights_show(box, path && strlen(path) < NST_TEXT_SIZE ? path : value); /* comes here again */
        g_free(path);
    } else if (index >= 0) {
        g_strlcpy(value, index == 0 ? "" : names->pdata[index], NST_TEXT_SIZE);
    }
}

static GtkWidget *weights_field(const DialogHost *host, Row *row)
{
    GtkWidget *box = gtk_combo_box_text_new();
    g_object_set_data_full(G_OBJECT(box), "names", g_ptr_array_new_with_free_func(g_free),
                           (GDestroyNotify)g_ptr_array_unref);
    for (const DialogWeights *weights = host->weights; weights->name; weights++)
        weights_add(GTK_COMBO_BOX(box), weights->name, weights->label);
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(box), OTHER_FILE);
    row->holder = G_OBJECT(box);
    g_signal_connect(box, "changed", G_CALLBACK(weights_changed), row->value);
    return box;
}

/* ---- Rows -------------------------------------------------------------------------------------------------
 */

static GtkWidget *field_new(const DialogHost *host, Row *row)
{
    switch (row->setting->type) {
    case NST_SETTING_NUMBER:
        return number_field(row);
    case NST_SETTING_INTEGER:
        return integer_field(row);
    case NST_SETTING_CHOICE:
        return choice_field(row);
    case NST_SETTING_LAYER:
        return host->layer_chooser(row->value, host->data);
    case NST_SETTING_TEXT: /* of the texts only the weights are shown yet */
        return weights_field(host, row);
    }
    g_return_val_if_reached(NULL);
}

/* Makes the row's widget show `settings`, which sets the dialog's own value too. */
static void row_show(const Row *row, NstSettings *settings)
{
    const void *value = nst_setting_value(row->setting, settings);
    if (row->setting->type == NST_SETTING_NUMBER)
        gtk_adjustment_set_value(GTK_ADJUSTMENT(row->holder), *(const double *)value);
    else if (row->setting->type == NST_SETTING_INTEGER)
        gtk_adjustment_set_value(GTK_ADJUSTMENT(row->holder), *(const int *)value);
    else if (row->setting->type == NST_SETTING_CHOICE)
        gtk_combo_box_set_active(GTK_COMBO_BOX(row->holder), *(const int *)value);
    else if (row->setting->type == NST_SETTING_TEXT)
        weights_show(GTK_COMBO_BOX(row->holder), value);
}

/* OK is there once the layers that the run needs are chosen; the host hears of every change. */
static void update(Dialog *dialog)
{
    bool start_layer = dialog->settings.start == NST_START_LAYER;
    for (guint i = 0; i < G_N_ELEMENTS(shown); i++) {
        if (dialog->rows[i].setting->type == NST_SETTING_LAYER)
            gtk_widget_set_sensitive(dialog->rows[i].field, start_layer);
    }
    gtk_dialog_set_response_sensitive(GTK_DIALOG(dialog->host->window), GTK_RESPONSE_OK,
                                      dialog->style != -1 &&
                                          (!start_layer || dialog->settings.start_layer != -1));
    if (dialog->note)
        dialog->host->changed(dialog, dialog->style, &dialog->settings, dialog->host->data);
}

/* After the handler that writes the row's value. */
static void update_with(Dialog *dialog, const Row *row)
{
    GObject *holder = row->holder ? row->holder : G_OBJECT(row->field);
    const char *signal = GTK_IS_ADJUSTMENT(holder) ? "value-changed" : "changed";
    g_signal_connect_swapped(holder, signal, G_CALLBACK(update), dialog);
}

static void show_settings(Dialog *dialog)
{
    NstSettings settings = dialog->settings; /* a widget that shows one value may change others */
    for (guint i = 0; i < G_N_ELEMENTS(shown); i++)
        row_show(&dialog->rows[i], &settings);
}

/* A preset sets all that it speaks of, and the widgets follow; what is changed after that stays changed. */
static void preset_changed(Dialog *dialog)
{
    nst_settings_preset(dialog->settings.preset, &dialog->settings);
    show_settings(dialog);
}

static void add_row(Dialog *dialog, GtkWidget *rows, int index)
{
    Row *row = &dialog->rows[index];
    row->setting = nst_setting_find(shown[index]);
    row->value = nst_setting_value(row->setting, &dialog->settings);
    row->field = field_new(dialog->host, row);
    row_show(row, &dialog->settings);
    gtk_widget_set_tooltip_text(row->field, row->setting->help);
    GtkWidget *focus = row->focus ? row->focus : row->field;
    toolkit_rows_add(rows, index + 1, toolkit_name_new(row->setting->label, focus), row->field);
    if (row->value == &dialog->settings.preset)
        g_signal_connect_swapped(row->holder, "changed", G_CALLBACK(preset_changed), dialog);
    update_with(dialog, row);
}

static GtkWidget *first_figure(const Dialog *dialog)
{
    const Row *row = dialog->rows;
    while (!row->focus)
        row++;
    return row->focus;
}

static void build(Dialog *dialog)
{
    GtkDialog *window = GTK_DIALOG(dialog->host->window);
    GtkBox *content = GTK_BOX(gtk_dialog_get_content_area(window));
    GtkWidget *rows = toolkit_rows_new();
    GtkWidget *style = dialog->host->layer_chooser(&dialog->style, dialog->host->data);

    gtk_container_set_border_width(GTK_CONTAINER(rows), BORDER);
    toolkit_rows_add(rows, 0, toolkit_name_new("_Style", style), style);
    gtk_widget_set_tooltip_text(
        style, "The layer whose style is wanted, of any open image: open one first if there is none");
    for (int i = 0; i < (int)G_N_ELEMENTS(shown); i++)
        add_row(dialog, rows, i);
    g_signal_connect_swapped(style, "changed", G_CALLBACK(update), dialog);

    gtk_box_pack_start(content, rows, FALSE, TRUE, 0);
    gtk_widget_show_all(rows);
    dialog->note = toolkit_note_new(BORDER);
    gtk_box_pack_start(content, dialog->note, TRUE, TRUE, 0);
    gtk_widget_show(dialog->note);
    gtk_dialog_set_default_response(window, GTK_RESPONSE_OK);
    gtk_widget_grab_focus(first_figure(dialog)); /* a combo box would take the first Return for itself */
    update(dialog);
}

/* Defaults, but for the layers: those are no matter of taste. */
static void reset(Dialog *dialog)
{
    int start_layer = dialog->settings.start_layer;
    nst_settings_default(&dialog->settings);
    dialog->settings.start_layer = start_layer;
    show_settings(dialog);
}

bool dialog_run(const DialogHost *host, int *style, NstSettings *settings)
{
    Dialog dialog = {.host = host, .style = *style, .settings = *settings};
    int response;

    build(&dialog);
    do {
        response = gtk_dialog_run(GTK_DIALOG(host->window));
        if (response == DIALOG_RESPONSE_RESET)
            reset(&dialog);
        if (response == GTK_RESPONSE_HELP)
            help_show(GTK_WINDOW(host->window), host->help);
    } while (response == DIALOG_RESPONSE_RESET || response == GTK_RESPONSE_HELP);
    dialog.note = NULL; /* a field that loses the keyboard may still report a change */
    gtk_widget_destroy(host->window);
    if (response != GTK_RESPONSE_OK)
        return false;
    *style = dialog.style;
    *settings = dialog.settings;
    return true;
}

/* The debug message is for who can't see the window: G_MESSAGES_DEBUG=neural-style. */
void dialog_tell(Dialog *dialog, const char *text)
{
    gtk_label_set_text(GTK_LABEL(dialog->note), text);
    g_debug("the dialog says: %s", gtk_label_get_text(GTK_LABEL(dialog->note)));
}
