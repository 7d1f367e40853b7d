/* test_settings.c: the table of settings, and reading and writing it as text. Everything that a script, a
 * dialog or a batch command sets passes through here, so errors must be refused by name, and nothing may have
 * changed. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/settings/settings.h"
#include "tests/support/check.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static NstSettings defaults(void)
{
    NstSettings settings;
    nst_settings_default(&settings);
    return settings;
}

static bool same_value(const NstSetting *row, const NstSettings *a, const NstSettings *b)
{
    const char *va = (const char *)a + row->offset, *vb = (const char *)b + row->offset;
    switch (row->type) {
    case NST_SETTING_NUMBER:
        return *(const double *)(const void *)va == *(const double *)(const void *)vb;
    case NST_SETTING_TEXT:
        return strcmp(va, vb) == 0;
    default:
        return *(const int *)(const void *)va == *(const int *)(const void *)vb;
    }
}

static void assert_same(const NstSettings *a, const NstSettings *b)
{
    for (const NstSetting *row = nst_settings_table(); row->name; row++)
        if (!same_value(row, a, b))
            g_error("%s differs", row->name);
}

static int entries(const char *list)
{
    int count = 1;
    for (; *list; list++)
        count += *list == '|';
    return count;
}

static void check_row(const NstSetting *row, NstSettings *standard)
{
    g_assert_true(g_regex_match_simple("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", row->name, 0, 0));
    g_assert_true(row->label && *row->label && row->help && *row->help);
    g_assert_true(nst_setting_find(row->name) == row); /* a second row of that name would be found instead */
    void *value = nst_setting_value(row, standard);
    if (row->type == NST_SETTING_NUMBER || row->type == NST_SETTING_INTEGER) {
        g_assert_cmpfloat(row->min, <, row->max);
        g_assert_cmpfloat(row->standard, >=, row->min);
        g_assert_cmpfloat(row->standard, <=, row->max);
    }
    if (row->type == NST_SETTING_NUMBER)
        g_assert_cmpfloat(*(double *)value, ==, row->standard);
    else if (row->type == NST_SETTING_TEXT)
        g_assert_cmpstr(value, ==, row->text);
    else
        g_assert_cmpint(*(int *)value, ==, (int)row->standard);
    if (row->type == NST_SETTING_CHOICE) {
        char name[64];
        g_assert_true(nst_setting_choice(row->values, (int)row->standard, name, sizeof name));
        g_assert_cmpint(entries(row->values), ==, entries(row->value_labels));
        g_assert_false(nst_setting_choice(row->values, entries(row->values), name, sizeof name));
    }
}

/* Guards the table itself: a default outside its range would be refused by the very program that chose it. */
static void test_table(void)
{
    NstSettings standard = defaults();
    for (const NstSetting *row = nst_settings_table(); row->name; row++)
        check_row(row, &standard);
    g_assert_null(nst_setting_find("no-such-setting"));
    g_assert_cmpint(nst_settings_check(&standard, NULL), ==, NST_OK);
}

/* A row's value must read back from its text. */
static void check_round_trip(const NstSettings *settings)
{
    char *text = nst_settings_print(settings);
    NstError error = {0};
    NstSettings back = defaults();
    g_assert_nonnull(text);
    if (nst_settings_parse(text, &back, &error) != NST_OK)
        g_error("%s: %s", text, error.message);
    assert_same(settings, &back);
    free(text);
}

