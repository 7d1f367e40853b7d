/* test_record.c: what is kept with a layer reads back as it was, whichever version has written it; and the
 * layers that it speaks of are found, or rather not found than mistaken. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/record.h"
#include "plugin/record_sources.h"
#include "tests/support/check.h"

#include <string.h>

/* ---- The text ------------------------------------------------------------------------------------------ */

static void fill(Record *record)
{
    record_init(record);
    record->settings.strength = 62.5;
    record->settings.start_layer = 7;
    g_strlcpy(record->settings.style_file, "/srv/it's \"mine\".png", NST_TEXT_SIZE);
    record->session = g_strdup("a session");
    record->layer = g_strdup("Sky · town");
    record->tattoo = 9;
    record->content = (RecordSource){.name = g_strdup("town"), .tattoo = 2, .id = 5};
    record->style = (RecordSource){g_strdup("sky\nweights: other"), g_strdup("/srv/sky: 2.xcf"), 3, 11};
    record->width = 96;
    record->height = 72;
    record->area = (RecordArea){0, 10, 40, 50};
    record->style_hash = g_strdup("abc");
    record->weights = g_strdup("it's mine");
}

static void check_source(const RecordSource *a, const RecordSource *b)
{
    g_assert_cmpstr(a->name, ==, b->name);
    g_assert_cmpstr(a->image, ==, b->image);
    g_assert_cmpint(a->tattoo, ==, b->tattoo);
    g_assert_cmpint(a->id, ==, b->id);
}

static void test_round_trip(void)
{
    Record record, again;
    fill(&record);
    char *text = record_print(&record);
    g_assert_true(record_parse(text, &again));
    g_assert_cmpfloat(again.settings.strength, ==, 62.5);
    g_assert_cmpint(again.settings.start_layer, ==, -1);
    g_assert_cmpstr(again.settings.style_file, ==, record.settings.style_file);
    g_assert_cmpstr(again.settings.weights, ==, "it's mine");
    g_assert_cmpstr(again.session, ==, "a session");
    g_assert_cmpstr(again.layer, ==, "Sky · town");
    g_assert_cmpint(again.tattoo, ==, 9);
    check_source(&again.content, &record.content);
    check_source(&again.start, &record.start);
    g_assert_cmpstr(again.style.name, ==, "sky weights: other"); /* one line, and no line of its own */
    g_assert_cmpstr(again.style.image, ==, "/srv/sky: 2.xcf");
    g_assert_cmpstr(again.style_hash, ==, "abc");
    g_assert_null(again.style_path);
    g_assert_null(again.course);
    g_assert_cmpint(again.width * 1000 + again.height, ==, 96072);
    g_assert_true(memcmp(&again.area, &record.area, sizeof again.area) == 0);
    record_clear(&again);
    record_clear(&record);
    g_free(text);
}

/* As a script reads it. */
static void test_settings_line(void)
{
    Record record;
    NstSettings settings;
    fill(&record);
    char *text = record_print(&record), *line = strstr(text, "\nsettings: ") + strlen("\nsettings: ");
    nst_settings_default(&settings);
    g_assert_cmpint(nst_settings_parse(line, &settings, NULL), ==, NST_OK);
    g_assert_cmpfloat(settings.strength, ==, 62.5);
    g_assert_cmpstr(settings.weights, ==, "it's mine");
    g_free(text);
    record_clear(&record);
}

/* What version 0.1.0 wrote before records held the sources; with a setting that there no longer is, and a
 * value. */
static void test_old(void)
{
    static const char text[] = "plug-in: Neural Style 0.0.9\nstyle: sky\nweights: built-in\n"
                               "weights-sha256: abc\n"
                               "settings: method='gatys' gone='3' strength='20' optimizer='none' seed='4'\n"
                               "course: 100 iterations more\n";
    Record record;
    g_assert_true(record_parse(text, &record));
    g_assert_cmpint(record.settings.method, ==, NST_METHOD_GATYS);
    g_assert_cmpfloat(record.settings.strength, ==, 20);
    g_assert_cmpint(record.settings.optimizer, ==, NST_OPTIMIZER_LBFGS);
    g_assert_cmpint(record.settings.seed, ==, 4);
    g_assert_cmpstr(record.style.name, ==, "sky");
    g_assert_null(record.content.name);
    g_assert_null(record.layer);
    g_assert_cmpint(record.area.width, ==, 0);
    g_assert_cmpint(record.content.id, ==, -1);
    g_assert_cmpstr(record.course, ==, "100 iterations more");
    record_clear(&record);
}

