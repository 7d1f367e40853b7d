/* call_check.h: whether what a call names can be repainted. Main thread only: it asks GIMP. */
#ifndef CALL_CHECK_H
#define CALL_CHECK_H

#include "plugin.h"

#include <gegl.h>

/* What a layer is there for. */
typedef enum CheckRole { CHECK_CONTENT, CHECK_STYLE, CHECK_START } CheckRole;

/* The content alone: what has to hold before the painting and after it. */
NstStatus check_content(const PluginCall *call, NstError *error);

/* The content, and what the selection leaves of it; `area` is in the layer's coordinates. */
NstStatus check_area(const PluginCall *call, GeglRectangle *area, NstError *error);

/* All of the call. */
NstStatus check_call(const PluginCall *call, GeglRectangle *area, NstError *error);

/* "The style layer", for messages. */
const char *check_role(CheckRole role);

/* "The style layer “x”", for messages; the caller frees it with g_free. */
char *check_title(CheckRole role, int layer);

#endif
