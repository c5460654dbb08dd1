#include "cli/stop.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t asked;

static void note(int signal_number)
{
    asked = signal_number;
}

/* What somebody has had us ignore, as nohup does, stays ignored. */
static void heed(int signal_number)
{
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART}, before;
    if (sigaction(signal_number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(signal_number, &action, NULL);
}

void stop_on_signals(void)
{
    heed(SIGINT);
    heed(SIGTERM);
    heed(SIGHUP);
    signal(SIGXFSZ, SIG_IGN);
}

int stop_signal(void)
{
    return asked;
}