/* Guards against lost digits, and quoting: a file name may hold anything. */
static void test_round_trip(void)
{
    static const char *const paths[] = {"/a b/c.safetensors",   "it's",          "a\"b\\c", "tab\there",
                                        "größer/β.safetensors", "$HOME `x` #no", "a=b",     " "};
    NstSettings settings = defaults();
    check_round_trip(&settings);
    for (const NstSetting *row = nst_settings_table(); row->name; row++)
        for (int end = 0; end < 3; end++) {
            void *value = nst_setting_value(row, &settings);
            double wanted = end == 0 ? row->min : end == 1 ? row->max : row->min + (row->max - row->min) / 3;
            settings = defaults();
            if (row->type == NST_SETTING_NUMBER)
                *(double *)value = wanted;
            else if (row->type == NST_SETTING_CHOICE)
                *(int *)value = MIN(end, entries(row->values) - 1);
            else if (row->type != NST_SETTING_TEXT)
                *(int *)value = (int)wanted;
            check_round_trip(&settings);
        }
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        settings = defaults();
        g_strlcpy(settings.weights, paths[i], NST_TEXT_SIZE);
        check_round_trip(&settings);
    }
}

/* Guards what scripts write: several words, any white space, quotes; an empty text changes nothing. */
static void test_accepted(void)
{
    NstSettings settings = defaults(), standard = defaults();
    NstError error = {0};
    g_assert_cmpint(nst_settings_parse("", &settings, &error), ==, NST_OK);
    g_assert_cmpint(nst_settings_parse(" \t\n", &settings, &error), ==, NST_OK);
    assert_same(&settings, &standard);

    const char *text = " iterations=7\tcontent-weight=2.5e-1\nstart=noise  pooling=average optimizer=adam "
                       "style-layers=relu1_1:0.2,relu5_3 weights='/a b/c.safetensors' seed=2147483647";
    g_assert_cmpint(nst_settings_parse(text, &settings, &error), ==, NST_OK);
    g_assert_cmpint(settings.iterations, ==, 7);
    g_assert_cmpfloat(settings.content_weight, ==, 0.25);
    g_assert_cmpint(settings.start, ==, NST_START_NOISE);
    g_assert_cmpint(settings.pooling, ==, NST_POOLING_AVERAGE);
    g_assert_cmpint(settings.optimizer, ==, NST_OPTIMIZER_ADAM);
    g_assert_cmpstr(settings.style_layers, ==, "relu1_1:0.2,relu5_3");
    g_assert_cmpstr(settings.weights, ==, "/a b/c.safetensors");
    g_assert_cmpint(settings.seed, ==, 2147483647);
    g_assert_cmpfloat(settings.strength, ==, standard.strength);

    g_assert_cmpint(nst_settings_parse("weights=\"/d e\" weights=/f\\ g", &settings, NULL), ==, NST_OK);
    g_assert_cmpstr(settings.weights, ==, "/f g");
}

typedef struct Refusal {
    const char *text, *named; /* what the message must name */
} Refusal;

static const Refusal refusals[] = {
    {"colour=3", "colour"},
    {"Strength=5", "Strength"},
    {"iterations", "iterations"},
    {"=5", "no setting “”"},
    {"strength=101", "strength"},
    {"strength=-0.001", "strength"},
    {"strength=", "strength"},
    {"strength=fifty", "fifty"},
    {"strength=50%", "50%"},
    {"strength=1,5", "1,5"},
    {"strength=nan", "strength"},
    {"strength=inf", "strength"},
    {"strength=-inf", "strength"},
    {"content-weight=1e400", "content-weight"},
    {"tv-weight=1000001", "1000001"},
    {"iterations=0", "iterations"},
    {"iterations=5001", "iterations"},
    {"iterations=2.5", "2.5"},
    {"iterations=1e2", "1e2"},
    {"seed=-1", "seed"},
    {"seed=2147483648", "2147483648"},
    {"seed=4294967297", "4294967297"}, /* 2^32 + 1 */
    {"seed=99999999999999999999999999", "seed"},
    {"start=middle", "middle"},
    {"start=", "start"},
    {"start=0", "start"},
    {"pooling=maximum", "maximum"},
    {"optimizer=content|noise", "optimizer"},
    {"content-layers=relu9_1", "relu9_1"},
    {"content-layers=conv1_1", "conv1_1"},
    {"content-layers=,", "content-layers"},
    {"style-layers=relu1_1,relu1_1", "relu1_1"},
    {"style-layers=relu1_1,,relu2_1", "style-layers"},
    {"style-layers=relu1_1:-1", "-1"},
    {"style-layers=relu1_1:nan", "nan"},
    {"style-layers=relu1_1:inf", "inf"},
    {"style-layers=relu1_1:", "relu1_1"},
    {"style-layers=relu1_1:1:2", "1:2"},
    {"style-layers=", "style-layers"}, /* would have left the style out without a word */
    {"style-layers=' '", "style-layers"},
    {"style-layers=relu1_1:0,relu2_1:0", "style-layers"},
    {"content-layers=' '", "content-layers"},
    {"content-layers=relu3_1:0", "content-layers"},
    {"style-layers=relu1_1:1e308", "1e+308"},
    {"content-layers=relu1_1:1000001", "1000001"},
    {"preset=modern", "modern"},
    {"preset=", "preset"},
    {"preset=1", "preset"},
    {"preset=classical iterations=0", "iterations"},
    {"color=gray", "gray"},
    {"weights='unclosed", "unclosed"},
    {"seed=5 iterations=0", "iterations"}, /* the first word must not have been taken */
};

