/* presets_menu.c: one combo box for both kinds, separated by a line, as in GIMP's own filters. The choice is
 * a starting point: changing a setting afterwards changes no preset, and the box keeps showing where the user
 * started. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "presets_menu.h"

#include "message.h"
#include "named_settings.h"
#include "toolkit.h"
#include "words.h"

#include <string.h>

enum { SPACING = 6, NAME_WIDTH = 30, BORDER = 12 };

/* The columns: a label (NULL: a separator), and the index in the table of presets, or -1 for saved
 * settings. */
enum { LABEL, PRESET, COLUMNS };

static GtkListStore *list_of(const PresetsMenu *menu)
{
    return GTK_LIST_STORE(gtk_combo_box_get_model(GTK_COMBO_BOX(menu->box)));
}

static void add(GtkListStore *list, const char *label, int preset)
{
    gtk_list_store_insert_with_values(list, NULL, G_MAXINT, LABEL, label, PRESET, preset, -1);
}

static gboolean is_line(GtkTreeModel *model, GtkTreeIter *entry, gpointer data)
{
    char *label = NULL;
    (void)data;
    gtk_tree_model_get(model, entry, LABEL, &label, -1);
    g_free(label);
    return !label;
}

static void fill(const PresetsMenu *menu)
{
    GtkListStore *list = list_of(menu);
    char **names = named_settings_names(menu->folder), label[64];
    const NstSetting *preset = nst_setting_find("preset");
    gtk_list_store_clear(list);
    for (int i = 0; nst_setting_choice(preset->value_labels, i, label, sizeof label); i++)
        add(list, _(label), i);
    if (*names)
        add(list, NULL, -1);
    for (char **name = names; *name; name++)
        add(list, *name, -1);
    g_strfreev(names);
}

/* If the box shows saved settings: their name, to be freed with g_free. Otherwise NULL, and *preset is the
 * preset's index. */
static char *active_name(const PresetsMenu *menu, int *preset)
{
    GtkTreeIter entry;
    char *label = NULL;
    *preset = 0;
    if (!gtk_combo_box_get_active_iter(GTK_COMBO_BOX(menu->box), &entry))
        return NULL;
    gtk_tree_model_get(GTK_TREE_MODEL(list_of(menu)), &entry, LABEL, &label, PRESET, preset, -1);
    if (*preset >= 0)
        g_clear_pointer(&label, g_free);
    return label;
}

static void settle(PresetsMenu *menu)
{
    int preset;
    char *name = active_name(menu, &preset);
    menu->shown = gtk_combo_box_get_active(GTK_COMBO_BOX(menu->box));
    gtk_widget_set_sensitive(menu->delete, name != NULL);
    gtk_widget_set_tooltip_text(menu->box, name ? name : _(nst_presets_table()[MAX(preset, 0)].help));
    g_free(name);
}

static void show_entry(PresetsMenu *menu, int index)
{
    menu->quiet = true;
    gtk_combo_box_set_active(GTK_COMBO_BOX(menu->box), index);
    menu->quiet = false;
    settle(menu);
}

void presets_menu_show(PresetsMenu *menu, int preset)
{
    show_entry(menu, preset); /* they come first, in the table's order */
}

/* name NULL: the default preset. */
static void show_name(PresetsMenu *menu, const char *name)
{
    GtkTreeModel *model = GTK_TREE_MODEL(list_of(menu));
    GtkTreeIter entry;
    int index = 0, found = 0;
    for (gboolean more = gtk_tree_model_get_iter_first(model, &entry); name && more;
         more = gtk_tree_model_iter_next(model, &entry), index++) {
        char *label = NULL;
        int preset;
        gtk_tree_model_get(model, &entry, LABEL, &label, PRESET, &preset, -1);
        if (label && preset < 0 && strcmp(label, name) == 0)
            found = index;
        g_free(label);
    }
    show_entry(menu, found);
}

/* ---- Choosing ------------------------------------------------------------------------------------------ */