/* Texts of others, and broken ones: nothing is taken from them that isn't sound. */
static void test_strange(void)
{
    Record record;
    g_assert_false(record_parse("", &record));
    g_assert_false(record_parse("a text of another plug-in", &record));
    g_assert_true(record_parse("plug-in: Neural Style\narea: 1 2 -3 4\ncontent-tattoo: -5\ncontent-width: x\n"
                               "settings: strength='20\nstyle\ncontent-id: 99999999999\n",
                               &record));
    g_assert_cmpint(record.area.width, ==, 0);
    g_assert_cmpint(record.content.tattoo, ==, 0);
    g_assert_cmpint(record.content.id, ==, -1);
    g_assert_cmpint(record.width, ==, 0);
    g_assert_null(record.style.name);
    g_assert_cmpfloat(record.settings.strength, ==, 50);
    record_clear(&record);
}

static void test_hashes(void)
{
    char *folder = temp_folder(), *path = g_build_filename(folder, "abc", NULL);
    g_assert_true(g_file_set_contents(path, "abc", 3, NULL));
    char *file = record_file_hash(path), *bytes = record_bytes_hash("abc", 3);
    /* FIPS 180-2, appendix B.1 */
    g_assert_cmpstr(file, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    g_assert_cmpstr(bytes, ==, file);
    g_assert_null(record_file_hash("/no/such/file"));
    g_free(bytes);
    g_free(file);
    g_free(path);
    temp_remove(folder);
}

/* ---- The layers ---------------------------------------------------------------------------------------- */

enum { PAINTING = 40 };
static const RecordTrust none = {false, false}, tattoos = {false, true}, all = {true, true};

/* The painting itself bears the name and the tattoo that are looked for. */
static RecordCandidate layers[] = {{PAINTING, 2, "town"}, {41, 3, "lake"}, {42, 2, "quay"},
                                   {43, 4, "town"},       {44, 5, "sky"},  {45, 6, "sky"}};

static int look_for(const char *name, int tattoo, int id, RecordTrust trust)
{
    RecordSource source = {.name = (char *)name, .tattoo = tattoo, .id = id};
    return record_source_find(&source, trust, layers, G_N_ELEMENTS(layers), PAINTING);
}

static void test_find(void)
{
    g_assert_cmpint(look_for("town", 2, 41, all), ==, 41);         /* the id is unique */
    g_assert_cmpint(look_for("town", 4, 41, tattoos), ==, 43);     /* unless GIMP was restarted */
    g_assert_cmpint(look_for("quay", 2, -1, none), ==, 42);        /* both signs agree */
    g_assert_cmpint(look_for("old name", 3, -1, tattoos), ==, 41); /* it was renamed */
    g_assert_cmpint(look_for("old name", 3, -1, none), ==, -1);    /* or is another image's */
    g_assert_cmpint(look_for("town", 9, -1, tattoos), ==, 43);     /* it was replaced by one of its name */
    g_assert_cmpint(look_for("sky", 0, -1, tattoos), ==, -1);      /* which of the two? */
    g_assert_cmpint(look_for("sky", 6, -1, none), ==, 45);
    g_assert_cmpint(look_for(NULL, 0, -1, all), ==, -1);
    g_assert_cmpint(look_for("town", 2, PAINTING, all), ==, 42); /* never the painting: not even by its id */
}

static void test_guess(void)
{
    static RecordCandidate towns[] = {
        {PAINTING, 1, "town hall in the style of sky"}, {41, 2, "town"}, {42, 3, "town hall"}, {43, 4, "to"}};
    g_assert_cmpint(record_content_guess("town hall in the style of sky", towns, 4, PAINTING), ==, 42);
    g_assert_cmpint(record_content_guess("town dans le style de sky", towns, 4, PAINTING), ==, 41);
    g_assert_cmpint(record_content_guess("lake in the style of sky", towns, 4, PAINTING), ==, -1);
    g_assert_cmpint(record_content_guess("town", towns, 4, PAINTING), ==, -1);
}

static void test_name_is(void)
{
    g_assert_true(record_name_is("Sky · town", "Sky · town"));
    g_assert_true(record_name_is("Sky · town", "Sky · town #12"));
    g_assert_false(record_name_is("Sky · town", "Sky · town copy"));
    g_assert_false(record_name_is("Sky · town", "Sky · town #"));
    g_assert_false(record_name_is("Sky · town", "Sky"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/record/round-trip", test_round_trip);
    g_test_add_func("/record/settings-line", test_settings_line);
    g_test_add_func("/record/old", test_old);
    g_test_add_func("/record/strange", test_strange);
    g_test_add_func("/record/hashes", test_hashes);
    g_test_add_func("/record/find", test_find);
    g_test_add_func("/record/guess", test_guess);
    g_test_add_func("/record/name-is", test_name_is);
    return g_test_run();
}
