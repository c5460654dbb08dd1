/* The plain program's firms, month by month. */
#include "bench/plain.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

static bool happens(struct plain *plain, double hazard)
{
    return hazard > 0 && gsl_rng_uniform(plain->rng) < 1 - exp(-hazard / 12);
}

/* Growth that a zone, a sector, a stage or all have in common. */
struct common {
    double all, *zone, *sector, stage[STAGE_COUNT];
    double *relocate; /* [zone] hazard a year */
};

static void common_of(const struct plain *plain, struct common *common)
{
    const struct params *now = &plain->now;
    const struct growth_params *growth = now->growth;
    common->all = growth->macro_beta * plain->growth -
                  growth->talent_drag * fmax(0, plain->staff / plain->talent - 1);
    for (int zone = 0; zone < plain->zones; zone++) {
        double crowded = fmax(0, plain_occupancy(plain, zone) - 1);
        common->zone[zone] = -growth->crowd_drag * crowded;
        common->relocate[zone] =
            now->relocation->rate_per_year * exp(fmin(10, now->relocation->crowding * crowded));
    }
    for (int sector = 0; sector < plain->sectors; sector++)
        common->sector[sector] = now->sectors[sector].growth_per_year +
                                 growth->spillover * log(1 + plain->in_sector[sector] /
                                                                 growth->spillover_reference_firms);
    common->stage[STAGE_SELF] = 0;
    for (int round = 0; round < ROUND_COUNT; round++)
        common->stage[round + 1] = now->rounds[round].growth_boost_per_year;
    common->stage[STAGE_LISTED] = now->listing->growth_boost_per_year;
}

static void grow(struct plain *plain, const struct common *common, struct plain_firm *firm)
{
    const struct growth_params *growth = plain->now.growth;
    const struct volatility_params *vol = plain->now.volatility;
    double age = (plain->month - firm->born) / 12.0;
    double sigma = vol->at_10_myuan * exp(-vol->size_exponent * (firm->log_output - log(10)));
    sigma = fmin(fmax(sigma, vol->lowest), vol->highest);
    double mu = common->all + common->zone[firm->zone] + common->sector[firm->sector] +
                common->stage[firm->stage] + growth->quality * firm->quality +
                growth->young_per_year * exp(-age / growth->young_years);
    firm->log_output += mu / 12 + gsl_ran_gaussian(plain->rng, sigma * sqrt(firm->volatility / 12));
    firm->output = exp(firm->log_output);
}

/* Whether the firm fails or moves away. */
static bool leaves(struct plain *plain, const struct common *common, const struct plain_firm *firm)
{
    const struct exit_params *exit = plain->now.exit;
    double age = (plain->month - firm->born) / 12.0, ratio = age / exit->hump_years;
    double fail = 0, relocate = common->relocate[firm->zone];
    if (firm->stage != STAGE_LISTED)
        fail = exit->rate_per_year * (exit->floor + ratio * exp(1 - ratio)) *
               exp(-exit->size * (firm->log_output - log(10)) - exit->quality * firm->quality) *
               plain->now.zones[firm->zone].shelter;
    if (!happens(plain, fail + relocate))
        return false;
    if (gsl_rng_uniform(plain->rng) * (fail + relocate) < fail)
        plain->seen[INDICATOR_FAILED]++;
    else
        plain->seen[INDICATOR_RELOCATED]++;
    return true;
}

static void finance(struct plain *plain, struct plain_firm *firm)
{
    const struct listing_params *listing = plain->now.listing;
    if (firm->stage < STAGE_LATE) {
        const struct round_params *round = &plain->now.rounds[firm->stage];
        double cleared = plain->cleared[firm->stage < 2 ? CAPITAL_EARLY : CAPITAL_GROWTH];
        if (happens(plain, round->raise_rate_per_year * firm->raise_factor * cleared)) {
            firm->stage++;
            firm->value = round->ticket_myuan / round->dilution *
                          exp(gsl_ran_gaussian(plain->rng, round->value_sigma));
            plain->seen[INDICATOR_ROUNDS]++;
            plain->seen[INDICATOR_RAISED] += round->ticket_myuan;
        }
    } else if (firm->stage == STAGE_LATE && firm->output >= listing->output_myuan &&
               plain->month - firm->born >= 12.0 * listing->least_age_years &&
               happens(plain, listing->rate_per_year * exp(plain->sentiment))) {
        firm->stage = STAGE_LISTED;
        firm->value = 0;
        plain->seen[INDICATOR_NEWLY_LISTED]++;
    }
}

/* The zone that follows `after` in the chain, above `from`; -1 if there is none. */
static int next_zone(const struct plain *plain, int from, int after)
{
    const struct zone_params *zone = plain->now.zones;
    int next = -1;
    for (int i = 0; i < plain->zones; i++) {
        if (zone[i].chain_rank <= zone[from].chain_rank ||
            zone[i].chain_rank < zone[after].chain_rank)
            continue;
        if (zone[i].chain_rank == zone[after].chain_rank && i <= after)
            continue;
        if (next < 0 || zone[i].chain_rank < zone[next].chain_rank)
            next = i;
    }
    return next;
}

