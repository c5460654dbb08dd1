/* Ctrl-C, SIGTERM and SIGHUP ask a run to stop; it then clears up and says what was kept. */
#ifndef NEOBAY_CLI_STOP_H
#define NEOBAY_CLI_STOP_H

/* From now on those signals only leave a mark, and a file over a size limit (SIGXFSZ) is a fault
 * of writing like any other. */
void stop_on_signals(void);

/* The signal that asked for a stop, or 0. */
int stop_signal(void);

#endif
