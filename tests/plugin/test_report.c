/* test_report.c: the report of a run: all that core reports is in the file, where a JSON parser finds it, and
 * a file that can't be written is refused by name. report.sh looks at the report of a real run. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/report.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char *folder;

static NstSettings settings_of(const char *text)
{
    NstSettings settings;
    NstError error = {0};
    nst_settings_default(&settings);
    nst_settings_parse(text, &settings, &error);
    g_assert_cmpstr(error.message, ==, "");
    return settings;
}

static Report *new_report(const NstSettings *settings)
{
    NstImage content = {300, 200, NULL}, style = {250, 400, NULL};
    return report_new(&(NstJob){.content = &content, .style = &style, .settings = settings}, 3);
}

/* A run of two scales, the second of which stopped early. */
static void fill(Report *report)
{
    NstForecast forecast = {.seconds = 12.5, .bytes = 5e9, .limit = INFINITY, .evaluations = 86};
    strcpy(forecast.weights, "/a b/\xfc\"quoted\".safetensors"); /* Latin-1 */
    strcpy(forecast.provenance, "Learned, “at home”\nby k-means");
    report_forecast(report, &forecast);
    for (int scale = 1; scale <= 2; scale++) {
        for (int i = 1; i <= 4 - scale; i++)
            report_progress(report, &(NstProgress){.scale = scale, .iteration = i, .loss = 10.0 * scale / i});
        NstScale done = {.scale = scale,
                         .scales = 2,
                         .width = 150 * scale,
                         .height = 100 * scale,
                         .style_width = 75 * scale,
                         .style_height = 120 * scale,
                         .tiles = scale,
                         .optimizer = scale == 1 ? NST_OPTIMIZER_LBFGS : NST_OPTIMIZER_ADAM,
                         .history = scale == 1 ? 10 : 0,
                         .iterations = 4 - scale,
                         .evaluations = 6 - scale,
                         .seconds = 0.25 * scale,
                         .start = {.total = 1e30, .content = 0.5, .style = 1 / 3.0, .tv = 2e-9},
                         .end = {.total = 0.1, .content = 0.25, .style = 0.01, .tv = 0.001}};
        done.start.style_layer[2] = 7;
        done.end.style_layer[2] = 1 / 7.0;
        report_scale(report, &done);
    }
}

/* The value in the file at a path like "scales.0.end.total". */
static JsonNode *at(JsonNode *node, const char *path)
{
    char **words = g_strsplit(path, ".", -1);
    for (char **word = words; *word; word++) {
        node = JSON_NODE_HOLDS_ARRAY(node) ? json_array_get_element(json_node_get_array(node),
                                                                    (guint)g_ascii_strtoull(*word, NULL, 10))
                                           : json_object_get_member(json_node_get_object(node), *word);
        if (!node)
            g_error("there is no %s in %s", *word, path);
    }
    g_strfreev(words);
    return node;
}

/* The value expected at a path: a text, or where that is NULL a number. */
typedef struct Wanted {
    const char *path, *text;
    double number;
} Wanted;

static void assert_wanted(JsonNode *root, const Wanted *wanted, guint count)
{
    for (; count > 0; wanted++, count--) {
        g_test_message("%s", wanted->path);
        if (wanted->text)
            g_assert_cmpstr(json_node_get_string(at(root, wanted->path)), ==, wanted->text);
        else
            g_assert_cmpfloat(json_node_get_double(at(root, wanted->path)), ==, wanted->number);
    }
}

static guint count_at(JsonNode *root, const char *path)
{
    JsonNode *node = at(root, path);
    return JSON_NODE_HOLDS_ARRAY(node) ? json_array_get_length(json_node_get_array(node))
                                       : json_object_get_size(json_node_get_object(node));
}

