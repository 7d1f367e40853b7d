/* help.c: one text for GIMP's procedure browser, the arguments of GIMP 3 and the dialog's Help, so that they
 * can't disagree. Numbers are written as a script has to write them.
 *
 * The dialog's Help is the README, in a window that stays open beside the dialog; readme.c says why not in a
 * web browser. GIMP's own help browser won't do either: it looks for a plug-in's pages on a server or in a
 * package of GIMP's, and is not installed everywhere. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "help.h"

#include "readme.h"
#include "words.h"

enum { BORDER = 12, GAP = 6, WIDTH = 620, HEIGHT = 480 };

static const char *figure(double value, char text[G_ASCII_DTOSTR_BUF_SIZE])
{
    return g_ascii_formatd(text, G_ASCII_DTOSTR_BUF_SIZE, "%.10g", value);
}

/* The values that the row takes; "": any. */
static char *allowed(const NstSetting *setting)
{
    char least[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE];
    switch (setting->type) {
    case NST_SETTING_NUMBER:
    case NST_SETTING_INTEGER:
        return g_strdup_printf(_("%s to %s"), figure(setting->min, least), figure(setting->max, most));
    case NST_SETTING_CHOICE: {
        char **values = g_strsplit(setting->values, "|", -1);
        char *list = g_strjoinv(", ", values);
        g_strfreev(values);
        return list;
    }
    case NST_SETTING_TEXT:
    case NST_SETTING_LAYER:
        break;
    }
    return g_strdup("");
}

static char *standard(const NstSetting *setting)
{
    char choice[64] = "", number[G_ASCII_DTOSTR_BUF_SIZE];
    switch (setting->type) {
    case NST_SETTING_NUMBER:
    case NST_SETTING_INTEGER:
        return g_strdup(figure(setting->standard, number));
    case NST_SETTING_CHOICE:
        nst_setting_choice(setting->values, (int)setting->standard, choice, sizeof choice);
        return g_strdup(choice);
    case NST_SETTING_TEXT:
        return g_strdup_printf("\"%s\"", setting->text);
    case NST_SETTING_LAYER:
        break;
    }
    return g_strdup(_("none"));
}

char *help_setting(const NstSetting *setting)
{
    char *values = allowed(setting);
    const char *what = _(setting->help);
    char *help = *values ? g_strdup_printf("%s (%s)", what, values) : g_strdup(what);
    g_free(values);
    return help;
}

/* The beginning of a line; in Markdown, of a list item. The caller frees it with g_free. */
static char *name_of(const char *name, bool markdown)
{
    return g_strdup_printf(markdown ? "- **%s**" : "%s", name);
}

char *help_settings(bool markdown)
{
    GString *text = g_string_new(NULL);
    for (const NstSetting *setting = nst_settings_table(); setting->name; setting++) {
        char *help = help_setting(setting), *value = standard(setting),
             *name = name_of(setting->name, markdown);
        g_string_append_printf(text, _("%s: %s; default %s.\n"), name, help, value);
        g_free(name);
        g_free(value);
        g_free(help);
    }
    return g_string_free(text, FALSE);
}

char *help_presets(bool markdown)
{
    GString *text = g_string_new(NULL);
    for (const NstPreset *preset = nst_presets_table(); preset->name; preset++) {
        char *name = name_of(preset->name, markdown);
        g_string_append_printf(text, "%s: %s", name, _(preset->help));
        if (*preset->settings)
            g_string_append_printf(text, " (%s)", preset->settings);
        g_string_append(text, ".\n");
        g_free(name);
    }
    return g_string_free(text, FALSE);
}

/* ---- The window ---------------------------------------------------------------------------------------- */

/* The README's help part, with its tables in the user's language; the caller frees it with g_free. NULL: it
 * can't be read. */
static char *help_of(const char *readme)
{
    char *markdown = NULL, *help = NULL;
    if (g_file_get_contents(readme, &markdown, NULL, NULL) && g_utf8_validate(markdown, -1, NULL))
        help = readme_part(markdown, "help");
    g_free(markdown);
    if (!help)
        return NULL;
    char *settings = help_settings(true), *presets = help_presets(true);
    help = readme_replace(help, "settings", settings);
    help = readme_replace(help, "presets", presets);
    g_free(presets);
    g_free(settings);
    return help;
}

