/* The structs of the parameters, derived from the table.
 *
 * All numbers of a scenario live in one flat array of doubles, so that policy, uncertainty and
 * overrides can speak of any of them by index; the structs below are views into it. Names and
 * dates are numbers too: the index of a zone, the month of a date. Shares (mixes) and effects
 * follow after the structs; see scenario_mix and struct effect.
 */
#ifndef NEOBAY_SCENARIO_PARAMS_H
#define NEOBAY_SCENARIO_PARAMS_H

#include "base/text.h"
#include "scenario/table.h"

#include <stddef.h>

/* Stages of a firm's financing. A round of index r takes a firm from stage r to stage r + 1. */
enum stage { STAGE_SELF, STAGE_SEED, STAGE_A, STAGE_B, STAGE_LATE, STAGE_LISTED, STAGE_COUNT };
enum { ROUND_COUNT = STAGE_LATE };

/* Classes of capital: early finances seed and a, growth finances b and late. */
enum capital_class { CAPITAL_EARLY, CAPITAL_GROWTH, CAPITAL_COUNT };

enum section_id {
#define SECTION_ID(upper, path, one, many, says) SECTION_##upper,
    SECTION_TABLE(SECTION_ID)
#undef SECTION_ID
        SECTION_COUNT
};

/* struct exit_params { double rate_per_year, …; }: the scalar fields in the table's order. */
#define MEMBER_NUMBER(name)    double name;
#define MEMBER_PLAIN(name)     double name;
#define MEMBER_WHOLE(name)     double name;
#define MEMBER_MONTH(name)     double name;
#define MEMBER_ZONE(name)      double name;
#define MEMBER_STAGE(name)     double name;
#define MEMBER_CLASS(name)     double name;
#define MEMBER_INDICATOR(name) double name;
#define MEMBER_TARGET(name)    double name;
#define MEMBER_TARGETS(name)   double name;
#define MEMBER_TEXT(name)
#define MEMBER_ZONE_MIX(name)
#define MEMBER_SECTOR_MIX(name)
#define MEMBER_EFFECTS(name)
#define MEMBER(kind, name, ...) MEMBER_##kind(name)
/* A section without scalar fields still needs a member. */
#define SECTION_STRUCT(upper, path, one, many, says)                                               \
    struct one##_params {                                                                          \
        upper##_FIELDS(MEMBER)                                                                     \
    };
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic" /* about is empty: it holds only text */
SECTION_TABLE(SECTION_STRUCT)
#pragma GCC diagnostic pop
#undef SECTION_STRUCT

/* Views into `value`, one array a section; see params_bind. */
struct params {
    double *value;
    size_t count[SECTION_COUNT];
#define SECTION_VIEW(upper, path, one, many, says) struct one##_params *path;
    SECTION_TABLE(SECTION_VIEW)
#undef SECTION_VIEW
};

#endif
