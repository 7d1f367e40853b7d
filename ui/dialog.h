/* dialog.h: asks the user for the settings of one run. Knows GTK and the table of settings; what a layer is,
 * only the host knows (dialog_host.h). */
#ifndef UI_DIALOG_H
#define UI_DIALOG_H

#include "dialog_host.h"

/* Shows the dialog, starting from the layer *content to repaint, from *style and *settings (a style file
 * takes precedence over a style layer), and waits. True: the user pressed OK, and all hold what was
 * chosen. False: the user cancelled, and none has changed. */
bool dialog_run(const DialogHost *host, int *content, int *style, NstSettings *settings);

/* Shows a text beside the settings, replacing the previous one. Main thread only. */
void dialog_tell(Dialog *dialog, const char *text);

#endif
