#include "stats/screening.h"

#include <math.h>

enum { BISECTIONS = 100 };

static double chance_of(double spread, double alike, double c)
{
    return fmin(1.0, alike + c * spread);
}

static double sum_of(const double *spread, size_t count, double alike, double c)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += chance_of(spread[i], alike, c);
    return sum;
}

void screening_chances(double *chance, size_t count, double wanted)
{
    double alike = SCREENING_ALIKE * wanted / (double)count, low = 0.0, high = 1.0;
    for (size_t i = 0; i < count; i++)
        chance[i] = sqrt(fmax(0.0, chance[i] * (1.0 - chance[i])));
    /* Where nothing is open at all, c grows without end and nobody minds. */
    for (int i = 0; i < BISECTIONS && sum_of(chance, count, alike, high) < wanted; i++)
        high *= 2.0;
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = 0.5 * (low + high);
        if (!(low < middle && middle < high))
            break;
        *(sum_of(chance, count, alike, middle) < wanted ? &low : &high) = middle;
    }
    for (size_t i = 0; i < count; i++)
        chance[i] = chance_of(chance[i], alike, low);
}

void screening_add(struct screening *screening, double guess, double chance, bool lived, bool met)
{
    double term = guess;
    if (lived)
        term += ((met ? 1.0 : 0.0) - guess) / chance;
    screening->screened++;
    screening->lived += lived;
    screening->met += lived && met;
    screening->count += 1.0;
    double off = term - screening->mean;
    screening->mean += off / screening->count;
    screening->squares += off * (term - screening->mean);
}

void screening_end_round(struct screening *screening)
{
    double n = screening->count;
    screening->rounds += 1.0;
    screening->sum += screening->mean;
    screening->variance += screening->squares / (n - 1.0) / n;
    screening->count = screening->mean = screening->squares = 0.0;
}

/* Wilson's interval for a share of so many trials, whole or not. */
static struct interval wilson(double share, double trials)
{
    const double zz = 1.959963984540054 * 1.959963984540054 / trials;
    double centre = (share + 0.5 * zz) / (1.0 + zz);
    double half = sqrt(zz * (share * (1.0 - share) + 0.25 * zz)) / (1.0 + zz);
    return (struct interval){fmax(0.0, centre - half), fmin(1.0, centre + half)};
}

struct screening_result screening_result(const struct screening *screening)
{
    double p = screening->sum / screening->rounds, held = fmin(1.0, fmax(0.0, p));
    double variance = screening->variance / (screening->rounds * screening->rounds);
    double worth = held * (1.0 - held) / variance,
           seen = SCREENING_ALIKE * (double)screening->lived;
    bool blind = screening->met == 0 || screening->met == screening->lived || !(worth > 0.0);
    struct screening_result result = {
        .probability = p,
        .standard_error = sqrt(variance),
        .interval = {0.0, 1.0},
        .plain_replicates = blind ? seen : worth,
    };
    if (result.plain_replicates > 0.0)
        result.interval = wilson(held, result.plain_replicates);
    return result;
}
