/* neural_style_weights.c: the program neural-style-weights, which makes any published VGG16 usable: its
 * command line. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: neural-style-weights import FILE OUT.safetensors [OPTION...]\n"
    "       neural-style-weights info FILE\n"
    "       neural-style-weights verify FILE.safetensors\n"
    "       neural-style-weights --help | --version\n"
    "\n"
    "import   converts a published VGG16 (Keras HDF5, PyTorch, safetensors; with or without batch norms)\n"
    "         into a file that the Neural Style plug-in reads (its setting “weights”)\n"
    "info     describes a published file, and what importing it would give\n"
    "verify   reads the whole of an imported file, as the plug-in would\n"
    "\n"
    "The program works out from the file what input the network expects. If it is wrong, correct it:\n"
    "  --channels RGB|BGR    the order of the input's channels\n"
    "  --scale 1|255         the value of white, before the mean is subtracted\n"
    "  --mean \"A B C\"        the means, in the order of the channels\n"
    "  --std \"A B C\"         what the difference is divided by, in the same order\n"
    "  --half                write float16: half the size, and as good for painting\n"
    "\n"
    "The exit status is 0 only if everything went well.\n";

static int complain(const char *message)
{
    fprintf(stderr, "neural-style-weights: %s\n", message);
    return EXIT_FAILURE;
}

typedef NstStatus (*Command)(char **file, const ImportOptions *options, GString *said, NstError *error);

static NstStatus import_command(char **file, const ImportOptions *options, GString *said, NstError *error)
{
    return import_file(file[0], file[1], options, said, error);
}

static NstStatus info_command(char **file, const ImportOptions *options, GString *said, NstError *error)
{
    (void)options;
    return import_describe(file[0], said, error);
}

static NstStatus verify_command(char **file, const ImportOptions *options, GString *said, NstError *error)
{
    (void)options;
    return import_verify(file[0], said, error);
}

static const struct {
    const char *name;
    int files;
    bool options;
    Command run;
} commands[] = {{"import", 2, true, import_command},
                {"info", 1, false, info_command},
                {"verify", 1, false, verify_command}};

/* Reads the options, and collects the other words. Returns what is wrong, or NULL. any: whether there are
 * options. */
static const char *parse(int argc, char **argv, ImportOptions *options, char *word[3], int *words, bool *any)
{
    const struct {
        const char *name;
        const char **value;
    } wishes[] = {{"--channels", &options->wishes.channels},
                  {"--scale", &options->wishes.scale},
                  {"--mean", &options->wishes.mean},
                  {"--std", &options->wishes.std}};
    for (int i = 1; i < argc; i++) {
        const char **value = NULL;
        for (size_t k = 0; k < G_N_ELEMENTS(wishes); k++)
            if (strcmp(argv[i], wishes[k].name) == 0)
                value = wishes[k].value;
        *any = *any || value || strcmp(argv[i], "--half") == 0;
        if (value && i + 1 == argc)
            return "an option lacks its value; --help lists the options";
        if (value)
            *value = argv[++i];
        else if (strcmp(argv[i], "--half") == 0)
            options->half = true;
        else if (strncmp(argv[i], "--", 2) == 0)
            return "there is no such option; --help lists the options";
        else if (*words == 3)
            return "too many files; --help shows the usage";
        else
            word[(*words)++] = argv[i];
    }
    return NULL;
}

/* What is printed if that is all that is asked for; NULL: it isn't. */
static const char *answer_to(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return usage;
    return argc == 2 && strcmp(argv[1], "--version") == 0 ? "neural-style-weights " NST_VERSION "\n" : NULL;
}

static bool print(const char *text)
{
    return fputs(text, stdout) >= 0 && fflush(stdout) == 0;
}

static int run(Command command, char **file, const ImportOptions *options)
{
    NstError error = {0};
    GString *said = g_string_new(NULL);
    NstStatus status = command(file, options, said, &error);
    bool printed = print(said->str);
    g_string_free(said, TRUE);
    if (status != NST_OK)
        return complain(error.message);
    return printed ? EXIT_SUCCESS : complain("the output can't be written");
}

int main(int argc, char **argv)
{
    ImportOptions options = {0};
    char *word[3];
    int words = 0;
    bool any = false;
    setlocale(LC_CTYPE, "");
    const char *answer = answer_to(argc, argv);
    if (answer)
        return print(answer) ? EXIT_SUCCESS : EXIT_FAILURE;
    const char *wrong = parse(argc, argv, &options, word, &words, &any);
    if (wrong)
        return complain(wrong);
    for (size_t i = 0; i < G_N_ELEMENTS(commands) && words > 0; i++)
        if (strcmp(word[0], commands[i].name) == 0 && words == 1 + commands[i].files &&
            (commands[i].options || !any))
            return run(commands[i].run, word + 1, &options);
    return complain(
        "name a command and its files: import FILE OUT, info FILE or verify FILE; --help says more");
}
