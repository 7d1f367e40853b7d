/* signals.h: what becomes of the plug-in when the system asks it to end, by SIGTERM, SIGHUP, SIGINT or
 * SIGQUIT. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGNALS_H
#define SIGNALS_H

/* Holds them back. First in main, while there are no other threads. */
void signals_hold(void);

/* From now on they end the process at once, those too that were held back. When GIMP's library has been set
 * up. */
void signals_end_process(void);

#endif
