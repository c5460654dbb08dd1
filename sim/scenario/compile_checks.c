#include "scenario/compile.h"

#include "scenario/layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct leaf *leaf_of(const struct compiler *compiler, enum section_id section,
                                  size_t instance, const char *field)
{
    const struct field *row = section_field(&schema()[section], field);
    ASSERT(row != NULL);
    return &compiler->scenario->leaf[layout_scalar(compiler->scenario->centre.count, section,
                                                   instance, field_slot(row))];
}

static double value_of(const struct compiler *compiler, const struct leaf *leaf)
{
    return compiler->scenario->centre.value[leaf - compiler->scenario->leaf];
}

/* Whether the clock runs forward; false too where an end of it is not known. */
static bool check_clock(struct compiler *compiler)
{
    const struct clock_params *clock = compiler->scenario->centre.clock;
    char start[TEXT_MONTH_BYTES], end[TEXT_MONTH_BYTES];
    if (clock->end < clock->start)
        fault_input(compiler->faults, leaf_of(compiler, SECTION_CLOCK, 0, "end")->at,
                    "clock.end = %s lies before clock.start = %s", text_month(end, (int)clock->end),
                    text_month(start, (int)clock->start));
    return clock->end >= clock->start;
}

static void check_in_clock(struct compiler *compiler, enum section_id section, const char *field)
{
    const struct params *centre = &compiler->scenario->centre;
    char start[TEXT_MONTH_BYTES], end[TEXT_MONTH_BYTES], month[TEXT_MONTH_BYTES];
    for (size_t i = 0; i < centre->count[section]; i++) {
        const struct leaf *leaf = leaf_of(compiler, section, i, field);
        double value = value_of(compiler, leaf);
        bool given = !isnan(value) && value != MONTH_NEVER;
        if (given && (value < centre->clock->start || value > centre->clock->end))
            fault_input(compiler->faults, leaf->at, "%s = %s lies outside the clock, %s to %s",
                        leaf->path, text_month(month, (int)value),
                        text_month(start, (int)centre->clock->start),
                        text_month(end, (int)centre->clock->end));
    }
}

/* Reports where `early` of an instance lies after its `late`; for dates and numbers alike. */
static void check_order(struct compiler *compiler, enum section_id section, size_t instance,
                        const char *early, const char *late)
{
    const struct leaf *low = leaf_of(compiler, section, instance, early);
    const struct leaf *high = leaf_of(compiler, section, instance, late);
    double a = value_of(compiler, low), b = value_of(compiler, high);
    if (!(a > b))
        return;
    char number[2][TEXT_NUMBER_BYTES], month[2][TEXT_MONTH_BYTES];
    bool dates = low->field->kind == FIELD_MONTH;
    fault_input(compiler->faults, low->at.line > 0 ? low->at : high->at,
                "%s = %s lies above %s = %s", low->path,
                dates ? text_month(month[0], (int)a) : text_number(number[0], a), high->path,
                dates ? text_month(month[1], (int)b) : text_number(number[1], b));
}

static void check_dimension(struct compiler *compiler, size_t target)
{
    const struct leaf *leaf = leaf_of(compiler, SECTION_TARGETS, target, "indicator");
    double id = value_of(compiler, leaf);
    if (!isnan(id) && indicators[(size_t)id].dimension != INDICATOR_NONE)
        fault_input(compiler->faults, leaf->at,
                    "%s = %s is many series; a target needs a single one", leaf->path,
                    indicators[(size_t)id].name);
}

/* A stock is what it is at a date. */
static void check_since(struct compiler *compiler, size_t target)
{
    const struct target_params *values = &compiler->scenario->centre.targets[target];
    const struct leaf *since = leaf_of(compiler, SECTION_TARGETS, target, "since");
    if (isnan(values->indicator) || isnan(values->since) || values->since == MONTH_NEVER ||
        indicators[(size_t)values->indicator].kind == INDICATOR_FLOW)
        return;
    fault_input(compiler->faults, since->at,
                "%s sums what happens month by month, but %s is a state at the date; leave it out",
                since->path, indicators[(size_t)values->indicator].name);
}

