/* learned_write.c: what the learned file says about itself: how to use it, its licence, how to make it
 * again. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learned_write.h"

#include "weights/write/safetensors_write.h"

static SafetensorsPlan *plan_file(const Network *network, const Recipe *recipe)
{
    SafetensorsPlan *plan = safetensors_plan_new(true);
    safetensors_plan_text(plan, "format", "neural-style-vgg16");
    safetensors_plan_text(plan, "channels", "RGB");
    safetensors_plan_text(plan, "scale", "1");
    safetensors_plan_numbers(plan, "mean", network_mean);
    safetensors_plan_numbers(plan, "std", network_std);
    safetensors_plan_text(
        plan, "provenance",
        "Learned by neural-style-learn, layer by layer, by spherical k-means on whitened patches of drawings "
        "that the same program makes; no photograph, painting or other network was used.");
    safetensors_plan_text(plan, "license", "CC0-1.0");
    safetensors_plan_number(plan, "seed", recipe->seed);
    safetensors_plan_number(plan, "pictures", recipe->pictures);
    safetensors_plan_number(plan, "side", recipe->side);
    safetensors_plan_number(plan, "deep_pictures", recipe->deep_pictures);
    safetensors_plan_number(plan, "deep_side", recipe->deep_side);
    safetensors_plan_number(plan, "patches", recipe->patches);
    safetensors_plan_number(plan, "rounds", recipe->rounds);
    safetensors_plan_number(plan, "epsilon", recipe->epsilon);
    safetensors_plan_number(plan, "cut_min", recipe->cut_min);
    safetensors_plan_number(plan, "cut_max", recipe->cut_max);
    safetensors_plan_layers(plan, network->layers);
    return plan;
}

NstStatus learned_write(const char *path, const Network *network, const Recipe *recipe, NstError *error)
{
    SafetensorsPlan *plan = plan_file(network, recipe);
    SafetensorsWriter *writer;
    NstStatus status = safetensors_write_begin(&writer, path, plan, error);
    for (int i = 0; status == NST_OK && i < network->layers; i++) {
        const Vgg16Layer *l = &vgg16_layers[i];
        safetensors_write_values(writer, network->layer[i].weight,
                                 9 * (size_t)l->in_channels * (size_t)l->out_channels);
        safetensors_write_values(writer, network->layer[i].bias, (size_t)l->out_channels);
    }
    if (status == NST_OK)
        status = safetensors_write_end(writer, error);
    safetensors_plan_free(plan);
    return status;
}
