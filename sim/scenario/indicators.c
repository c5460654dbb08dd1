#include "scenario/indicators.h"

const struct indicator indicators[INDICATOR_COUNT] = {
#define INDICATOR_ROW(upper, name, dimension, kind, unit, says)                                    \
    {#name, INDICATOR_##dimension, INDICATOR_##kind, unit, says},
    INDICATOR_TABLE(INDICATOR_ROW)
#undef INDICATOR_ROW
};
