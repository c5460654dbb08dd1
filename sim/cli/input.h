/* What commands read: the scenario with its overrides, and what was observed. */
#ifndef NEOBAY_CLI_INPUT_H
#define NEOBAY_CLI_INPUT_H

#include "cli/options.h"
#include "store/observed.h"

struct input {
    struct scenario *scenario;
    struct observed observed; /* empty where the scenario names no such file */
};

/* Reads what the call names; on failure all faults are reported and nothing is left to clear. */
bool input_read(struct input *input, const struct call *call, struct faults *faults);
void input_clear(struct input *input);

/* The text that the scenario gives for a field of `about`; "" if none. */
const char *input_about(const struct scenario *scenario, const char *name);

#endif