static void graduate(struct plain *plain, struct plain_firm *firm)
{
    const struct zone_params *zone = &plain->now.zones[firm->zone];
    double staff = plain_staff(plain, firm);
    if (zone->chain_rank == 0 || staff < zone->graduate_staff ||
        !happens(plain, zone->graduate_rate_per_year))
        return;
    double area = staff * plain->now.sectors[firm->sector].area_per_head_m2;
    int to = next_zone(plain, firm->zone, firm->zone);
    while (to >= 0 && !plain_take_space(plain, to, area))
        to = next_zone(plain, firm->zone, to);
    if (to < 0)
        return;
    plain->area_used[firm->zone] -= area;
    plain->in_zone[firm->zone]--;
    plain->in_zone[to]++;
    firm->zone = to;
}

static void remove_firm(struct plain *plain, int row)
{
    plain->in_zone[plain->firm[row].zone]--;
    plain->in_sector[plain->firm[row].sector]--;
    plain->firm[row] = plain->firm[--plain->firms];
}

static void keep_raise_factor(struct plain *plain)
{
    double b = plain->now.finance->quality;
    if (b == plain->raise_quality)
        return;
    plain->raise_quality = b;
    for (int i = 0; i < plain->firms; i++)
        plain->firm[i].raise_factor = exp(b * plain->firm[i].quality - b * b / 2);
}

void plain_firms_step(struct plain *plain)
{
    double zone[plain->zones], sector[plain->sectors], relocate[plain->zones];
    struct common common = {.zone = zone, .sector = sector, .relocate = relocate};
    common_of(plain, &common);
    keep_raise_factor(plain);
    for (int i = 0; i < plain->firms;) {
        struct plain_firm *firm = &plain->firm[i];
        if (plain->month % 12 == 0)
            firm->volatility = gsl_ran_exponential(plain->rng, 1);
        grow(plain, &common, firm);
        if (leaves(plain, &common, firm)) {
            remove_firm(plain, i); /* the last one takes its row, and is next */
            continue;
        }
        finance(plain, firm);
        graduate(plain, firm);
        i++;
    }
}

static bool qualifies(const struct plain *plain, const struct plain_firm *firm, int month)
{
    const struct certificate_params *c = plain->now.certificate;
    double least = firm->output < c->small_output_myuan    ? c->rd_share_small
                   : firm->output <= c->large_output_myuan ? c->rd_share_middle
                                                           : c->rd_share_large;
    double score = c->score_base + c->score_quality * firm->quality +
                   c->score_ip * log(1 + firm->ip) + c->score_noise * firm->score_noise;
    return month - firm->born >= c->age_months && firm->ip >= c->ip_count &&
           firm->rd_share >= least && firm->technical_share >= c->technical_share &&
           firm->revenue_share >= c->revenue_share && score >= c->score_pass;
}

void plain_certificate(struct plain *plain, int month)
{
    const struct certificate_params *c = plain->now.certificate;
    if (month % 12 + 1 != (int)c->window_month)
        return;
    for (int i = 0; i < plain->firms; i++) {
        struct plain_firm *firm = &plain->firm[i];
        if (month >= firm->born)
            firm->ip += gsl_ran_poisson(plain->rng,
                                        fmin(20, c->ip_rate_per_head * plain_staff(plain, firm)));
        if (firm->certified_until > month || !qualifies(plain, firm, month))
            continue;
        bool renews = firm->certified_until > month - 12;
        if (gsl_rng_uniform(plain->rng) < (renews ? c->renew_share : c->apply_share))
            firm->certified_until = month + (int)c->valid_months;
    }
}

static void see_firm(struct plain *plain, const struct plain_firm *firm, double *rd)
{
    const struct valuation_params *valuation = plain->now.valuation;
    const struct sector_params *sector = &plain->now.sectors[firm->sector];
    double *seen = plain->seen, staff = plain_staff(plain, firm);
    bool listed = firm->stage == STAGE_LISTED;
    seen[INDICATOR_OUTPUT] += firm->output;
    *rd += firm->output * firm->rd_share;
    seen[INDICATOR_STAFF] += staff;
    plain->area_used[firm->zone] += staff * sector->area_per_head_m2;
    seen[INDICATOR_LISTED] += listed;
    seen[INDICATOR_VALUED] += listed || firm->value >= valuation->valued_myuan;
    seen[INDICATOR_UNICORNS] += firm->value >= valuation->unicorn_myuan;
    if (firm->stage < ROUND_COUNT)
        plain->raise_sum[firm->stage] += firm->raise_factor;
    if (firm->certified_until > plain->month) {
        double worth = firm->output * sector->value_to_output;
        if (listed)
            worth *= valuation->listed_premium;
        seen[INDICATOR_HIGHTECH_FIRMS]++;
        seen[INDICATOR_MARKET_VALUE] += fmax(firm->value, worth);
    }
}

void plain_measure(struct plain *plain)
{
    double rd = 0;
    for (int zone = 0; zone < plain->zones; zone++)
        plain->area_used[zone] = 0;
    for (int round = 0; round < ROUND_COUNT; round++)
        plain->raise_sum[round] = 0;
    for (int i = 0; i < plain->firms; i++)
        see_firm(plain, &plain->firm[i], &rd);
    plain->staff = plain->seen[INDICATOR_STAFF];
    plain->seen[INDICATOR_FIRMS] = plain->firms;
    plain->seen[INDICATOR_RD_INTENSITY] = rd / plain->seen[INDICATOR_OUTPUT];
    plain->agent_steps += (uint64_t)(plain->firms + plain->incubating.count + plain->waiting.count);
}
