/* The plain program's births: sources, projects, arrivals and incumbents. */
#include "bench/plain.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

static int pick(struct plain *plain, const double *share, int count)
{
    double sum = 0, u;
    for (int i = 0; i < count; i++)
        sum += share[i];
    u = gsl_rng_uniform(plain->rng) * sum;
    for (int i = 0; i < count - 1; i++) {
        if (u < share[i])
            return i;
        u -= share[i];
    }
    return count - 1;
}

static const double *mix(const struct plain *plain, enum section_id section, size_t row,
                         size_t slot)
{
    return plain->now.value + scenario_mix(plain->scenario, section, row, slot);
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

static double logit(double share)
{
    return log(share / (1 - share));
}

static void add_project(struct plain_projects *projects, double work, double quality, int sector)
{
    if (projects->count == projects->capacity) {
        projects->capacity = 2 * projects->capacity + 100;
        projects->project =
            realloc(projects->project, (size_t)projects->capacity * sizeof *projects->project);
    }
    projects->project[projects->count++] = (struct plain_project){work, quality, sector};
}

/* A firm with what all firms are born with. */
static struct plain_firm born(struct plain *plain, double median, double sigma, double quality)
{
    const struct attributes_params *a = plain->now.attributes;
    gsl_rng *rng = plain->rng;
    double b = plain->raise_quality;
    struct plain_firm firm = {
        .log_output = log(median) + gsl_ran_gaussian(rng, sigma),
        .quality = quality,
        .volatility = gsl_ran_exponential(rng, 1),
        .raise_factor = exp(b * quality - b * b / 2),
        .rd_share = gsl_ran_lognormal(rng, log(a->rd_share_median), a->rd_share_sigma),
        .technical_share = logistic(logit(a->technical_share_median) +
                                    gsl_ran_gaussian(rng, a->technical_share_sigma)),
        .revenue_share = logistic(logit(a->revenue_share_median) +
                                  gsl_ran_gaussian(rng, a->revenue_share_sigma)),
        .score_noise = gsl_ran_gaussian(rng, 1),
        .born = plain->month,
        .certified_until = MONTH_NEVER,
    };
    firm.output = exp(firm.log_output);
    return firm;
}

static void add_firm(struct plain *plain, const struct plain_firm *firm)
{
    if (plain->firms == plain->capacity) {
        plain->capacity = 2 * plain->capacity + 100;
        plain->firm = realloc(plain->firm, (size_t)plain->capacity * sizeof *plain->firm);
    }
    plain->firm[plain->firms++] = *firm;
    plain->in_zone[firm->zone]++;
    plain->in_sector[firm->sector]++;
}

/* A member of a group, with the fields that incumbents and arrivals share. */
#define GROUP_MEMBER(plain, group, sectors)                                                        \
    member(plain, (group)->output_median_myuan, (group)->output_sigma, (group)->mean_age_years,    \
           (group)->funded_share, (int)(group)->funded_stage, sectors)

static struct plain_firm member(struct plain *plain, double median, double sigma, double mean_age,
                                double funded_share, int funded_stage, const double *sectors)
{
    struct plain_firm firm = born(plain, median, sigma, gsl_ran_gaussian(plain->rng, 1));
    firm.sector = pick(plain, sectors, plain->sectors);
    firm.born -= (int)fmin(1200, 12 * gsl_ran_exponential(plain->rng, mean_age));
    if (gsl_rng_uniform(plain->rng) < funded_share)
        firm.stage = funded_stage;
    if (firm.stage != STAGE_SELF && firm.stage != STAGE_LISTED) {
        const struct round_params *round = &plain->now.rounds[firm.stage - 1];
        firm.value = round->ticket_myuan / round->dilution *
                     exp(gsl_ran_gaussian(plain->rng, round->value_sigma));
    }
    return firm;
}

void plain_incumbents(struct plain *plain)
{
    for (size_t i = 0; i < plain->now.count[SECTION_INCUMBENTS]; i++) {
        const struct incumbents_params *group = &plain->now.incumbents[i];
        for (long j = lround(group->count); j > 0; j--) {
            struct plain_firm firm =
                GROUP_MEMBER(plain, group, mix(plain, SECTION_INCUMBENTS, i, 0));
            firm.zone = pick(plain, mix(plain, SECTION_INCUMBENTS, i, 1), plain->zones);
            add_firm(plain, &firm);
        }
    }
    int last = plain->month;
    while (last % 12 + 1 != (int)plain->now.certificate->window_month)
        last--;
    for (int past = 2; past >= 0; past--)
        plain_certificate(plain, last - 12 * past);
}

void plain_arrivals(struct plain *plain)
{
    for (size_t i = 0; i < plain->now.count[SECTION_ARRIVALS]; i++) {
        const struct arrivals_params *group = &plain->now.arrivals[i];
        for (unsigned n = gsl_ran_poisson(plain->rng, group->rate_per_year / 12); n > 0; n--) {
            struct plain_firm firm = GROUP_MEMBER(plain, group, mix(plain, SECTION_ARRIVALS, i, 0));
            firm.zone = (int)group->zone;
            double area =
                plain_staff(plain, &firm) * plain->now.sectors[firm.sector].area_per_head_m2;
            if (plain_take_space(plain, firm.zone, area)) {
                add_firm(plain, &firm);
                plain->seen[INDICATOR_ARRIVED]++;
            } else {
                plain->seen[INDICATOR_TURNED_AWAY]++;
                plain->seen[INDICATOR_BOUND_SPACE] = 1;
            }
        }
    }
}

static double work(struct plain *plain, int sector, int stages)
{
    return gsl_ran_gamma(plain->rng, stages, plain->now.sectors[sector].maturation_years / 2);
}

void plain_start_projects(struct plain *plain)
{
    double a = plain->now.discovery->venture_quality;
    for (size_t i = 0; i < plain->now.count[SECTION_SOURCES]; i++)
        for (long n = lround(plain->now.sources[i].projects_at_start); n > 0; n--) {
            int sector = pick(plain, mix(plain, SECTION_SOURCES, i, 0), plain->sectors);
            int stages = gsl_rng_uniform(plain->rng) < 0.5 ? 1 : 2;
            add_project(&plain->incubating, work(plain, sector, stages),
                        a + gsl_ran_gaussian(plain->rng, 1), sector);
        }
}

static void license(struct plain *plain, int sector)
{
    struct plain_firm *firm;
    if (plain->in_sector[sector] == 0)
        return;
    do
        firm = &plain->firm[gsl_rng_uniform_int(plain->rng, (unsigned long)plain->firms)];
    while (firm->sector != sector);
    firm->log_output += plain->now.discovery->licence_gain;
    firm->ip++;
    plain->seen[INDICATOR_LICENCES]++;
}

void plain_sources(struct plain *plain)
{
    double a = plain->now.discovery->venture_quality;
    for (size_t i = 0; i < plain->now.count[SECTION_SOURCES]; i++) {
        const struct source_params *source = &plain->now.sources[i];
        unsigned n = gsl_ran_poisson(plain->rng, source->spending_myuan_per_year *
                                                     source->discovery_rate_per_myuan / 12);
        plain->seen[INDICATOR_DISCOVERIES] += n;
        for (; n > 0; n--) {
            int sector = pick(plain, mix(plain, SECTION_SOURCES, i, 0), plain->sectors);
            double z = gsl_ran_gaussian(plain->rng, 1);
            if (gsl_rng_uniform(plain->rng) < source->venture_share * exp(a * z - a * a / 2)) {
                add_project(&plain->incubating, work(plain, sector, 2), z, sector);
                plain->seen[INDICATOR_VENTURES]++;
            } else if (gsl_rng_uniform(plain->rng) < source->licence_share) {
                license(plain, sector);
            }
        }
    }
}

/* Founds a firm if the landing zone has room for it. */
static bool found(struct plain *plain, const struct plain_project *project)
{
    const struct founding_params *founding = plain->now.founding;
    int zone = (int)plain->now.projects->landing_zone;
    if (!plain_take_space(plain, zone,
                          plain->now.staff->fewest_heads *
                              plain->now.sectors[project->sector].area_per_head_m2)) {
        plain->seen[INDICATOR_BOUND_SPACE] = 1;
        return false;
    }
    struct plain_firm firm =
        born(plain, founding->output_median_myuan, founding->output_sigma, project->quality);
    firm.zone = zone;
    firm.sector = project->sector;
    add_firm(plain, &firm);
    plain->seen[INDICATOR_FOUNDED]++;
    return true;
}

static void serve_waiting(struct plain *plain)
{
    struct plain_projects *waiting = &plain->waiting;
    double leak = 1 - exp(-plain->now.projects->wait_leak_rate_per_year / 12);
    int kept = 0;
    for (int i = 0; i < waiting->count; i++) {
        if (found(plain, &waiting->project[i]))
            continue;
        if (gsl_rng_uniform(plain->rng) < leak)
            plain->seen[INDICATOR_LEAKED]++;
        else
            waiting->project[kept++] = waiting->project[i];
    }
    waiting->count = kept;
}

void plain_projects_step(struct plain *plain)
{
    struct plain_projects *incubating = &plain->incubating;
    double abandon = 1 - exp(-plain->now.projects->abandon_rate_per_year / 12);
    int kept = 0;
    serve_waiting(plain);
    for (int i = 0; i < incubating->count; i++) {
        struct plain_project *project = &incubating->project[i];
        if (gsl_rng_uniform(plain->rng) < abandon) {
            plain->seen[INDICATOR_ABANDONED]++;
            continue;
        }
        project->work -= plain->now.projects->maturation_speed / 12;
        if (project->work > 0)
            incubating->project[kept++] = *project;
        else if (!found(plain, project))
            add_project(&plain->waiting, project->work, project->quality, project->sector);
    }
    incubating->count = kept;
}