/* What the file doesn't mention has its default; what belongs to the machine stays. */
static NstSettings start_of(const NstSettings *from)
{
    NstSettings settings = *from;
    for (const NstSetting *row = nst_settings_table(); row->name; row++)
        if (!row->machine)
            nst_setting_default(row, &settings);
    return settings;
}

/* Saved settings contain no layers, and a style file only if there was one. */
static void keep_pictures(const NstSettings *from, NstSettings *to)
{
    to->start_layer = from->start_layer;
    if (!to->style_file[0])
        g_strlcpy(to->style_file, from->style_file, NST_TEXT_SIZE);
}

static void show_left_out(const PresetsMenu *menu, const char *name, const char *left_out)
{
    char *text =
        g_strdup_printf(_("These settings in “%s” were ignored: %s\n\nThis version does not know them, or "
                          "they belong to a computer and not to a preset, as a file to write does."),
                        name, left_out);
    message_show(menu->box, text);
    g_free(text);
}

/* False: they can't be read, and the user has seen why. */
static bool apply_saved(const PresetsMenu *menu, const char *name)
{
    NstSettings settings = start_of(menu->settings);
    NstError error = WORDS_ERROR;
    char *left_out;
    if (named_settings_read(menu->folder, name, &settings, &left_out, &error) != NST_OK) {
        message_show(menu->box, error.message);
        return false;
    }
    keep_pictures(menu->settings, &settings);
    menu->apply(&settings, menu->data);
    if (left_out)
        show_left_out(menu, name, left_out);
    g_free(left_out);
    return true;
}

static void apply_preset(const PresetsMenu *menu, int preset)
{
    NstSettings settings = *menu->settings;
    nst_settings_preset(preset, &settings);
    menu->apply(&settings, menu->data);
}

static void chosen(PresetsMenu *menu)
{
    int preset;
    if (menu->quiet)
        return;
    char *name = active_name(menu, &preset);
    if (name && !apply_saved(menu, name))
        show_entry(menu, menu->shown);
    else if (!name)
        apply_preset(menu, preset);
    g_free(name);
    settle(menu);
}

/* ---- Saving and deleting ------------------------------------------------------------------------------- */

/* Save can only be pressed once there is a name. */
static void name_typed(GtkEntry *entry, gpointer window)
{
    char *name = g_strstrip(g_strdup(gtk_entry_get_text(entry)));
    gtk_dialog_set_response_sensitive(GTK_DIALOG(window), GTK_RESPONSE_ACCEPT, *name != '\0');
    g_free(name);
}

static GtkWidget *name_entry(GtkWidget *window, const char *begin)
{
    GtkWidget *entry = gtk_entry_new(), *row = toolkit_box_new(SPACING);
    gtk_entry_set_max_length(GTK_ENTRY(entry), NAMED_SETTINGS_NAME_LENGTH);
    gtk_entry_set_width_chars(GTK_ENTRY(entry), NAME_WIDTH);
    gtk_entry_set_activates_default(GTK_ENTRY(entry), TRUE);
    g_signal_connect(entry, "changed", G_CALLBACK(name_typed), window);
    gtk_entry_set_text(GTK_ENTRY(entry), begin);
    name_typed(GTK_ENTRY(entry), window);
    gtk_container_set_border_width(GTK_CONTAINER(row), BORDER);
    gtk_box_pack_start(GTK_BOX(row), toolkit_name_new(_("_Name"), entry), FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(row), entry, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(GTK_DIALOG(window))), row, TRUE, TRUE, 0);
    gtk_widget_show_all(row);
    return entry;
}

/* The caller frees it with g_free; NULL: the user cancelled. */
static char *ask_name(const PresetsMenu *menu)
{
    int preset;
    char *begin = active_name(menu, &preset), *name = NULL;
    GtkWidget *window = gtk_dialog_new_with_buttons(
        _("Save Settings"), GTK_WINDOW(gtk_widget_get_toplevel(menu->box)), GTK_DIALOG_MODAL, _("_Cancel"),
        GTK_RESPONSE_CANCEL, _("_Save"), GTK_RESPONSE_ACCEPT, NULL);
    GtkWidget *entry = name_entry(window, begin ? begin : "");
    gtk_dialog_set_default_response(GTK_DIALOG(window), GTK_RESPONSE_ACCEPT);
    if (gtk_dialog_run(GTK_DIALOG(window)) == GTK_RESPONSE_ACCEPT)
        name = g_strstrip(g_strdup(gtk_entry_get_text(GTK_ENTRY(entry))));
    gtk_widget_destroy(window);
    g_free(begin);
    return name;
}