/* Guards against half-applied settings, and messages that leave the user guessing. */
static void test_refused(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        NstSettings settings = defaults(), standard = defaults();
        NstError error = {0};
        NstStatus status = nst_settings_parse(refusals[i].text, &settings, &error);
        g_test_message("%s: %s", refusals[i].text, error.message);
        g_assert_cmpint(status, ==, NST_BAD_ARGUMENT);
        g_assert_cmpint(error.status, ==, NST_BAD_ARGUMENT);
        g_assert_nonnull(strstr(error.message, refusals[i].named));
        assert_same(&settings, &standard);
        g_assert_cmpint(nst_settings_parse(refusals[i].text, &settings, NULL), ==, NST_BAD_ARGUMENT);
    }
}

/* Guards the fixed sizes: a value as long as its array, and a message cut inside a letter, which GIMP would
 * show as garbage. */
static void test_long_values(void)
{
    for (int length = 500; length < 1100; length++) {
        char *value = g_strnfill((gsize)length, 'x'), *word = g_strdup_printf("weights=%s", value);
        NstSettings settings = defaults();
        NstStatus wanted = length < NST_TEXT_SIZE ? NST_OK : NST_BAD_ARGUMENT;
        g_assert_cmpint(nst_settings_parse(word, &settings, NULL), ==, wanted);
        g_assert_cmpstr(settings.weights, ==, wanted == NST_OK ? value : "");
        g_free(word);
        g_free(value);
    }
    for (int shift = 0; shift < 4; shift++) {
        NstSettings settings = defaults();
        NstError error = {0};
        GString *name = g_string_new(&"xxxx"[shift]);
        for (int i = 0; i < 600; i++)
            g_string_append(name, "ß");
        g_assert_cmpint(nst_settings_parse(name->str, &settings, &error), ==, NST_BAD_ARGUMENT);
        g_assert_true(g_utf8_validate(error.message, -1, NULL));
        g_string_free(name, TRUE);
    }
}

/* ---- Presets ------------------------------------------------------------------------------------------- */

static NstSettings parsed(const char *text)
{
    NstSettings settings = defaults();
    NstError error = {0};
    nst_settings_parse(text, &settings, &error);
    g_assert_cmpstr(error.message, ==, "");
    return settings;
}

static NstSettings of_preset(const char *name)
{
    char *word = g_strdup_printf("preset=%s", name);
    NstSettings settings = parsed(word);
    g_free(word);
    return settings;
}

/* Guards the presets' table: rows in the order of the setting's values, the first of which is the default and
 * changes nothing; each sound, each different, and none naming what belongs to the machine or the files. */
