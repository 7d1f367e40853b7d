/* number_field.c: a slider beside a spin button.
 *
 * Weights range from 0 to a million; on a linear slider everything that matters would lie within the first
 * pixel. So theirs is logarithmic: the default is in the middle, each third of the way to an end is a factor
 * of ten, and the left end is 0. Values beyond the slider can be typed. The spin button's step grows with its
 * value, so that the arrow keys suit 0.2 and 50000 equally. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number_field.h"

#include "toolkit.h"
#include "words.h"

#include <math.h>
#include <string.h>

enum {
    SPACING = 6,
    SLIDER_WIDTH = 150,
    SLIDABLE = 1000, /* the widest range for a linear slider: each of its pixels is a few units */
    PERCENT = 50,    /* the narrowest range that moves in steps of 1 */
    DECADES = 3,     /* from the middle of a logarithmic slider to an end */
    DIGITS = 6,      /* that a weight's spin button shows at most */
};

/* ---- The spin button ----------------------------------------------------------------------------------- */

static GtkAdjustment *adjustment_new(const NstSetting *setting, double step)
{
    return GTK_ADJUSTMENT(
        gtk_adjustment_new(setting->standard, setting->min, setting->max, step, 10 * step, 0));
}

/* Return in it presses OK. */
static GtkWidget *figure_new(GtkAdjustment *adjustment, guint digits)
{
    GtkWidget *figure = gtk_spin_button_new(adjustment, 1, digits);
    gtk_spin_button_set_numeric(GTK_SPIN_BUTTON(figure), TRUE);
    gtk_entry_set_activates_default(GTK_ENTRY(figure), TRUE);
    return figure;
}

/* Shows "50", not "50.0" or "50.000000". */
static gboolean shortest_written(GtkSpinButton *figure, gpointer data)
{
    char *text = g_strdup_printf("%.7g", gtk_spin_button_get_value(figure));
    (void)data;
    if (strcmp(text, gtk_entry_get_text(GTK_ENTRY(figure))) != 0)
        gtk_entry_set_text(GTK_ENTRY(figure), text);
    g_free(text);
    return TRUE;
}

static void number_changed(GtkAdjustment *adjustment, gpointer data)
{
    Field *field = data;
    *(double *)field->value = gtk_adjustment_get_value(adjustment);
    field_changed(field, "");
}

static void number_show(Field *field, const void *value)
{
    gtk_adjustment_set_value(GTK_ADJUSTMENT(field->holder), *(const double *)value);
}

static GtkWidget *slider_beside(Field *field, GtkAdjustment *slid)
{
    GtkWidget *box = toolkit_box_new(SPACING), *slider = toolkit_slider_new(slid);
    gtk_widget_set_size_request(slider, SLIDER_WIDTH, -1);
    gtk_box_pack_start(GTK_BOX(box), slider, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(box), field->focus, FALSE, FALSE, 0);
    return box;
}

/* ---- Weights ------------------------------------------------------------------------------------------- */

static double position_of(const NstSetting *setting, double value)
{
    return value > 0 ? log10(value / setting->standard) : -DECADES;
}

/* Rounded to two digits: a slider is not more precise. */
static double value_at(const NstSetting *setting, double position)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    double value = position > -DECADES ? setting->standard * pow(10, position) : setting->min;
    g_ascii_formatd(text, sizeof text, "%.2g", value);
    return CLAMP(g_ascii_strtod(text, NULL), setting->min, setting->max);
}

static GtkAdjustment *slid_of(const Field *field)
{
    return g_object_get_data(field->holder, "slid");
}

static void weight_slid(GtkAdjustment *slid, gpointer data)
{
    Field *field = data;
    gtk_adjustment_set_value(GTK_ADJUSTMENT(field->holder),
                             value_at(field->setting, gtk_adjustment_get_value(slid)));
}

/* Between a hundredth and a tenth of the value. */
static double step_at(double value)
{
    return value > 0 ? pow(10, floor(log10(value)) - 1) : 0.01;
}