/* Growth over twelve months has no value before there are twelve. */
static void check_growth(struct compiler *compiler, size_t target)
{
    const struct target_params *values = &compiler->scenario->centre.targets[target];
    const struct leaf *date = leaf_of(compiler, SECTION_TARGETS, target, "date");
    double first = compiler->scenario->centre.clock->start + 11.0;
    char month[2][TEXT_MONTH_BYTES];
    if (isnan(values->indicator) || isnan(first) || !(values->date < first) ||
        (enum indicator_id)values->indicator != INDICATOR_OUTPUT_GROWTH)
        return;
    fault_input(compiler->faults, date->at,
                "%s = %s lies in the clock's first year, in which output_growth has no value; "
                "the first month that has one is %s",
                date->path, text_month(month[0], (int)values->date),
                text_month(month[1], (int)first));
}

static void check_target(struct compiler *compiler, size_t target)
{
    const struct target_params *values = &compiler->scenario->centre.targets[target];
    const struct node *node = compiler->instance[SECTION_TARGETS][target];
    check_dimension(compiler, target);
    check_since(compiler, target);
    check_growth(compiler, target);
    check_order(compiler, SECTION_TARGETS, target, "since", "date");
    if (isinf(values->at_least) && isinf(values->at_most) && node != NULL)
        fault_input(compiler->faults, node->key_at, "targets.%s gives neither at_least nor at_most",
                    compiler->scenario->name[SECTION_TARGETS][target]);
    else
        check_order(compiler, SECTION_TARGETS, target, "at_least", "at_most");
}

/* A review draws a line from its start to the date of its target. */
static void check_review(struct compiler *compiler, size_t review)
{
    const struct params *centre = &compiler->scenario->centre;
    const struct leaf *start = leaf_of(compiler, SECTION_REVIEWS, review, "start");
    double target = centre->reviews[review].target;
    if (isnan(target) || !(centre->reviews[review].start >= centre->targets[(size_t)target].date))
        return;
    char from[TEXT_MONTH_BYTES], to[TEXT_MONTH_BYTES];
    fault_input(compiler->faults, start->at, "%s = %s does not lie before its target's date, %s",
                start->path, text_month(from, (int)centre->reviews[review].start),
                text_month(to, (int)centre->targets[(size_t)target].date));
}

/* Two numbers of one hash would share their luck. One pair is told: its cure may cure others. */
static bool check_hashes(struct compiler *compiler)
{
    const struct scenario *scenario = compiler->scenario;
    size_t places = 1;
    while (places < 2 * scenario->leaf_count)
        places *= 2;
    size_t *taken = calloc(places, sizeof *taken); /* 1 + the leaf there, by hash, or 0 */
    if (taken == NULL)
        return fault_memory(compiler->faults, "reading the scenario");
    for (size_t i = 0; i < scenario->leaf_count; i++) {
        const struct leaf *leaf = &scenario->leaf[i];
        size_t at = leaf->hash % places;
        while (taken[at] != 0 && scenario->leaf[taken[at] - 1].hash != leaf->hash)
            at = (at + 1) % places;
        if (taken[at] != 0) {
            fault_input(compiler->faults, leaf->at.line > 0 ? leaf->at : compiler->start,
                        "%s and %s have the same hash, and would share their luck; rename one",
                        scenario->leaf[taken[at] - 1].path, leaf->path);
            break;
        }
        taken[at] = i + 1;
    }
    free(taken);
    return true;
}

bool compile_checks(struct compiler *compiler)
{
    const size_t *count = compiler->scenario->centre.count;
    if (check_clock(compiler)) {
        check_in_clock(compiler, SECTION_TARGETS, "date");
        check_in_clock(compiler, SECTION_TARGETS, "since");
        check_in_clock(compiler, SECTION_SHOCKS, "start");
        check_in_clock(compiler, SECTION_REVIEWS, "start");
    }
    for (size_t i = 0; i < count[SECTION_TARGETS]; i++)
        check_target(compiler, i);
    for (size_t i = 0; i < count[SECTION_REVIEWS]; i++)
        check_review(compiler, i);
    check_order(compiler, SECTION_VOLATILITY, 0, "lowest", "highest");
    check_order(compiler, SECTION_CERTIFICATE, 0, "small_output_myuan", "large_output_myuan");
    return check_hashes(compiler);
}