static void test_presets(void)
{
    const NstSetting *row = nst_setting_find("preset");
    NstSettings standard = defaults(), painting = of_preset("painting");
    char name[64], label[64];
    int count = 0;
    assert_same(&painting, &standard);
    for (const NstPreset *preset = nst_presets_table(); preset->name; preset++, count++) {
        g_assert_true(nst_setting_choice(row->values, count, name, sizeof name));
        g_assert_true(nst_setting_choice(row->value_labels, count, label, sizeof label));
        g_assert_cmpstr(name, ==, preset->name);
        g_assert_cmpstr(label, ==, preset->label);
        g_assert_true(g_regex_match_simple("^[a-z]+$", name, 0, 0) && *preset->help);
        g_assert_false(g_regex_match_simple("preset|layer=|weights=|threads|memory|seed|report|  |^ | $",
                                            preset->settings, 0, 0));
        NstSettings alone = defaults(), named = of_preset(name);
        g_assert_cmpint(nst_settings_parse(preset->settings, &alone, NULL), ==, NST_OK);
        g_assert_cmpint(nst_settings_check(&alone, NULL), ==, NST_OK);
        g_assert_cmpint(named.preset, ==, count);
        alone.preset = count;
        assert_same(&named, &alone);
        check_round_trip(&named);
    }
    g_assert_false(nst_setting_choice(row->values, count, name, sizeof name));
    g_assert_cmpint(count, ==, 5);
}

/* Guards the paper's method, as far as settings can express it. */
static void test_classical(void)
{
    NstSettings s = of_preset("classical");
    g_assert_cmpint(s.scales, ==, 1);
    g_assert_cmpint(s.start, ==, NST_START_NOISE);
    g_assert_cmpint(s.optimizer, ==, NST_OPTIMIZER_LBFGS);
    g_assert_cmpstr(s.content_layers, ==, "relu4_2");
    g_assert_cmpstr(s.style_layers, ==, "relu1_1,relu2_1,relu3_1,relu4_1,relu5_1");
    g_assert_cmpfloat(s.strength, ==, 50);
    g_assert_cmpfloat(s.tv_weight, ==, 0);
    g_assert_cmpfloat(of_preset("texture").content_weight, ==, 0);
    g_assert_cmpfloat(of_preset("gentle").strength, <, 50);
    g_assert_cmpint(of_preset("draft").iterations, <, defaults().iterations);
}

/* Guards scripts: a setting that is given counts wherever it stands, even if it equals the default; the last
 * preset counts, with nothing left of another one; settings that no preset names are unchanged. */
static void test_preset_overridden(void)
{
    int iterations = defaults().iterations;
    char *texts[] = {g_strdup_printf("preset=classical iterations=%d seed=4", iterations),
                     g_strdup_printf("iterations=%d seed=4 preset=classical", iterations),
                     g_strdup_printf("preset=texture seed=4 iterations=%d 'preset=classical'", iterations)};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        NstSettings got = parsed(texts[i]), want = of_preset("classical");
        want.iterations = iterations;
        want.seed = 4;
        assert_same(&got, &want);
        g_free(texts[i]);
    }
    NstSettings s =
        parsed("preset=classical seed=4 threads=3 color=match weights=/a report=/b start-layer=9");
    nst_settings_preset(0, &s);
    NstSettings want = parsed("seed=4 threads=3 color=match weights=/a report=/b start-layer=9");
    assert_same(&s, &want);
}

/* Guards GIMP 3's way, where each argument comes with its default: a value at its default is set to the
 * preset's, any other counts. */
static void test_preset_begin(void)
{
    NstSettings s = defaults(), want = parsed("preset=classical iterations=7 color=match weights=/a");
    s.preset = want.preset;
    s.iterations = 7;
    s.color = NST_COLOR_MATCH;
    g_strlcpy(s.weights, "/a", NST_TEXT_SIZE);
    nst_settings_begin(&s);
    assert_same(&s, &want);
    s = parsed("iterations=7 style-layers=relu2_2"), want = s;
    nst_settings_begin(&s); /* the preset painting changes nothing */
    assert_same(&s, &want);
}