static bool may_write(const PresetsMenu *menu, const char *name)
{
    if (!named_settings_exists(menu->folder, name))
        return true;
    char *text = g_strdup_printf(_("Settings named “%s” already exist. Replace them?"), name);
    bool may = message_confirm(menu->box, text, _("_Replace"));
    g_free(text);
    return may;
}

static void save(PresetsMenu *menu)
{
    NstError error = WORDS_ERROR;
    char *name = ask_name(menu);
    if (name && may_write(menu, name)) {
        if (named_settings_write(menu->folder, name, menu->settings, &error) != NST_OK)
            message_show(menu->box, error.message);
        menu->quiet = true;
        fill(menu);
        show_name(menu, name);
    }
    g_free(name);
}

static void delete_active(PresetsMenu *menu)
{
    int preset;
    NstError error = WORDS_ERROR;
    char *name = active_name(menu, &preset);
    char *text = g_strdup_printf(_("Delete the settings “%s”?"), name);
    if (message_confirm(menu->box, text, _("_Delete"))) {
        bool deleted = named_settings_delete(menu->folder, name, &error) == NST_OK;
        if (!deleted)
            message_show(menu->box, error.message);
        menu->quiet = true;
        fill(menu);
        show_name(menu, deleted ? NULL : name);
    }
    g_free(text);
    g_free(name);
}

/* ---- Building ------------------------------------------------------------------------------------------ */

static GtkWidget *box_new(void)
{
    GtkListStore *list = gtk_list_store_new(COLUMNS, G_TYPE_STRING, G_TYPE_INT);
    GtkWidget *box = gtk_combo_box_new_with_model(GTK_TREE_MODEL(list));
    GtkCellRenderer *cell = gtk_cell_renderer_text_new();
    g_object_set(cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
    gtk_cell_layout_pack_start(GTK_CELL_LAYOUT(box), cell, TRUE);
    gtk_cell_layout_set_attributes(GTK_CELL_LAYOUT(box), cell, "text", LABEL, NULL);
    gtk_combo_box_set_row_separator_func(GTK_COMBO_BOX(box), is_line, NULL, NULL);
    g_object_unref(list);
    return box;
}

static GtkWidget *button_new(GtkWidget *row, const char *label, const char *tooltip)
{
    GtkWidget *button = gtk_button_new_with_mnemonic(label);
    gtk_widget_set_tooltip_text(button, tooltip);
    gtk_box_pack_start(GTK_BOX(row), button, FALSE, FALSE, 0);
    return button;
}

void presets_menu_build(PresetsMenu *menu, const char *save_label, const char *delete_label,
                        const char *folder, const NstSettings *settings,
                        void (*apply)(const NstSettings *settings, void *data), void *data)
{
    *menu = (PresetsMenu){.folder = folder, .settings = settings, .apply = apply, .data = data};
    menu->row = toolkit_box_new(SPACING);
    menu->box = box_new();
    gtk_box_pack_start(GTK_BOX(menu->row), menu->box, TRUE, TRUE, 0);
    menu->save =
        button_new(menu->row, save_label, _("Save all settings, including the style file, under a name"));
    menu->delete = button_new(menu->row, delete_label, _("Delete the chosen saved settings"));
    fill(menu);
    presets_menu_show(menu, settings->preset);
    g_signal_connect_swapped(menu->box, "changed", G_CALLBACK(chosen), menu);
    g_signal_connect_swapped(menu->save, "clicked", G_CALLBACK(save), menu);
    g_signal_connect_swapped(menu->delete, "clicked", G_CALLBACK(delete_active), menu);
}
