#include "cli/input.h"

const char *input_about(const struct scenario *scenario, const char *name)
{
    const struct field *field = section_field(&schema()[SECTION_ABOUT], name);
    return field == NULL ? "" : scenario->text[SECTION_ABOUT][field_slot(field)];
}

/* The reader of scenarios has made the file's name absolute. */
static bool read_observed(struct input *input, struct faults *faults)
{
    const char *file = input_about(input->scenario, "observed");
    return file[0] == '\0' || observed_load(&input->observed, file, input->scenario, faults);
}

bool input_read(struct input *input, const struct call *call, struct faults *faults)
{
    *input = (struct input){0};
    input->scenario = scenario_load(call->operand, call->overrides, call->override_count, faults);
    bool ok = input->scenario != NULL && read_observed(input, faults);
    if (!ok)
        input_clear(input);
    return ok;
}

void input_clear(struct input *input)
{
    if (input->scenario != NULL)
        scenario_free(input->scenario);
    observed_clear(&input->observed);
    *input = (struct input){0};
}