static void assert_bad(const NstSettings *settings, const char *named)
{
    NstError error = {0};
    g_assert_cmpint(nst_settings_check(settings, &error), ==, NST_BAD_ARGUMENT);
    if (!strstr(error.message, named))
        g_error("“%s” doesn't name %s", error.message, named);
}

/* Guards GIMP 3's way, where values are typed and never pass through text. */
static void test_check(void)
{
    NstSettings s = defaults();
    s.strength = NAN;
    assert_bad(&s, "strength");
    s = defaults();
    s.tv_weight = -1;
    assert_bad(&s, "tv-weight");
    s = defaults();
    s.iterations = 0;
    assert_bad(&s, "iterations");
    s = defaults();
    s.start = 3;
    assert_bad(&s, "start");
    s = defaults();
    s.pooling = -1;
    assert_bad(&s, "pooling");
    s = defaults();
    g_strlcpy(s.style_layers, "relu1_1,relu6_1", NST_TEXT_SIZE);
    assert_bad(&s, "relu6_1");
    s = defaults();
    s.content_weight = s.style_weight = 0;
    assert_bad(&s, "content-weight");
    s = defaults();
    s.content_weight = 0;
    s.style_layers[0] = '\0';
    assert_bad(&s, "style-layers");
    s = defaults();
    s.content_weight = 0; /* the style alone is fine */
    g_assert_cmpint(nst_settings_check(&s, NULL), ==, NST_OK);
}

/* Sets a locale that writes 0,5; if the system has none, glibc's localedef makes one in `folder`. */
static bool comma_locale(const char *folder)
{
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "es_ES.UTF-8", "it_IT.UTF-8",
                                        "pt_BR.UTF-8"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (setlocale(LC_ALL, names[i]))
            return true;
    char *made = g_build_filename(folder, "de_DE.UTF-8", NULL);
    char *command = g_strdup_printf("localedef --no-archive -i de_DE -f UTF-8 '%s'", made);
    bool ok = g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL);
    g_setenv("LOCPATH", folder, TRUE);
    ok = ok && setlocale(LC_ALL, "de_DE.UTF-8");
    g_free(command);
    g_free(made);
    return ok;
}

static void remove_tree(const char *folder)
{
    char *argv[] = {(char *)"rm", (char *)"-r", (char *)folder, NULL};
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

/* Guards users whose decimal sign is a comma: 0.5 must stay a half, going in and coming out. */
static void test_locale(void)
{
    char *folder = temp_folder();
    if (comma_locale(folder)) {
        g_assert_cmpint(localeconv()->decimal_point[0], ==, ',');
        NstSettings settings = defaults();
        g_assert_cmpint(nst_settings_parse("tv-weight=0.25 style-layers=relu1_1:0.5", &settings, NULL), ==,
                        NST_OK);
        g_assert_cmpfloat(settings.tv_weight, ==, 0.25);
        check_round_trip(&settings);
        char *text = nst_settings_print(&settings);
        g_assert_nonnull(strstr(text, "0.25"));
        free(text);
        g_assert_cmpint(nst_settings_parse("tv-weight=0,25", &settings, NULL), ==, NST_BAD_ARGUMENT);
        setlocale(LC_ALL, "C");
    } else {
        g_test_skip("no locale with a decimal comma, and localedef (package locales) can't make one");
    }
    remove_tree(folder);
    g_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/settings/every row is sound", test_table);
    g_test_add_func("/settings/printed values read back", test_round_trip);
    g_test_add_func("/settings/accepted", test_accepted);
    g_test_add_func("/settings/refused by name, nothing changed", test_refused);
    g_test_add_func("/settings/presets are sound", test_presets);
    g_test_add_func("/settings/preset classical", test_classical);
    g_test_add_func("/settings/presets are overridden", test_preset_overridden);
    g_test_add_func("/settings/presets begin, defaults don't count", test_preset_begin);
    g_test_add_func("/settings/long values", test_long_values);
    g_test_add_func("/settings/typed values are checked", test_check);
    g_test_add_func("/settings/decimal comma", test_locale);
    return g_test_run();
}
