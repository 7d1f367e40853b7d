/* style_choice.c: the rows' names are radio buttons, and a choice in a row activates its own. So the user
 * sees which of the two is used, and loses neither the layer nor the file by looking at the other. */
#include "style_choice.h"

#include "file_choice.h"
#include "recent.h"
#include "style_strip.h"
#include "toolkit.h"
#include "words.h"

#include <string.h>

#define OTHER_FILE _("Choose a file…")

static bool is_file(const StyleChoice *choice)
{
    return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(choice->file_name));
}

static void press(GtkWidget *name)
{
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(name), TRUE);
}

static void write_choice(StyleChoice *choice)
{
    const char *path = choice->chosen_file >= 0 ? choice->paths->pdata[choice->chosen_file] : "";
    bool file = is_file(choice);
    *choice->layer = file ? -1 : choice->chosen_layer;
    g_strlcpy(choice->file, file ? path : "", NST_TEXT_SIZE);
    if (choice->strip)
        style_strip_show(choice->strip, choice->file);
    gtk_widget_set_tooltip_text(choice->file_box,
                                *path ? path
                                      : _("A picture file to take the style from; it is not opened in GIMP"));
    choice->changed(choice->data);
}

static void layer_chosen(StyleChoice *choice)
{
    if (is_file(choice))
        press(choice->layer_name); /* which writes */
    else
        write_choice(choice);
}

/* ---- Files --------------------------------------------------------------------------------------------- */

/* The caller frees it with g_free. */
static char *label_of(const StyleChoice *choice, const char *path)
{
    for (const DialogStyle *style = choice->host->styles; style->name; style++)
        if (strcmp(style->name, path) == 0)
            return g_strdup(style->title);
    return g_filename_display_basename(path);
}

static void add_file(StyleChoice *choice, const char *path)
{
    char *label = label_of(choice, path);
    gtk_combo_box_text_insert_text(GTK_COMBO_BOX_TEXT(choice->file_box), (int)choice->paths->len, label);
    g_ptr_array_add(choice->paths, g_strdup(path));
    g_free(label);
}

static int find_file(const StyleChoice *choice, const char *path)
{
    for (guint i = 0; i < choice->paths->len; i++)
        if (strcmp(choice->paths->pdata[i], path) == 0)
            return (int)i;
    return -1;
}

/* If the user cancels, the box goes back to the previous file or, without one, to the layer. */
static void ask_file(StyleChoice *choice)
{
    const char *before = choice->chosen_file >= 0 ? choice->paths->pdata[choice->chosen_file] : NULL;
    char *path = file_choice_ask(choice->file_box, FILE_CHOICE_PICTURE, before);
    if (path) {
        style_choice_show_file(choice, path);
    } else {
        gtk_combo_box_set_active(GTK_COMBO_BOX(choice->file_box), choice->chosen_file);
        if (choice->chosen_file < 0)
            press(choice->layer_name);
    }
    g_free(path);
}

static void file_chosen(GtkComboBox *box, gpointer data)
{
    StyleChoice *choice = data;
    int index = gtk_combo_box_get_active(box);
    if (index == (int)choice->paths->len) {
        ask_file(choice);
    } else if (index >= 0 && (index != choice->chosen_file || !is_file(choice))) {
        choice->chosen_file = index;
        if (is_file(choice))
            write_choice(choice);
        else
            press(choice->file_name); /* which writes */
    }
}

void style_choice_show_file(StyleChoice *choice, const char *path)
{
    if (find_file(choice, path) < 0)
        add_file(choice, path);
    gtk_combo_box_set_active(GTK_COMBO_BOX(choice->file_box), find_file(choice, path));
    file_chosen(GTK_COMBO_BOX(choice->file_box), choice); /* in case it was already the active one */
}

/* The row whose name is pressed becomes active. For the files, with none chosen yet, that is the most recent
 * one; with no recent file, a file chooser opens. */
static void name_toggled(StyleChoice *choice)
{
    bool none = is_file(choice) && choice->chosen_file < 0;
    if (none)
        gtk_combo_box_set_active(GTK_COMBO_BOX(choice->file_box),
                                 0); /* with no files: the entry that opens the chooser */
    else
        write_choice(choice);
}

/* ---- Building ------------------------------------------------------------------------------------------ */

static void build_files(StyleChoice *choice, const char *recent)
{
    char **paths = recent_read(recent);
    choice->file_box = gtk_combo_box_text_new();
    choice->paths = g_ptr_array_new_with_free_func(g_free);
    choice->chosen_file = -1;
    for (char **path = paths; *path; path++)
        add_file(choice, *path);
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(choice->file_box), OTHER_FILE);
    file_choice_fit(GTK_COMBO_BOX(choice->file_box));
    g_strfreev(paths);
}

/* ---- The pictures -------------------------------------------------------------------------------------- */

static void picture_chosen(const char *name, void *choice)
{
    style_choice_show_file(choice, name);
}

static const DialogStyle *picture_dropped(const char *path, void *data)
{
    const StyleChoice *choice = data;
    return choice->host->style_dropped(path, choice->host->data);
}

/* On a low screen one row has to do: with large letters there would be no room for the rest. */
static void build_strip(StyleChoice *choice)
{
    int rows = toolkit_screen_height(choice->host->window) < 800 ? 1 : 2;
    if (choice->host->styles->name)
        choice->strip = style_strip_new(choice->host->styles, rows, picture_chosen, picture_dropped, choice);
}

static void build_names(StyleChoice *choice, const char *layer_name, const char *file_name)
{
    choice->layer_name = gtk_radio_button_new_with_mnemonic(NULL, layer_name);
    choice->file_name =
        gtk_radio_button_new_with_mnemonic_from_widget(GTK_RADIO_BUTTON(choice->layer_name), file_name);
}

void style_choice_build(StyleChoice *choice, const DialogHost *host, const char *layer_name,
                        const char *file_name, const char *recent, int *layer, char *file,
                        void (*changed)(void *data), void *data)
{
    char *begin = g_strdup(file);
    *choice = (StyleChoice){
        .host = host, .layer = layer, .file = file, .changed = changed, .data = data, .chosen_layer = *layer};
    build_strip(choice);
    build_names(choice, layer_name, file_name);
    build_files(choice, recent);
    choice->layer_box = host->layer_chooser(&choice->chosen_layer, host->data);
    gtk_widget_set_tooltip_text(choice->layer_box, _("The layer to take the style from, in any open image; "
                                                     "if there is none, open one first or choose a file"));
    g_signal_connect_swapped(choice->layer_box, "changed", G_CALLBACK(layer_chosen), choice);
    g_signal_connect(choice->file_box, "changed", G_CALLBACK(file_chosen), choice);
    g_signal_connect_swapped(choice->file_name, "toggled", G_CALLBACK(name_toggled), choice);
    if (*begin)
        style_choice_show_file(choice, begin);
    else
        write_choice(choice);
    g_free(begin);
}

void style_choice_clear(StyleChoice *choice)
{
    g_ptr_array_unref(choice->paths);
    choice->paths = NULL;
}