static void add_tags(GtkTextTag **blocks, GtkTextTag **spans, GtkTextBuffer *buffer)
{
    int gap = GAP, indent = 2 * BORDER;
    blocks[README_PARAGRAPH] = gtk_text_buffer_create_tag(buffer, NULL, "pixels-above-lines", gap, NULL);
    blocks[README_HEADING] = gtk_text_buffer_create_tag(buffer, NULL, "pixels-above-lines", 3 * gap, "weight",
                                                        PANGO_WEIGHT_BOLD, "scale", PANGO_SCALE_LARGE, NULL);
    blocks[README_ITEM] = gtk_text_buffer_create_tag(buffer, NULL, "pixels-above-lines", gap, "left-margin",
                                                     indent, "indent", -BORDER, NULL);
    blocks[README_LITERAL] =
        gtk_text_buffer_create_tag(buffer, NULL, "left-margin", indent, "scale", PANGO_SCALE_SMALL, NULL);
    spans[README_PLAIN] = gtk_text_buffer_create_tag(buffer, NULL, NULL, NULL);
    spans[README_STRONG] = gtk_text_buffer_create_tag(buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
    spans[README_EMPHASIS] = gtk_text_buffer_create_tag(buffer, NULL, "style", PANGO_STYLE_ITALIC, NULL);
    spans[README_CODE] = gtk_text_buffer_create_tag(buffer, NULL, "family", "monospace", NULL);
}

/* A buffer that is being filled, with a tag for each kind of text. */
typedef struct Filling {
    GtkTextBuffer *buffer;
    GtkTextTag *blocks[README_BLOCKS], *spans[README_SPANS];
} Filling;

static void add_piece(const char *text, ReadmeBlock block, ReadmeSpan span, void *data)
{
    Filling *filling = data;
    GtkTextIter end;
    gtk_text_buffer_get_end_iter(filling->buffer, &end);
    gtk_text_buffer_insert_with_tags(filling->buffer, &end, text, -1, filling->blocks[block],
                                     filling->spans[span], NULL);
}

static void fill(GtkTextBuffer *buffer, const char *readme, const char *text)
{
    Filling filling = {.buffer = buffer};
    char *markdown = help_of(readme);
    add_tags(filling.blocks, filling.spans, buffer);
    if (markdown)
        readme_walk(markdown, add_piece, &filling);
    else
        add_piece(text, README_PARAGRAPH, README_PLAIN, &filling);
    g_debug("the help shows %s", markdown ? readme : "its own text");
    g_free(markdown);
}

static GtkWidget *view_new(const char *readme, const char *text)
{
    GtkWidget *view = gtk_text_view_new(), *scroller = gtk_scrolled_window_new(NULL, NULL);
    GtkTextIter start;
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(view));
    fill(buffer, readme, text);
    gtk_text_buffer_get_start_iter(buffer, &start);
    gtk_text_buffer_place_cursor(buffer, &start);
    gtk_text_view_set_editable(GTK_TEXT_VIEW(view), FALSE);
    gtk_text_view_set_cursor_visible(GTK_TEXT_VIEW(view), FALSE); /* so that the arrow keys scroll */
    gtk_text_view_set_wrap_mode(GTK_TEXT_VIEW(view), GTK_WRAP_WORD_CHAR);
    gtk_text_view_set_left_margin(GTK_TEXT_VIEW(view), BORDER);
    gtk_text_view_set_right_margin(GTK_TEXT_VIEW(view), BORDER);
    gtk_container_add(GTK_CONTAINER(scroller), view);
    return scroller;
}

static void forget(GObject *parent)
{
    g_object_set_data(parent, "help", NULL);
}

/* In its own window group: while the dialog runs, it grabs the input of all windows in its group. */
static GtkWidget *window_new(GtkWindow *parent)
{
    GtkWidget *window =
        gtk_dialog_new_with_buttons(_("Neural Style Transfer: Help"), parent, GTK_DIALOG_DESTROY_WITH_PARENT,
                                    _("_Close"), GTK_RESPONSE_CLOSE, NULL);
    GtkWindowGroup *group = gtk_window_group_new();
    gtk_window_group_add_window(group, GTK_WINDOW(window));
    g_object_unref(group); /* the window keeps it */
    gtk_window_set_default_size(GTK_WINDOW(window), WIDTH, HEIGHT);
    gtk_dialog_set_default_response(GTK_DIALOG(window), GTK_RESPONSE_CLOSE);
    g_signal_connect(window, "response", G_CALLBACK(gtk_widget_destroy), NULL);
    g_signal_connect_swapped(window, "destroy", G_CALLBACK(forget), parent);
    g_object_set_data(G_OBJECT(parent), "help", window);
    return window;
}

void help_show(GtkWindow *parent, const char *readme, const char *text)
{
    GtkWidget *window = g_object_get_data(G_OBJECT(parent), "help");
    if (!window) {
        window = window_new(parent);
        GtkWidget *view = view_new(readme, text);
        gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(GTK_DIALOG(window))), view, TRUE, TRUE, 0);
        gtk_widget_show_all(view);
    }
    gtk_window_present(GTK_WINDOW(window));
}
