#include "model/source.h"

#include "base/memory.h"
#include "math/real.h"
#include "model/district.h"

#include <math.h>
#include <stdlib.h>

/* A source at work: its numbers of the month, looked up once. */
struct bench {
    const struct source_params *source;
    const struct draw_mix *sectors;
    uint32_t origin;
    size_t end; /* its results of the month, and those of the sources before it, end here */
};

static struct bench bench_of(struct district *district, size_t source)
{
    const struct birthplace *here = birthplace_now(district, SECTION_SOURCES, source);
    return (struct bench){&district->now.sources[source], &here->sectors, here->origin, 0};
}

static void columns_clear(struct discoveries *results)
{
    free(results->agent);
    free(results->origin);
    free(results->venture_share);
    free(results->chosen);
    results->agent = results->origin = NULL;
    results->venture_share = NULL;
    results->chosen = NULL;
    results->capacity = 0;
}

static bool discoveries_reserve(struct discoveries *results)
{
    size_t rows = firms_padded(results->count + SUM_LANES); /* kernels work on whole vectors */
    if (rows <= results->capacity)
        return true;
    columns_clear(results);
    results->agent = memory_aligned(rows, sizeof *results->agent);
    results->origin = memory_aligned(rows, sizeof *results->origin);
    results->venture_share = memory_aligned(4 * rows, sizeof *results->venture_share);
    results->chosen = memory_aligned(rows, sizeof *results->chosen);
    if (!results->agent || !results->origin || !results->venture_share || !results->chosen)
        return false;
    results->licence_share = results->venture_share + rows;
    results->sector_draw = results->venture_share + 2 * rows;
    results->quality = results->venture_share + 3 * rows;
    results->capacity = rows;
    return true;
}

void discoveries_clear(struct discoveries *results)
{
    columns_clear(results);
    free(results->bench);
    *results = (struct discoveries){0};
}

/* One project in incubation before the first step. */
static bool start_project(struct district *district, const struct bench *bench, uint32_t rank,
                          struct faults *faults)
{
    struct draw_agent agent = {bench->origin, draw_born(MONTH_NEVER, rank)};
    struct draw_uniforms what =
        draw(&district->stream, agent, draw_when(MONTH_NEVER, PURPOSE_START_PROJECT, 0));
    struct draw_uniforms work =
        draw(&district->stream, agent, draw_when(MONTH_NEVER, PURPOSE_START_PROJECT, 1));
    size_t sector = draw_mix_pick(bench->sectors, what.u[0]);
    double mean = district->now.sectors[sector].maturation_years;
    double second = work.u[2] < 0.5 ? work.u[1] : 1.0;
    double z = real_normal(what.u[1], what.u[2]) + district->now.discovery->venture_quality;
    struct project project = {project_work_years(mean, work.u[0], second), z, (int32_t)sector,
                              agent};
    return projects_add(&district->projects, &project, faults);
}

bool source_start(struct district *district, struct faults *faults)
{
    for (size_t source = 0; source < district->now.count[SECTION_SOURCES]; source++) {
        struct bench bench = bench_of(district, source);
        uint32_t count = (uint32_t)lround(bench.source->projects_at_start);
        for (uint32_t rank = 0; rank < count; rank++)
            if (!start_project(district, &bench, rank, faults))
                return false;
    }
    return true;
}

enum { PICK_TRIES = 64, PICK_HOPES = 2 };

static bool is_of_sector(const struct district *district, size_t row, size_t sector)
{
    uint32_t kind = (uint32_t)district->firms.kind[row]; /* divided as 32 bits: half the time */
    return (kind >> STAGE_BITS) % (uint32_t)district->kinds.sectors == sector;
}

/* The row among four words' that is of the sector, or count. */
static size_t first_of_sector(const struct district *district, size_t sector,
                              const uint32_t word[4])
{
    size_t count = district->firms.count;
    for (size_t i = 0; i < 4; i++) {
        size_t row = (size_t)(draw_uniform(word[i]) * (double)count);
        if (is_of_sector(district, row, sector))
            return row;
    }
    return count;
}

/* A firm of the sector, each as likely: rows drawn until one is of the sector, or the first of the
 * sector if luck runs out; count if there is none, which is asked once some draws have failed. The
 * first words are drawn already. */
