/* forecast.c: adds up the large things. Each room says itself what it takes; what is left out (Gram matrices,
 * working space, tables) is small beside them. */
#include "forecast.h"

#include "optimizer.h"

#include <math.h>

/* The scale's copies of the content and of the picture, and the picture it grew out of. */
enum { PICTURES = 3 };

static double content_target_bytes(const ObjectiveSpec *spec, int width, int height)
{
    double floats = 0;
    for (int layer = 0; layer < VGG16_LAYERS; layer++) {
        int block = vgg16_layers[layer].block;
        if (spec->content_weight > 0 && spec->content_layers[layer] > 0)
            floats += (double)(width >> block) * (height >> block) * vgg16_layers[layer].out_channels;
    }
    return floats * sizeof(float);
}

double forecast_bytes(const ObjectiveSpec *spec, NstOptimizer optimizer, const Schedule *schedule,
                      int style_width, int style_height)
{
    int layers = objective_depth(spec);
    int width = schedule->size[schedule->scales - 1].width,
        height = schedule->size[schedule->scales - 1].height;
    double values = 3.0 * width * height;
    double painting = vgg16_pass_bytes(layers, height, width, true) +
                      content_target_bytes(spec, width, height) +
                      optimizer_bytes((OptimizerPlan){optimizer, OPTIMIZER_HISTORY_MAX}, values);
    double style =
        vgg16_pass_bytes(layers, style_height, style_width, false); /* gone before the painting starts */
    return vgg16_kernel_bytes(layers) + PICTURES * values * sizeof(float) + fmax(painting, style);
}
