/* One firm in one month, as `--firms` writes it and as tests look at it. */
#ifndef NEOBAY_MODEL_FIRM_ROW_H
#define NEOBAY_MODEL_FIRM_ROW_H

#include "scenario/scenario.h"

enum { FIRM_ORIGIN_BYTES = 256, FIRM_ID_BYTES = FIRM_ORIGIN_BYTES + 32 };

struct firm_row {
    char id[FIRM_ID_BYTES]; /* origin:month of birth:rank, e.g. sources.sjtu:2022-03:1 */
    int month, age_months;
    int zone, sector;
    enum stage stage;
    double output_myuan, staff_heads, quality, value_myuan, rd_share, technical_share,
        revenue_share, ip_count;
    int certified_until; /* first month without, or MONTH_NEVER */
};

#endif
