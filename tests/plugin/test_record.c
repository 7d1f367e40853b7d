/* test_record.c: what is kept with a layer: one line for each item, and the line of settings reads back as
 * the same settings. */
#include "plugin/record.h"
#include "tests/support/check.h"

#include <string.h>

static void test_lines(void)
{
    char *folder = temp_folder(), *path = g_build_filename(folder, "abc", NULL);
    g_assert_true(g_file_set_contents(path, "abc", 3, NULL));
    WeightsFound weights = {.name = (char[]){"it's mine"}, .path = path};
    NstSettings settings, again;
    nst_settings_default(&settings);
    settings.strength = 62.5;
    char *record = record_new(&settings, "sky\nweights: other", &weights, NULL);
    char **lines = g_strsplit(record, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 6); /* the last one is empty */
    g_assert_cmpstr(lines[0], ==, "plug-in: Neural Style " NST_VERSION);
    g_assert_cmpstr(lines[1], ==, "style: sky weights: other");
    g_assert_cmpstr(lines[2], ==, "weights: it's mine");
    /* FIPS 180-2, appendix B.1 */
    g_assert_cmpstr(lines[3], ==,
                    "weights-sha256: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    g_assert_true(g_str_has_prefix(lines[4], "settings: "));
    nst_settings_default(&again);
    g_assert_cmpint(nst_settings_parse(lines[4] + strlen("settings: "), &again, NULL), ==, NST_OK);
    g_assert_cmpfloat(again.strength, ==, 62.5);
    g_assert_cmpstr(again.weights, ==, "it's mine");
    g_assert_cmpstr(settings.weights, ==, "");
    g_strfreev(lines);
    g_free(record);
    g_free(path);
    temp_remove(folder);
}

static void test_course(void)
{
    WeightsFound weights = {.name = (char[]){"gone"}, .path = (char[]){"/no/such/file"}};
    NstSettings settings;
    nst_settings_default(&settings);
    char *record = record_new(&settings, "sky", &weights, "100 iterations more");
    g_assert_true(g_str_has_suffix(record, "\ncourse: 100 iterations more\n"));
    g_free(record);
}

static void test_file_gone(void)
{
    WeightsFound weights = {.name = (char[]){"gone"}, .path = (char[]){"/no/such/file"}};
    NstSettings settings;
    nst_settings_default(&settings);
    char *record = record_new(&settings, "sky", &weights, NULL);
    g_assert_nonnull(strstr(record, "\nweights-sha256: unknown\n"));
    g_free(record);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/record/lines", test_lines);
    g_test_add_func("/record/course", test_course);
    g_test_add_func("/record/file-gone", test_file_gone);
    return g_test_run();
}
