/* plugin.h: one run of the plug-in, the same in every generation of GIMP. Main thread only. */
#ifndef PLUGIN_H
#define PLUGIN_H

#include "core/settings/settings.h"
#include "style.h"
#include "ui/words.h"
#include "weights_found.h"

#include <stdbool.h>

#define PLUGIN_PROCEDURE   "plug-in-neural-style"
#define PLUGIN_MENU_LABEL  N_("_Neural Style Transfer…")
#define PLUGIN_MENU_PATH   "<Image>/Filters/Artistic"
#define PLUGIN_IMAGE_TYPES "RGB*, GRAY*"
#define PLUGIN_BLURB       N_("Repaint a layer in the style of another")
#define PLUGIN_COPYRIGHT   "GPL-3.0-or-later"
#define PLUGIN_DATE        "2026"

struct PluginCall {
    int image, content; /* the layer to repaint, of that image */
    int style;          /* any open image's layer; -1: the file settings.style_file, or none is chosen yet */
    NstSettings settings;
    StyleFile *style_file; /* keeps that file; for style_file_clear */
    bool unwatched;        /* nobody sees a window: progress goes to standard error */
};

/* Binds the catalogues beside the plug-in. Once, before the first text. */
void plugin_words(void);

/* What the procedure does and takes, for GIMP's procedure browser; the caller frees it with g_free. */
char *plugin_help(void);

/* The paths of the built-in weights and the README, beside the plug-in; the caller frees them with g_free. */
char *plugin_built_in(void);
char *plugin_readme(void);

/* The folder for what is remembered from one session to the next; it may not be there yet. The caller frees
 * its name with g_free. */
char *plugin_memory(void);

/* The weights that the settings mean, for weights_found_clear; and the same settings as core takes them, the
 * file's path in place of its name. */
NstStatus plugin_weights(const NstSettings *settings, WeightsFound *found, NstSettings *resolved,
                         NstError *error);

/* Asks for the style and the settings, beginning at those of `call`. NST_CANCELLED: the user thought better
 * of it. Other failures mean that this content can't be repainted, whatever the answer. */
NstStatus plugin_ask(PluginCall *call, NstError *error);

/* Repaints the content; *layer is the new layer, right above it. On failure the image is as it was: it is
 * not touched before the painting is done. */
NstStatus plugin_run(const PluginCall *call, int *layer, NstError *error);

#endif
