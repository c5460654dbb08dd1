#include "model/event.h"

#include "base/memory.h"
#include "math/real.h"
#include "model/district.h"
#include "model/exit.h"
#include "model/finance.h"
#include "model/graduation.h"

bool event_happens(double hazard, double *u)
{
    if (hazard == 0.0)
        return false;
    double chance = real_chance(hazard);
    bool happens = *u < chance;
    *u = happens ? *u / chance : (*u - chance) / (1.0 - chance);
    return happens;
}

bool event_step(struct district *district, struct faults *faults)
{
    struct firms *firms = &district->firms;
    if (!memory_reserve((void **)&district->leaving, &district->leaving_capacity,
                        firms->candidate_count, sizeof *district->leaving))
        return fault_memory(faults, "deciding events");
    size_t leaving = 0;
    for (size_t i = 0; i < firms->candidate_count; i++) {
        size_t row = firms->candidate[i];
        double rest;
        if (exit_event(district, i, &rest))
            district->leaving[leaving++] = row;
        else
            graduation_event(district, row, finance_event(district, row, rest));
    }
    while (leaving > 0) /* from the last row on, so that no row moved is still to be removed */
        firms_remove(firms, district->leaving[--leaving]);
    return true;
}
