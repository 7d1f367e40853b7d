/* signals.h: what becomes of the plug-in when the system asks it to end, by SIGTERM, SIGHUP, SIGINT or
 * SIGQUIT. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGNALS_H
#define SIGNALS_H

/* From now on they end the process at once. A program that is linked with this holds them back from its very
 * beginning until then; what has come meanwhile takes effect. When GIMP's library has been set up; on the
 * main thread. */
void signals_end_process(void);

#endif
