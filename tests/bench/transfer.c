/* transfer.c: one picture in the style of another through core, without GIMP around it: what the curves of
 * tests/bench/curve.py are made of. Pictures are binary PPM files of 8 bits, which need no library. */
#include "commands.h"

#include "core/nst.h"
#include "measure.h"
#include "scene.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static NstImage read_ppm(const char *path)
{
    NstImage image;
    NstError error = {0};
    int width, height, most;
    FILE *file = fopen(path, "rb");
    if (!file)
        die("%s can't be opened: %s", path, g_strerror(errno));
    if (fscanf(file, "P6 %d %d %d", &width, &height, &most) != 3 || fgetc(file) == EOF || width < 1 ||
        height < 1 || most != 255)
        die("%s is no binary PPM file of 8 bits", path);
    if (nst_image_new(&image, width, height, &error) != NST_OK)
        die("%s", error.message);
    size_t count = nst_image_floats(&image);
    unsigned char *bytes = g_malloc(count);
    if (fread(bytes, 1, count, file) != count)
        die("%s ends early", path);
    for (size_t i = 0; i < count; i++)
        image.rgb[i] = (float)bytes[i] / 255;
    g_free(bytes);
    fclose(file);
    return image;
}

static void write_ppm(const char *path, const NstImage *image)
{
    size_t count = nst_image_floats(image);
    unsigned char *bytes = g_malloc(count);
    for (size_t i = 0; i < count; i++)
        bytes[i] = (unsigned char)(255 * image->rgb[i] + 0.5f);
    FILE *file = fopen(path, "wb");
    if (!file || fprintf(file, "P6\n%d %d\n255\n", image->width, image->height) < 0 ||
        fwrite(bytes, 1, count, file) != count || fclose(file) != 0)
        die("%s can't be written: %s", path, g_strerror(errno));
    g_free(bytes);
}

int transfer(int count, char **arguments)
{
    NstSettings settings;
    NstError error = {0};
    if (count < 3)
        die("transfer takes CONTENT.ppm STYLE.ppm OUT.ppm [SETTING=VALUE...]");
    nst_settings_default(&settings);
    for (int i = 3; i < count; i++)
        if (nst_settings_parse(arguments[i], &settings, &error) != NST_OK)
            die("%s", error.message);
    char *weights = built_in_weights();
    NstImage content = read_ppm(arguments[0]), style = read_ppm(arguments[1]), result;
    NstJob job = {.content = &content, .style = &style, .settings = &settings, .default_weights = weights};
    job.threads = (int)g_get_num_processors();
    double began = seconds_now();
    if (nst_run(&job, &result, &error) != NST_OK)
        die("%s", error.message);
    printf("%.2f\n", seconds_now() - began);
    write_ppm(arguments[2], &result);
    nst_image_free(&result);
    nst_image_free(&content);
    nst_image_free(&style);
    g_free(weights);
    return 0;
}
