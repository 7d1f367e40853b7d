/* settings.h: everything that a user can set, as one table (settings.def) and as one plain struct; and
 * presets, which set several at once (presets.def).
 *
 * Nothing here keeps state; every function may be called from any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_SETTINGS_H
#define NST_SETTINGS_H

#include "core/base/status.h"

#include <stdbool.h>
#include <stddef.h>

enum { NST_TEXT_SIZE = 1024 }; /* bytes of a TEXT value, its final NUL included */

typedef enum { NST_METHOD_PAINTER, NST_METHOD_GATYS } NstMethod;
typedef enum { NST_FRAME_CROP, NST_FRAME_KEEP } NstFrame;
typedef enum { NST_START_CONTENT, NST_START_NOISE, NST_START_LAYER } NstStart;
typedef enum { NST_COLOR_STYLE, NST_COLOR_LUMINANCE, NST_COLOR_MATCH } NstColor;
typedef enum { NST_STATISTICS_GRAM, NST_STATISTICS_COVARIANCE } NstStatistics;
typedef enum { NST_POOLING_MAX, NST_POOLING_AVERAGE } NstPooling;
typedef enum { NST_OPTIMIZER_LBFGS, NST_OPTIMIZER_ADAM } NstOptimizer;
typedef enum { NST_DIALS_NO, NST_DIALS_YES } NstDials;
enum { NST_HISTORY = 10 }; /* steps that L-BFGS remembers, unless memory is short */

/* What a text holds: a list of layers; the path of a file to write; the name or path of a weights file, which
 * the host finds; the path of a picture, which the host reads. */
typedef enum { NST_TEXT_LAYERS, NST_TEXT_FILE, NST_TEXT_WEIGHTS, NST_TEXT_PICTURE } NstTextKind;

/* The values of one run; the rows of settings.def say what each member means. */
typedef struct NstSettings {
#define NUMBER(member, ...)  double member;
#define INTEGER(member, ...) int member;
#define CHOICE(member, ...)  int member;
#define TEXT(member, ...)    char member[NST_TEXT_SIZE];
#define LAYER(member, ...)   int member;
#define MACHINE_INTEGER      INTEGER
#define MACHINE_TEXT         TEXT
#include "settings.def"
#undef NUMBER
#undef INTEGER
#undef CHOICE
#undef TEXT
#undef LAYER
#undef MACHINE_INTEGER
#undef MACHINE_TEXT
} NstSettings;

typedef enum NstSettingType {
    NST_SETTING_NUMBER,  /* double */
    NST_SETTING_INTEGER, /* int */
    NST_SETTING_CHOICE,  /* int, an index into values */
    NST_SETTING_TEXT,    /* char[NST_TEXT_SIZE] */
    NST_SETTING_LAYER,   /* int, an id that only the host understands; -1: none */
} NstSettingType;

typedef struct NstSetting {
    const char *name; /* lower case, words joined by '-' */
    NstSettingType type;
    size_t offset;            /* of the value inside NstSettings */
    double standard;          /* default of a number, an integer or a choice */
    double min, max;          /* range of a number or an integer, both ends included */
    const char *text;         /* default of a text */
    NstTextKind text_kind;    /* what a text holds */
    const char *values;       /* a choice's values, separated by '|' */
    const char *value_labels; /* their labels, separated by '|', untranslated */
    bool machine;             /* of the machine, not of the picture: not part of the user's presets */
    const char *label, *help; /* untranslated */
} NstSetting;

/* The table's rows, in order, ended by a row whose name is NULL. */
const NstSetting *nst_settings_table(void);

/* The row called `name`, or NULL if there is none. */
const NstSetting *nst_setting_find(const char *name);

/* A pointer to the row's value: a double, an int or char[NST_TEXT_SIZE], depending on its type. */
void *nst_setting_value(const NstSetting *setting, NstSettings *settings);

/* Copies value number `index` of a choice (`list`: its values or its labels) into `out`, cut to `size` bytes.
 * False past the end. */
bool nst_setting_choice(const char *list, int index, char *out, size_t size);

/* Sets one value, or every one, to its default. */
void nst_setting_default(const NstSetting *setting, NstSettings *settings);
void nst_settings_default(NstSettings *settings);

/* Sets one value from text, checked against the row's type and range. Numbers have a decimal point whatever
 * the locale. On failure the value is unchanged, and the error names the setting. */
NstStatus nst_setting_parse(const NstSetting *setting, const char *text, NstSettings *settings,
                            NstError *error);

/* Reads "name=value name=value ...", separated by white space; a value that holds spaces is quoted as in a
 * shell. preset=NAME is applied first, wherever it stands, as by nst_settings_preset; settings that are not
 * named keep their values. On failure nothing has changed, and the error names the word. */
NstStatus nst_settings_parse(const char *text, NstSettings *settings, NstError *error);

/* Checks one value against its row. */
NstStatus nst_setting_check(const NstSetting *setting, const NstSettings *settings, NstError *error);

/* Checks each value against its row, and the values against each other. */
NstStatus nst_settings_check(const NstSettings *settings, NstError *error);

/* Every value as one line "name=value ...", which nst_settings_parse reads back to the same values. The
 * caller frees it with free(); NULL: there is no memory. */
char *nst_settings_print(const NstSettings *settings);

/* ---- Presets ------------------------------------------------------------------------------------------- */

typedef struct NstPreset {
    const char *name;         /* a value of the setting "preset" */
    const char *label, *help; /* untranslated */
    const char *settings;     /* "name=value name=value"; "" for the defaults */
} NstPreset;

/* The table's rows, in the order of the setting's values, ended by a row whose name is NULL. */
const NstPreset *nst_presets_table(void);

/* Chooses a preset, by its row's index: every setting that any preset names gets this preset's value, or else
 * its default; all others are unchanged. */
void nst_settings_preset(int preset, NstSettings *settings);

/* For hosts whose arguments have defaults, and which therefore can't know which ones were given: a value
 * equal to its default counts as not given, and is set to that of settings->preset, which must be a row's
 * index. */
void nst_settings_begin(NstSettings *settings);

#endif
