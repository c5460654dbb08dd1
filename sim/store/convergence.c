#include "store/convergence.h"

#include "stats/sequence.h"
#include "store/columns.h"

#include <stdlib.h>

/* Enough for 10^7 replicates, and one more for all of them. */
enum { MOST_LOOKS = 320 };

static const double alpha = 0.05;

bool convergence_init(struct convergence *convergence, const struct scenario *scenario,
                      struct faults *faults)
{
    const size_t *count = scenario->centre.count;
    size_t targets = count[SECTION_TARGETS] + count[SECTION_JOINT_TARGETS];
    *convergence = (struct convergence){.scenario = scenario, .targets = targets, .next = 1};
    convergence->met = calloc(targets + 1, sizeof *convergence->met);
    convergence->at_look = calloc(MOST_LOOKS * (1 + targets), sizeof *convergence->at_look);
    return (convergence->met != NULL && convergence->at_look != NULL) ||
           fault_memory(faults, "watching the odds settle");
}

void convergence_clear(struct convergence *convergence)
{
    free(convergence->met);
    free(convergence->at_look);
    *convergence = (struct convergence){0};
}

static void look(struct convergence *convergence)
{
    uint64_t *row = convergence->at_look + convergence->looks++ * (1 + convergence->targets);
    uint64_t step = convergence->replicates / 20;
    row[0] = convergence->replicates;
    for (size_t t = 0; t < convergence->targets; t++)
        row[1 + t] = convergence->met[t];
    convergence->next = convergence->replicates + (step > 1 ? step : 1);
}

void convergence_add(struct convergence *convergence, const struct outcome *outcome)
{
    uint64_t met = targets_met(&convergence->scenario->centre, outcome->target_value);
    for (size_t t = 0; t < convergence->targets; t++)
        convergence->met[t] += met >> t & 1;
    convergence->replicates++;
    if (convergence->replicates == convergence->next && convergence->looks + 1 < MOST_LOOKS)
        look(convergence);
}

static void write_row(struct csv *csv, const char *target, uint64_t replicates, uint64_t met)
{
    struct interval interval = sequence_interval(met, replicates, alpha);
    convergence_cells(csv,
                      &(struct convergence_row){.target = target,
                                                .replicates = replicates,
                                                .met = met,
                                                .probability = (double)met / (double)replicates,
                                                .low95 = interval.low,
                                                .high95 = interval.high});
    csv_end_row(csv);
}

void convergence_write(const struct convergence *convergence, struct csv *csv)
{
    csv_header(csv, CSV_CONVERGENCE);
    csv_end_row(csv);
    for (size_t t = 0; t < convergence->targets; t++) {
        const char *target = panel_target_name(convergence->scenario, t);
        uint64_t last = 0;
        for (size_t i = 0; i < convergence->looks; i++) {
            const uint64_t *row = convergence->at_look + i * (1 + convergence->targets);
            write_row(csv, target, last = row[0], row[1 + t]);
        }
        if (last < convergence->replicates)
            write_row(csv, target, convergence->replicates, convergence->met[t]);
    }
}

void convergence_put(struct text *out, const struct convergence *convergence)
{
    bytes_put(out, convergence->replicates);
    bytes_put(out, convergence->next);
    bytes_put_counts(out, convergence->met, convergence->targets);
    bytes_put(out, convergence->looks);
    bytes_put_counts(out, convergence->at_look, convergence->looks * (1 + convergence->targets));
}

void convergence_take(struct bytes_reader *reader, struct convergence *convergence)
{
    convergence->replicates = bytes_take_most(reader, UINT32_MAX);
    convergence->next = bytes_take_most(reader, UINT32_MAX);
    bytes_take_counts(reader, convergence->met, convergence->targets);
    convergence->looks = (size_t)bytes_take_most(reader, MOST_LOOKS - 1);
    bytes_take_counts(reader, convergence->at_look,
                      convergence->looks * (1 + convergence->targets));
}
