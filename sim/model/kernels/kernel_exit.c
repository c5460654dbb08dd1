/* Hazards of leaving, in lanes (exit.h has the laws), of the candidates alone: their rows lie
 * scattered, so what is needed of them is brought together first. Compiled once for each
 * KERNEL_ISA; the bits are the same. */
#include "math/lanes_math.h"
#include "model/kernels/kernel.h"

/* What the hazards of a vector's firms hang on. */
struct leaver {
    int32_t age_months[LANES], log_output[LANES];
    float quality[LANES], fail[LANES], relocate[LANES]; /* hazards of the zone */
};

/* Candidates from `first` on, as many as there are and fill a vector. */
static struct leaver gather(const struct firms *firms, const struct step_tables *tables, int month,
                            size_t first)
{
    struct leaver of = {0};
    for (size_t j = 0; j < LANES && first + j < firms->candidate_count; j++) {
        size_t row = firms->candidate[first + j];
        int32_t kind = firms->kind[row], age = month - firms->born[row];
        size_t zone = (size_t)tables->zone[kind_place(kind)];
        bool fails = kind_stage(kind) != STAGE_LISTED;
        of.age_months[j] = age > 0 ? age : 0;
        of.log_output[j] = firms->log_output[row];
        of.quality[j] = firms->quality[row];
        of.fail[j] = fails ? (float)tables->fail[zone] : 0.0f;
        of.relocate[j] = (float)tables->relocate[zone];
    }
    return of;
}

void KERNEL(leave)(struct firms *firms, const struct step_tables *tables, int month)
{
    const float hump_per_month = (float)(1.0 / (12.0 * tables->exit_hump_years));
    const float slope = size_slope(tables->exit_size), level = size_level(tables->exit_size);
    const float quality = (float)-tables->exit_quality;
    for (size_t i = 0; i < firms->candidate_count; i += LANES) {
        struct leaver of = gather(firms, tables, month, i);
        lanes ratio = hump_per_month * lanes_from_ints(lanes_load_ints(of.age_months));
        lanes hump = hump_lanes((float)tables->exit_floor, ratio);
        lanes x = lanes_from_ints(lanes_load_ints(of.log_output));
        lanes size = lanes_fma(x, lanes_all(slope), lanes_all(level));
        lanes frailty =
            hump * lanes_exp(lanes_fma(lanes_load(of.quality), lanes_all(quality), size));
        lanes fail = lanes_load(of.fail) * frailty, leave = fail + lanes_load(of.relocate);
        lanes_store(firms->fail_hazard + i, fail);
        lanes_store(firms->leave_hazard + i, leave);
        lanes_store(firms->leave_chance + i, lanes_chance(leave));
    }
}
