/* fields.c: which widget a row gets depends on its type and its range; numbers, texts and weights have files
 * of their own. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fields.h"

#include "number_field.h"
#include "size_field.h"
#include "text_field.h"
#include "weights_choice.h"
#include "words.h"

static void choice_changed(GtkComboBox *box, gpointer data)
{
    Field *field = data;
    *(int *)field->value = gtk_combo_box_get_active(box);
    field_changed(field, "");
}

static void choice_show(Field *field, const void *value)
{
    gtk_combo_box_set_active(GTK_COMBO_BOX(field->holder), *(const int *)value);
}

static void choice_build(Field *field)
{
    GtkWidget *box = gtk_combo_box_text_new();
    char label[64];
    for (int i = 0; nst_setting_choice(field->setting->value_labels, i, label, sizeof label); i++)
        gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(box), _(label));
    field->widget = box;
    field->holder = G_OBJECT(box);
    field->show = choice_show;
    g_signal_connect(box, "changed", G_CALLBACK(choice_changed), field);
}

static void layer_changed(Field *field)
{
    field_changed(field, "");
}

/* The host's chooser writes the value before "changed" arrives here. */
static void layer_build(Field *field, const DialogHost *host)
{
    field->widget = host->layer_chooser(field->value, host->data);
    g_signal_connect_swapped(field->widget, "changed", G_CALLBACK(layer_changed), field);
}

static void text_build(Field *field, const DialogHost *host)
{
    switch (field->setting->text_kind) {
    case NST_TEXT_LAYERS:
        layers_field_build(field);
        break;
    case NST_TEXT_FILE:
        file_field_build(field);
        break;
    case NST_TEXT_WEIGHTS:
        weights_choice_build(field, host->weights);
        break;
    case NST_TEXT_PICTURE:
        g_return_if_reached();
    }
}

static void build(Field *field, const DialogHost *host)
{
    switch (field->setting->type) {
    case NST_SETTING_NUMBER:
        number_field_build(field);
        break;
    case NST_SETTING_INTEGER:
        if (field->setting == nst_setting_find("size-limit"))
            size_field_build(field);
        else
            integer_field_build(field);
        break;
    case NST_SETTING_CHOICE:
        choice_build(field);
        break;
    case NST_SETTING_LAYER:
        layer_build(field, host);
        break;
    case NST_SETTING_TEXT:
        text_build(field, host);
        break;
    }
}

/* The style file belongs to style_choice.c, the preset to presets_menu.c. */
bool field_exists(const NstSetting *setting)
{
    return setting != nst_setting_find("preset") &&
           !(setting->type == NST_SETTING_TEXT && setting->text_kind == NST_TEXT_PICTURE);
}

void field_show(Field *field, NstSettings *settings)
{
    if (field->show)
        field->show(field, nst_setting_value(field->setting, settings));
}

static void ignore_change(void *data)
{
    (void)data;
}

void field_build(Field *field, const NstSetting *setting, NstSettings *settings, const DialogHost *host,
                 void (*changed)(void *data), void *data)
{
    *field = (Field){.setting = setting, .changed = ignore_change, .data = data};
    field->value = nst_setting_value(setting, settings);
    build(field, host);
    if (!field->focus)
        field->focus = field->widget;
    gtk_widget_set_tooltip_text(field->widget, _(setting->help));
    field_show(field, settings);
    field->changed = changed;
}
