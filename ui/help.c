/* help.c: the table as text, so that GIMP's procedure browser, the arguments of GIMP 3 and the dialog's
 * Help can't tell different stories. Figures are written as a script has to write them. */
#include "ui/help.h"

#include "ui/words.h"

enum { BORDER = 12, WIDTH = 560, HEIGHT = 420 };

static const char *figure(double value, char text[G_ASCII_DTOSTR_BUF_SIZE])
{
    return g_ascii_formatd(text, G_ASCII_DTOSTR_BUF_SIZE, "%.10g", value);
}

/* What the row's value may be, "" where anything may. */
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

char *help_settings(void)
{
    GString *text = g_string_new(NULL);
    for (const NstSetting *setting = nst_settings_table(); setting->name; setting++) {
        char *help = help_setting(setting), *value = standard(setting);
        g_string_append_printf(text, _("%s: %s; default %s.\n"), setting->name, help, value);
        g_free(value);
        g_free(help);
    }
    return g_string_free(text, FALSE);
}

char *help_presets(void)
{
    GString *text = g_string_new(NULL);
    for (const NstPreset *preset = nst_presets_table(); preset->name; preset++) {
        g_string_append_printf(text, "%s: %s", preset->name, _(preset->help));
        if (*preset->settings)
            g_string_append_printf(text, " (%s)", preset->settings);
        g_string_append(text, ".\n");
    }
    return g_string_free(text, FALSE);
}

static GtkWidget *text_view(const char *text)
{
    GtkWidget *view = gtk_text_view_new(), *scroller = gtk_scrolled_window_new(NULL, NULL);
    gtk_text_buffer_set_text(gtk_text_view_get_buffer(GTK_TEXT_VIEW(view)), text, -1);
    gtk_text_view_set_editable(GTK_TEXT_VIEW(view), FALSE);
    gtk_text_view_set_cursor_visible(GTK_TEXT_VIEW(view), FALSE);
    gtk_text_view_set_wrap_mode(GTK_TEXT_VIEW(view), GTK_WRAP_WORD);
    gtk_text_view_set_pixels_above_lines(GTK_TEXT_VIEW(view), BORDER / 2);
    gtk_text_view_set_left_margin(GTK_TEXT_VIEW(view), BORDER);
    gtk_text_view_set_right_margin(GTK_TEXT_VIEW(view), BORDER);
    gtk_container_add(GTK_CONTAINER(scroller), view);
    return scroller;
}

void help_show(GtkWindow *parent, const char *text)
{
    GtkWidget *window = gtk_dialog_new_with_buttons(_("Neural Style Transfer: Help"), parent,
                                                    GTK_DIALOG_MODAL, _("_Close"), GTK_RESPONSE_CLOSE, NULL);
    GtkWidget *view = text_view(text);
    gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(GTK_DIALOG(window))), view, TRUE, TRUE, 0);
    gtk_window_set_default_size(GTK_WINDOW(window), WIDTH, HEIGHT);
    gtk_dialog_set_default_response(GTK_DIALOG(window), GTK_RESPONSE_CLOSE);
    gtk_widget_show_all(view);
    gtk_dialog_run(GTK_DIALOG(window));
    gtk_widget_destroy(window);
}
