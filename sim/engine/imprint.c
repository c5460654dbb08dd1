#include "engine/imprint.h"

#include "base/digest.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15), other_odd = UINT64_C(0xD6E8FEB86659FD93);
static const uint64_t nothing = UINT64_C(0x7ff8000000000000), twin_key = UINT64_C(1) << 63;

bool imprint_init(struct imprint *imprint, const struct scenario *scenario,
                  const struct panel_layout *layout, struct faults *faults)
{
    *imprint = (struct imprint){.months = layout->row_count,
                                .columns = layout->column_count,
                                .targets = scenario->centre.count[SECTION_TARGETS],
                                .uncertain = scenario_uncertain_count(scenario)};
    imprint->month = calloc(imprint->months, sizeof *imprint->month);
    imprint->column = calloc(imprint->columns, sizeof *imprint->column);
    return (imprint->month != NULL && imprint->column != NULL) ||
           fault_memory(faults, "setting up digests");
}

void imprint_clear(struct imprint *imprint)
{
    free(imprint->month);
    free(imprint->column);
    *imprint = (struct imprint){0};
}

void imprint_begin(struct imprint *imprint, size_t first)
{
    imprint->first = first;
    imprint->count = 0;
    memset(imprint->replicate, 0, sizeof imprint->replicate);
    memset(imprint->month, 0, imprint->months * sizeof *imprint->month);
    memset(imprint->column, 0, imprint->columns * sizeof *imprint->column);
    imprint->drawn = imprint->reached = imprint->twins = 0;
}

static uint64_t stir(uint64_t word, uint64_t key)
{
    uint64_t stirred = (word ^ key) * other_odd;
    return stirred ^ stirred >> 32;
}

static uint64_t word_of(double value)
{
    uint64_t word;
    memcpy(&word, &value, sizeof word);
    return value == value ? word : nothing;
}

/* The digest of some numbers in a row. */
static uint64_t numbers(const double *value, size_t count, uint64_t key)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += stir(word_of(value[i]), key += odd);
    return sum;
}

static uint64_t panel(struct imprint *imprint, const double *cell, uint64_t key)
{
    uint64_t all = 0;
    for (size_t month = 0; month < imprint->months; month++, cell += imprint->columns) {
        uint64_t sum = 0;
        for (size_t i = 0; i < imprint->columns; i++) {
            uint64_t stirred = stir(word_of(cell[i]), key + i * odd);
            imprint->column[i] += stirred;
            sum += stirred;
        }
        imprint->month[month] += sum;
        all = stir(all, sum);
    }
    return all;
}

static uint64_t reached(const struct imprint *imprint, const struct outcome *outcome, uint64_t key)
{
    uint64_t sum = numbers(outcome->target_value, imprint->targets, key);
    for (size_t i = 0; i < imprint->targets; i++)
        sum += stir((uint64_t)outcome->target_reached[i], key -= odd);
    return sum;
}

static uint64_t all_of(struct imprint *imprint, const struct outcome *outcome, uint64_t key)
{
    uint64_t own = panel(imprint, outcome->panel, key);
    return stir(own, reached(imprint, outcome, key));
}

void imprint_add(struct imprint *imprint, const struct outcome *outcome)
{
    ASSERT(imprint->count < IMPRINT_REPLICATES &&
           outcome->replicate == imprint->first + imprint->count);
    uint64_t key = stir(outcome->replicate, odd);
    uint64_t drawn = numbers(outcome->drawn, imprint->uncertain, key);
    imprint->replicate[imprint->count++] = stir(all_of(imprint, outcome, key), drawn);
    imprint->drawn += drawn;
    imprint->reached += reached(imprint, outcome, key);
    if (outcome->twin != NULL)
        imprint->twins += all_of(imprint, outcome->twin, key ^ twin_key);
}

uint64_t imprint_whole(const struct imprint *imprint)
{
    const uint64_t part[] = {
        imprint->first,
        imprint->count,
        imprint->drawn,
        imprint->reached,
        imprint->twins,
        digest_bytes(imprint->replicate, imprint->count * sizeof *imprint->replicate),
        digest_bytes(imprint->month, imprint->months * sizeof *imprint->month),
        digest_bytes(imprint->column, imprint->columns * sizeof *imprint->column),
    };
    return digest_bytes(part, sizeof part);
}

void imprint_put(struct text *out, const struct imprint *imprint)
{
    bytes_put(out, imprint->first);
    bytes_put(out, imprint->count);
    bytes_put_counts(out, imprint->replicate, imprint->count);
    bytes_put_counts(out, imprint->month, imprint->months);
    bytes_put_counts(out, imprint->column, imprint->columns);
    bytes_put(out, imprint->drawn);
    bytes_put(out, imprint->reached);
    bytes_put(out, imprint->twins);
}

void imprint_take(struct bytes_reader *reader, struct imprint *imprint)
{
    imprint_begin(imprint, (size_t)bytes_take_most(reader, UINT32_MAX));
    imprint->count = (size_t)bytes_take_most(reader, IMPRINT_REPLICATES);
    bytes_take_counts(reader, imprint->replicate, imprint->count);
    bytes_take_counts(reader, imprint->month, imprint->months);
    bytes_take_counts(reader, imprint->column, imprint->columns);
    imprint->drawn = bytes_take_most(reader, UINT64_MAX);
    imprint->reached = bytes_take_most(reader, UINT64_MAX);
    imprint->twins = bytes_take_most(reader, UINT64_MAX);
}
