#include "model/census.h"

#include "model/district.h"

#include <string.h>

void census_clear(struct district *district)
{
    memset(district->firm_count, 0, district->kinds.count * sizeof *district->firm_count);
    memset(district->raise_weight, 0, sizeof district->raise_weight);
}

void census_add(struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    district->firm_count[firms->kind[row]]++;
    district->raise_weight[kind_stage(firms->kind[row])] += (double)firms->raise_factor[row];
}

void census_remove(struct district *district, size_t row)
{
    const struct firms *firms = &district->firms;
    district->firm_count[firms->kind[row]]--;
    district->raise_weight[kind_stage(firms->kind[row])] -= (double)firms->raise_factor[row];
}

void census_change_kind(struct district *district, size_t row, int32_t kind)
{
    census_remove(district, row);
    district->firms.kind[row] = kind;
    census_add(district, row);
}

void census_weigh(struct district *district)
{
    const struct firms *firms = &district->firms;
    memset(district->raise_weight, 0, sizeof district->raise_weight);
    for (size_t row = 0; row < firms->count; row++)
        district->raise_weight[kind_stage(firms->kind[row])] += (double)firms->raise_factor[row];
}
