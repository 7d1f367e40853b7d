/* settings.c: the table made from settings.def: finding a row, and setting and checking its value. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include <errno.h>
#include <glib.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers.h"

#define N_(text) NST_N_(text)

/* The presets' names, and their labels, each preceded by '|'. */
#define PRESET(name, label, help, settings) "|" name
static const char preset_names[] =
#include "presets.def"
    ;
#undef PRESET
#define PRESET(name, label, help, settings) "|" label
static const char preset_labels[] =
#include "presets.def"
    ;
#undef PRESET
#define NST_PRESET_NAMES  (preset_names + 1)
#define NST_PRESET_LABELS (preset_labels + 1)

/* One macro for each kind of row, on a line of its own. */
/* clang-format off */
#define ROW(kind, f, n, l, h, ...) \
    {.type = NST_SETTING_##kind, .offset = offsetof(NstSettings, f), .name = n, .label = l, .help = h, \
     __VA_ARGS__},
#define NUMBER(f, n, d, least, most, l, h)  ROW(NUMBER,  f, n, l, h, .standard = d, .min = least, .max = most)
#define INTEGER(f, n, d, least, most, l, h) ROW(INTEGER, f, n, l, h, .standard = d, .min = least, .max = most)
#define CHOICE(f, n, d, list, labels, l, h) ROW(CHOICE,  f, n, l, h, .standard = d, .max = INT_MAX, \
                                                .values = list, .value_labels = labels)
#define TEXT(f, n, d, kind, l, h)           ROW(TEXT,    f, n, l, h, .text = d, .text_kind = kind)
#define LAYER(f, n, l, h)                   ROW(LAYER,   f, n, l, h, .standard = -1, .min = -1, \
                                                .max = INT_MAX)
#define MACHINE_INTEGER(f, n, d, least, most, l, h) \
    ROW(INTEGER, f, n, l, h, .standard = d, .min = least, .max = most, .machine = true)
#define MACHINE_TEXT(f, n, d, kind, l, h) \
    ROW(TEXT, f, n, l, h, .text = d, .text_kind = kind, .machine = true)
/* clang-format on */

static const NstSetting table[] = {
#include "settings.def"
    {0},
};

const NstSetting *nst_settings_table(void)
{
    return table;
}