/* Moves the slider with its handler blocked: otherwise it would write back, and round what was typed. */
static void weight_changed(GtkAdjustment *adjustment, gpointer data)
{
    Field *field = data;
    GtkAdjustment *slid = slid_of(field);
    double value = gtk_adjustment_get_value(adjustment), step = step_at(value);
    g_signal_handlers_block_matched(slid, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, field);
    gtk_adjustment_set_value(slid, position_of(field->setting, value));
    g_signal_handlers_unblock_matched(slid, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, field);
    g_object_set(adjustment, "step-increment", step, "page-increment", 10 * step, NULL);
    number_changed(adjustment, field);
}

static void weight_build(Field *field)
{
    GtkAdjustment *value = adjustment_new(field->setting, step_at(field->setting->standard));
    GtkAdjustment *slid =
        GTK_ADJUSTMENT(gtk_adjustment_new(0, -DECADES, DECADES, DECADES / 50.0, DECADES / 5.0, 0));
    g_object_ref_sink(slid);
    g_object_set_data_full(G_OBJECT(value), "slid", slid, g_object_unref);
    field->holder = G_OBJECT(value);
    field->focus = figure_new(value, DIGITS);
    gtk_entry_set_width_chars(GTK_ENTRY(field->focus), DIGITS + 1);
    field->widget = slider_beside(field, slid);
    g_signal_connect(field->focus, "output", G_CALLBACK(shortest_written), NULL);
    g_signal_connect(slid, "value-changed", G_CALLBACK(weight_slid), field);
    g_signal_connect(value, "value-changed", G_CALLBACK(weight_changed), field);
}

/* ---- Numbers with a small range, and whole numbers ----------------------------------------------------- */

void number_field_build(Field *field)
{
    const NstSetting *setting = field->setting;
    field->show = number_show;
    if (setting->max - setting->min > SLIDABLE) {
        weight_build(field);
        return;
    }
    bool percent = setting->max - setting->min >= PERCENT; /* otherwise a share or a factor: hundredths */
    GtkAdjustment *adjustment = adjustment_new(setting, percent ? 1 : 0.05);
    field->holder = G_OBJECT(adjustment);
    field->focus = figure_new(adjustment, percent ? 1 : 2);
    field->widget = slider_beside(field, adjustment);
    if (percent)
        g_signal_connect(field->focus, "output", G_CALLBACK(shortest_written), NULL);
    g_signal_connect(adjustment, "value-changed", G_CALLBACK(number_changed), field);
}

static void integer_changed(GtkAdjustment *adjustment, gpointer data)
{
    Field *field = data;
    *(int *)field->value = (int)gtk_adjustment_get_value(adjustment);
    field_changed(field, "");
}

static void integer_show(Field *field, const void *value)
{
    gtk_adjustment_set_value(GTK_ADJUSTMENT(field->holder), *(const int *)value);
}

static void throw_dice(Field *field)
{
    double seed = g_random_int() % ((guint32)field->setting->max + 1U);
    gtk_adjustment_set_value(GTK_ADJUSTMENT(field->holder), seed);
}

static GtkWidget *dice_beside(Field *field)
{
    GtkWidget *box = toolkit_box_new(SPACING), *dice = gtk_button_new_with_label(_("⚄ New"));
    gtk_widget_set_tooltip_text(dice, _("Choose another seed at random"));
    gtk_box_pack_start(GTK_BOX(box), field->focus, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(box), dice, FALSE, FALSE, 0);
    g_signal_connect_swapped(dice, "clicked", G_CALLBACK(throw_dice), field);
    return box;
}

/* Moves in steps of 1, or of 100 if the range goes into the millions (of MiB). */
void integer_field_build(Field *field)
{
    bool seed = field->setting == nst_setting_find("seed");
    GtkAdjustment *adjustment = adjustment_new(field->setting, !seed && field->setting->max > 1e6 ? 100 : 1);
    field->holder = G_OBJECT(adjustment);
    field->show = integer_show;
    field->focus = figure_new(adjustment, 0);
    field->widget = seed ? dice_beside(field) : field->focus;
    g_signal_connect(adjustment, "value-changed", G_CALLBACK(integer_changed), field);
}