static size_t pick_firm(const struct district *district, size_t sector, struct draw_agent agent,
                        const uint32_t first[4])
{
    size_t count = district->firms.count, row = count;
    if (count == 0)
        return count;
    row = first_of_sector(district, sector, first);
    for (uint32_t try = 1; row == count && try < PICK_TRIES; try++) {
        if (try == PICK_HOPES && district_firms_in_sector(district, sector) == 0)
            return count;
        struct philox_words words =
            draw_words(&district->stream, agent, draw_when(district->month, PURPOSE_LICENSEE, try));
        row = first_of_sector(district, sector, words.word);
    }
    for (size_t i = 0; row == count && i < count; i++)
        if (is_of_sector(district, i, sector))
            row = i;
    return row;
}

static void licence(struct district *district, size_t sector, struct draw_agent agent,
                    const uint32_t word[4])
{
    struct firms *firms = &district->firms;
    size_t row = pick_firm(district, sector, agent, word);
    if (row == firms->count)
        return;
    firms->log_output[row] =
        firms_grains(firms_log_output(firms, row) + district->now.discovery->licence_gain);
    firms->ip_count[row] += 1.0f;
    district->flows.licences++;
}

/* A result that becomes a project. */
static bool start_venture(struct district *district, struct draw_agent agent, size_t sector,
                          double quality, const uint32_t word[4], struct faults *faults)
{
    double mean = district->now.sectors[sector].maturation_years;
    double work = project_work_years(mean, draw_uniform(word[0]), draw_uniform(word[1]));
    struct project project = {work, quality, (int32_t)sector, agent};
    district->flows.ventures++;
    return projects_add(&district->projects, &project, faults);
}

/* One result that is not shelved. */
static bool discovery(struct district *district, const struct bench *bench,
                      const struct chosen_result *chosen, struct faults *faults)
{
    const struct discoveries *results = &district->results;
    struct draw_agent agent = {bench->origin, results->agent[chosen->result]};
    size_t sector = draw_mix_pick(bench->sectors, (double)results->sector_draw[chosen->result]);
    if (chosen->venture)
        return start_venture(district, agent, sector, (double)results->quality[chosen->result],
                             chosen->word, faults);
    licence(district, sector, agent, chosen->word);
    return true;
}

/* How many results each source has this month. */
static bool count_results(struct district *district)
{
    struct discoveries *results = &district->results;
    size_t sources = district->now.count[SECTION_SOURCES];
    if (!memory_reserve((void **)&results->bench, &results->bench_capacity, sources,
                        sizeof *results->bench))
        return false;
    results->count = 0;
    for (size_t i = 0; i < sources; i++) {
        struct bench *bench = &results->bench[i];
        *bench = bench_of(district, i);
        struct draw_uniforms chance = draw(&district->stream, (struct draw_agent){bench->origin, 0},
                                           draw_when(district->month, PURPOSE_DISCOVERY_COUNT, 0));
        double mean = bench->source->spending_myuan_per_year *
                      bench->source->discovery_rate_per_myuan * STEP_YEARS;
        results->count += draw_poisson(chance.u[0], mean);
        bench->end = results->count;
    }
    district->flows.discoveries += (double)results->count;
    return discoveries_reserve(results);
}

/* Draws the results of all sources at once: few of them fill a vector. */
static void draw_results(struct district *district)
{
    struct discoveries *results = &district->results;
    for (size_t row = 0, source = 0; source < district->now.count[SECTION_SOURCES]; source++) {
        const struct bench *bench = &results->bench[source];
        for (uint32_t rank = 0; row < bench->end; row++, rank++) {
            results->agent[row] = draw_born(district->month, rank);
            results->origin[row] = bench->origin;
            results->venture_share[row] = (float)bench->source->venture_share;
            results->licence_share[row] = (float)bench->source->licence_share;
        }
    }
    district->kernels->results(results, district->now.discovery->venture_quality, &district->stream,
                               district->month);
}

bool source_step(struct district *district, struct faults *faults)
{
    const struct discoveries *results = &district->results;
    if (!count_results(district))
        return fault_memory(faults, "drawing results");
    draw_results(district);
    const struct bench *bench = results->bench;
    for (size_t i = 0; i < results->chosen_count; i++) {
        while (results->chosen[i].result >= bench->end)
            bench++;
        if (!discovery(district, bench, &results->chosen[i], faults))
            return false;
    }
    return true;
}