const NstSetting *nst_setting_find(const char *name)
{
    for (const NstSetting *row = table; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

void *nst_setting_value(const NstSetting *setting, NstSettings *settings)
{
    return (char *)settings + setting->offset;
}

bool nst_setting_choice(const char *list, int index, char *out, size_t size)
{
    for (; index > 0; index--) {
        list = strchr(list, '|');
        if (!list)
            return false;
        list++;
    }
    size_t length = strcspn(list, "|");
    g_strlcpy(out, list, MIN(size, length + 1));
    return index == 0;
}

static int choice_find(const char *list, const char *value)
{
    char entry[64];
    for (int index = 0; nst_setting_choice(list, index, entry, sizeof entry); index++)
        if (strcmp(entry, value) == 0)
            return index;
    return -1;
}

void nst_setting_default(const NstSetting *setting, NstSettings *settings)
{
    void *value = nst_setting_value(setting, settings);
    if (setting->type == NST_SETTING_NUMBER)
        *(double *)value = setting->standard;
    else if (setting->type == NST_SETTING_TEXT)
        g_strlcpy(value, setting->text, NST_TEXT_SIZE);
    else
        *(int *)value = (int)setting->standard;
}

void nst_settings_default(NstSettings *settings)
{
    memset(settings, 0, sizeof *settings);
    for (const NstSetting *row = table; row->name; row++)
        nst_setting_default(row, settings);
}

static NstStatus check_number(const NstSetting *row, double value, NstError *error)
{
    if (value >= row->min && value <= row->max) /* false for NaN */
        return NST_OK;
    return nst_fail(error, NST_BAD_ARGUMENT, "The setting “%s” is %.10g, outside %.10g … %.10g", row->name,
                    value, row->min, row->max);
}

static NstStatus check_choice(const NstSetting *row, int value, NstError *error)
{
    char entry[64];
    if (value >= 0 && nst_setting_choice(row->values, value, entry, sizeof entry))
        return NST_OK;
    return nst_fail(error, NST_BAD_ARGUMENT, "The setting “%s” is %d, not one of its choices (%s)", row->name,
                    value, row->values);
}

static bool any_layer(const char *list)
{
    double weight[VGG16_LAYERS], sum = 0;
    if (vgg16_layers_parse(list, weight, NULL) == NST_OK)
        for (int layer = 0; layer < VGG16_LAYERS; layer++)
            sum += weight[layer];
    return sum > 0;
}

/* A list that names nothing would leave its loss out without a word. The empty one is fine where it is the
 * default, for it then means other layers. */
static NstStatus check_layers(const NstSetting *row, const char *list, NstError *error)
{
    double weight[VGG16_LAYERS];
    NstError problem = {.translate = error ? error->translate : NULL};
    if (vgg16_layers_parse(list, weight, &problem) != NST_OK)
        return nst_fail(error, NST_BAD_ARGUMENT, "The setting “%s”: %s", row->name, problem.message);
    if (any_layer(list) || (!list[0] && !row->text[0]))
        return NST_OK;
    return nst_fail(error, NST_BAD_ARGUMENT,
                    "The setting “%s” names no layer with a weight above 0; to leave this part out, set its "
                    "own weight to 0 instead",
                    row->name);
}

static NstStatus check_text(const NstSetting *row, const char *text, NstError *error)
{
    return row->text_kind == NST_TEXT_LAYERS ? check_layers(row, text, error) : NST_OK;
}

static NstStatus parse_number(const NstSetting *row, const char *text, double *value, NstError *error)
{
    char *end;
    double number = g_ascii_strtod(text, &end);
    if (end == text || *end)
        return nst_fail(error, NST_BAD_ARGUMENT, "The setting “%s” takes a number, not “%s”", row->name,
                        text);
    NstStatus status = check_number(row, number, error);
    if (status == NST_OK)
        *value = number;
    return status;
}

static NstStatus parse_integer(const NstSetting *row, const char *text, int *value, NstError *error)
{
    char *end;
    errno = 0;
    gint64 number = g_ascii_strtoll(text, &end, 10);
    if (end == text || *end)
        return nst_fail(error, NST_BAD_ARGUMENT, "The setting “%s” takes a whole number, not “%s”", row->name,
                        text);
    NstStatus status = check_number(row, (double)number, error);
    if (status == NST_OK)
        *value = (int)number;
    return status;
}

static NstStatus parse_choice(const NstSetting *row, const char *text, int *value, NstError *error)
{
    int index = choice_find(row->values, text);
    if (index < 0)
        return nst_fail(error, NST_BAD_ARGUMENT, "The setting “%s” must be one of %s, not “%s”", row->name,
                        row->values, text);
    *value = index;
    return NST_OK;
}

static NstStatus parse_text(const NstSetting *row, const char *text, char *value, NstError *error)
{
    if (strlen(text) >= NST_TEXT_SIZE)
        return nst_fail(error, NST_BAD_ARGUMENT, "The setting “%s” is longer than %d bytes", row->name,
                        NST_TEXT_SIZE - 1);
    NstStatus status = check_text(row, text, error);
    if (status == NST_OK)
        g_strlcpy(value, text, NST_TEXT_SIZE);
    return status;
}

NstStatus nst_setting_parse(const NstSetting *setting, const char *text, NstSettings *settings,
                            NstError *error)
{
    void *value = nst_setting_value(setting, settings);
    switch (setting->type) {
    case NST_SETTING_NUMBER:
        return parse_number(setting, text, value, error);
    case NST_SETTING_INTEGER:
    case NST_SETTING_LAYER:
        return parse_integer(setting, text, value, error);
    case NST_SETTING_CHOICE:
        return parse_choice(setting, text, value, error);
    case NST_SETTING_TEXT:
        return parse_text(setting, text, value, error);
    }
    return nst_fail(error, NST_BAD_ARGUMENT, "The setting “%s” is of an unknown type", setting->name);
}

static NstStatus check_row(const NstSetting *row, const void *value, NstError *error)
{
    switch (row->type) {
    case NST_SETTING_NUMBER:
        return check_number(row, *(const double *)value, error);
    case NST_SETTING_INTEGER:
    case NST_SETTING_LAYER:
        return check_number(row, *(const int *)value, error);
    case NST_SETTING_CHOICE:
        return check_choice(row, *(const int *)value, error);
    case NST_SETTING_TEXT:
        return check_text(row, value, error);
    }
    return NST_OK;
}

NstStatus nst_setting_check(const NstSetting *setting, const NstSettings *settings, NstError *error)
{
    return check_row(setting, (const char *)settings + setting->offset, error);
}

NstStatus nst_settings_check(const NstSettings *settings, NstError *error)
{
    for (const NstSetting *row = table; row->name; row++) {
        NstStatus status = nst_setting_check(row, settings, error);
        if (status != NST_OK)
            return status;
    }
    if (settings->content_weight > 0 || settings->style_weight > 0)
        return NST_OK;
    return nst_fail(error, NST_BAD_ARGUMENT,
                    "There is nothing to paint: set content-weight and a weight in content-layers above 0, "
                    "or style-weight and a weight in style-layers");
}