/* What fill() reports, with the settings of test_contents. */
static void assert_contents(JsonNode *root)
{
    const Wanted wanted[] = {
        {"versions.host", "GIMP 9.9", 0},
        {"versions.neural-style", NST_VERSION, 0},
        {"settings.preset", "texture", 0},
        {"settings.color", "match", 0},
        {"settings.tv-weight", NULL, 0.25},
        {"settings.content-weight", NULL, 0},
        {"settings.seed", NULL, 2147483647},
        {"weights.file", "/a b/\xef\xbf\xbd\"quoted\".safetensors", 0},
        {"weights.provenance", "Learned, “at home”\nby k-means", 0},
        {"content.width", NULL, 300},
        {"style.height", NULL, 400},
        {"threads", NULL, 3},
        {"seconds.forecast", NULL, 12.5},
        {"iterations-added", NULL, 0},
        {"bytes.forecast", NULL, 5e9},
        {"scales.0.width", NULL, 150},
        {"scales.1.style.width", NULL, 150},
        {"scales.1.tiles", NULL, 2},
        {"scales.0.optimizer", "lbfgs", 0},
        {"scales.1.optimizer", "adam", 0},
        {"scales.0.history", NULL, 10},
        {"scales.0.iterations", NULL, 3},
        {"scales.1.evaluations", NULL, 4},
        {"scales.1.seconds", NULL, 0.5},
        {"scales.0.start.total", NULL, nextafter(1e30, 0)}, /* see with_point */
        {"scales.0.start.style", NULL, 1 / 3.0},
        {"scales.1.end.tv", NULL, 0.001},
        {"scales.0.end.style-layers.relu2_1", NULL, 1 / 7.0},
        {"scales.1.curve.0", NULL, 20},
        {"scales.0.curve.2", NULL, 10 / 3.0},
    };
    assert_wanted(root, wanted, G_N_ELEMENTS(wanted));
    g_assert_cmpuint(count_at(root, "scales"), ==, 2);
    g_assert_cmpuint(count_at(root, "scales.0.end.style-layers"), ==, 1);
    g_assert_cmpuint(count_at(root, "scales.1.curve"), ==, 2);
    g_assert_cmpfloat(json_node_get_double(at(root, "seconds.taken")), >=, 0);
    g_assert_cmpfloat(json_node_get_double(at(root, "bytes.peak")), >, 1e6);
    g_assert_true(json_node_get_boolean(at(root, "improved")));
    g_assert_false(json_node_get_boolean(at(root, "stopped")));
    g_assert_true(JSON_NODE_HOLDS_NULL(at(root, "bytes.limit")));
}

/* The file's parser and what it found; unref the parser. */
static JsonParser *parsed(const char *path, JsonNode **root)
{
    GError *problem = NULL;
    JsonParser *parser = json_parser_new();
    json_parser_load_from_file(parser, path, &problem);
    g_assert_no_error(problem);
    *root = json_parser_get_root(parser);
    return parser;
}

static void test_contents(void)
{
    NstSettings settings =
        settings_of("preset=texture tv-weight=0.25 color=match iterations=4 seed=2147483647");
    Report *report = new_report(&settings);
    char *path = g_build_filename(folder, "report.json", NULL);
    NstError error = {0};
    g_assert_true(g_file_set_contents(path, "what was there before, and is longer", -1, NULL));
    g_assert_cmpint(report_check(path, &error), ==, NST_OK);
    fill(report);
    g_assert_cmpint(report_write(report, "GIMP 9.9", path, &error), ==, NST_OK);
    report_free(report);

    JsonNode *root;
    JsonParser *parser = parsed(path, &root);
    for (const NstSetting *row = nst_settings_table(); row->name; row++) {
        char *setting = g_strdup_printf("settings.%s", row->name);
        at(root, setting);
        g_free(setting);
    }
    assert_contents(root);
    g_object_unref(parser);
    g_remove(path);
    g_free(path);
}

static void assert_refused(const char *path)
{
    NstError error = {0};
    g_assert_cmpint(report_check(path, &error), ==, NST_BAD_FILE);
    g_test_message("%s", error.message);
    g_assert_nonnull(strstr(error.message, path));
}

/* Guards against a run of minutes whose report is then lost: a file that can't be written is found out in
 * advance, and the check leaves no file behind. */
