/* test_mnemonics.c: no letter is underlined twice in the dialog, and every label gets a letter while it has
 * one that is free. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/settings/settings.h"
#include "ui/mnemonics.h"

#include <string.h>

static void check_take(GString *taken, const char *label, const char *expected)
{
    char *got = mnemonics_take(taken, label);
    g_assert_cmpstr(got, ==, expected);
    g_free(got);
}

static void test_taken(void)
{
    GString *taken = g_string_new(NULL);
    check_take(taken, "_Cancel", "_Cancel");
    check_take(taken, "_Content", "C_ontent"); /* its own letter is taken */
    check_take(taken, "_OK", "O_K");           /* so is this one: upper and lower case count as the same */
    check_take(taken, "Sa_ve", "Sa_ve");
    check_take(taken, "Plain", "_Plain"); /* it asks for none */
    check_take(taken, "Cook", "Cook");    /* none is left */
    check_take(taken, "(α) 1", "(_α) 1"); /* neither a bracket nor a space */
    check_take(taken, "_Сила", "_Сила");
    check_take(taken, "_Слой", "С_лой");
    check_take(taken, "", "");
    check_take(taken, "_", "_");
    g_string_free(taken, TRUE);
}

/* The whole table in one window, as in the dialog: the first label to ask for a letter keeps it. */
static void test_table(void)
{
    GString *taken = g_string_new(NULL);
    for (const NstSetting *row = nst_settings_table(); row->name; row++) {
        char *label = mnemonics_take(taken, row->label);
        for (const char *at = label; !strchr(label, '_') && *at; at++)
            g_assert_true(!g_ascii_isalpha(*at) || strchr(taken->str, g_ascii_tolower(*at)));
        g_free(label);
    }
    for (const char *at = taken->str; *at; at = g_utf8_next_char(at))
        g_assert_null(g_utf8_strchr(g_utf8_next_char(at), -1, g_utf8_get_char(at)));
    g_string_free(taken, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mnemonics/taken", test_taken);
    g_test_add_func("/mnemonics/table", test_table);
    return g_test_run();
}