static void test_check(void)
{
    NstError error = {0};
    char *missing = g_build_filename(folder, "missing", "report.json", NULL),
         *new = g_build_filename(folder, "new.json", NULL), *file = g_build_filename(folder, "file", NULL),
         *inside = g_build_filename(folder, "file", "report.json", NULL);
    g_assert_true(g_file_set_contents(file, "", -1, NULL));
    assert_refused(missing);
    assert_refused(inside);
    assert_refused(folder);
    assert_refused("/dev/null");
    g_assert_cmpint(report_check(new, &error), ==, NST_OK);
    g_assert_false(g_file_test(new, G_FILE_TEST_EXISTS));
    g_assert_cmpint(report_check(file, &error), ==, NST_OK);
    g_remove(file);
    g_free(missing);
    g_free(inside);
    g_free(file);
    g_free(new);
}

/* Guards against a report that only seems to be written: a folder that is gone since, and a full device. */
static void test_write_fails(void)
{
    NstSettings settings = settings_of("");
    Report *report = new_report(&settings);
    char *missing = g_build_filename(folder, "missing", "report.json", NULL);
    const char *paths[] = {missing, folder, "/dev/full"};
    fill(report);
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        NstError error = {0};
        g_assert_cmpint(report_write(report, "GIMP 9.9", paths[i], &error), ==, NST_BAD_FILE);
        g_test_message("%s", error.message);
        g_assert_nonnull(strstr(error.message, paths[i]));
    }
    report_free(report);
    g_free(missing);
}

/* Guards against a report written over the file that a link leads to, and against half a report in place of
 * the one before on a full disk, which a limit on the file size stands for. */
static void test_what_was_there(void)
{
    NstSettings settings = settings_of("");
    Report *report = new_report(&settings);
    char *path = g_build_filename(folder, "link.json", NULL),
         *other = g_build_filename(folder, "other", NULL), *text;
    struct rlimit before, full;
    fill(report);
    g_assert_true(g_file_set_contents(other, "precious", -1, NULL));
    g_assert_cmpint(symlink(other, path), ==, 0);
    g_assert_cmpint(report_check(path, NULL), ==, NST_OK);
    g_assert_cmpint(report_write(report, "GIMP 9.9", path, NULL), ==, NST_OK);
    g_assert_true(g_file_get_contents(other, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "precious");
    g_free(text);

    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
    full = (struct rlimit){16, before.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &full), ==, 0);
    NstStatus status = report_write(report, "GIMP 9.9", other, NULL);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0); /* or the test couldn't report */
    signal(SIGXFSZ, handler);
    g_assert_cmpint(status, ==, NST_BAD_FILE);
    g_assert_true(g_file_get_contents(other, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "precious");
    g_free(text);
    report_free(report);
    g_remove(path);
    g_remove(other);
    g_free(path);
    g_free(other);
}

/* What the user did is in the report, and the time that the user took isn't the run's. */
static void test_course(void)
{
    enum { WAITED_US = 50000 };
    NstSettings settings = settings_of("");
    char *path = g_build_filename(folder, "course.json", NULL);
    gint64 began = g_get_monotonic_time();
    Report *report = new_report(&settings);
    g_usleep(WAITED_US);
    report_wait(report, WAITED_US);
    fill(report);
    double taken = (double)(g_get_monotonic_time() - began - WAITED_US) / G_USEC_PER_SEC;
    report_course(report, true, 200);
    g_assert_cmpint(report_write(report, "GIMP 9.9", path, NULL), ==, NST_OK);
    report_free(report);

    JsonNode *root;
    JsonParser *parser = parsed(path, &root);
    g_assert_true(json_node_get_boolean(at(root, "stopped")));
    assert_wanted(root, &(Wanted){"iterations-added", NULL, 200}, 1);
    g_assert_cmpfloat(json_node_get_double(at(root, "seconds.taken")), <=, taken);
    g_object_unref(parser);
    g_remove(path);
    g_free(path);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("neural-style-XXXXXX", NULL);
    g_assert_nonnull(folder);
    g_test_add_func("/report/contents", test_contents);
    g_test_add_func("/report/course", test_course);
    g_test_add_func("/report/refused beforehand", test_check);
    g_test_add_func("/report/what was there", test_what_was_there);
    g_test_add_func("/report/a write that fails", test_write_fails);
    int failed = g_test_run();
    g_rmdir(folder);
    g_free(folder);
    return failed;
}
