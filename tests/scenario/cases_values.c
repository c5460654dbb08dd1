#include "cases.h"

#include <stddef.h>

const struct fault_case value_cases[] = {
    {"unknown_section",
     "extends: base.yaml\n"
     "exti: {rate_per_year: 0.05}\n",
     "bad.yaml:2:1: exti is not a section; did you mean exit?"},
    {"unknown_field",
     "extends: base.yaml\n"
     "exit:\n"
     "  rate_per_yaer: 0.05\n",
     "bad.yaml:3:3: exit.rate_per_yaer is not a field; did you mean rate_per_year?"},
    {"unknown_field_far",
     "extends: base.yaml\n"
     "exit:\n"
     "  nonsense: 0.05\n",
     "bad.yaml:3:3: exit.nonsense is not a field"},
    {"out_of_range",
     "extends: base.yaml\n"
     "exit:\n"
     "  rate_per_year: 3.2\n",
     "bad.yaml:3:18: exit.rate_per_year = 3.2 is outside [0, 2]; default 0.07"},
    {"out_of_range_without_default",
     "extends: base.yaml\n"
     "zones: {T: {floor_area_m2: -3}}\n",
     "bad.yaml:2:28: zones.T.floor_area_m2 = -3 is outside [0, 1000000000]"},
    {"not_a_number",
     "extends: base.yaml\n"
     "exit: {rate_per_year: 3.2x}\n",
     "bad.yaml:2:23: exit.rate_per_year = 3.2x is not a number, a distribution or a dated "
     "series"},
    {"hexadecimal",
     "extends: base.yaml\n"
     "exit: {rate_per_year: 0x1}\n",
     "bad.yaml:2:23: exit.rate_per_year = 0x1 is not a number, a distribution or a dated "
     "series"},
    {"quoted_number",
     "extends: base.yaml\n"
     "exit: {rate_per_year: '0.2'}\n",
     "bad.yaml:2:23: exit.rate_per_year = \"0.2\" is not a number, a distribution or a "
     "dated series"},
    {"a_list_for_a_number",
     "extends: base.yaml\n"
     "exit: {rate_per_year: [0.1, 0.2]}\n",
     "bad.yaml:2:23: exit.rate_per_year = [0.1, 0.2] is not a number, a distribution or a "
     "dated series"},
    {"null_for_a_number",
     "extends: base.yaml\n"
     "exit: {rate_per_year: }\n",
     "bad.yaml:2:23: exit.rate_per_year is blank; give a number, a distribution or a dated "
     "series, or leave it out"},
    {"not_finite",
     "extends: base.yaml\n"
     "exit: {rate_per_year: .nan, floor: -.inf, size: 1e999, quality: .INF}\n",
     "bad.yaml:2:23: exit.rate_per_year = .nan is not a finite number\n"
     "bad.yaml:2:36: exit.floor = -.inf is not a finite number\n"
     "bad.yaml:2:49: exit.size = 1e999 is not a finite number\n"
     "bad.yaml:2:65: exit.quality = .INF is not a finite number"},
    {"fraction_for_a_whole",
     "extends: base.yaml\n"
     "levers: {shelter: {action: 2.5}}\n",
     "bad.yaml:2:28: levers.shelter.action = 2.5 is not a whole number, neither uncertain "
     "nor dated"},
    {"uncertain_whole",
     "extends: base.yaml\n"
     "levers: {shelter: {action: {uniform: [1, 2]}}}\n",
     "bad.yaml:2:28: levers.shelter.action = {uniform: [1, 2]} is not a whole number, "
     "neither uncertain nor dated"},
    {"dated_whole",
     "extends: base.yaml\n"
     "levers: {shelter: {action: {2021-01: 1}}}\n",
     "bad.yaml:2:28: levers.shelter.action = {2021-01: 1} is not a whole number, neither "
     "uncertain nor dated"},
    {"malformed_month",
     "extends: base.yaml\n"
     "clock: {end: 2022-13}\n",
     "bad.yaml:2:14: clock.end = 2022-13 is not a month such as 2021-01, from 1900-01 to "
     "2200-12"},
    {"malformed_series_month",
     "extends: base.yaml\n"
     "levers: {shelter: {intensity: {2021-01: 0, 2021-1: 1}}}\n",
     "bad.yaml:2:44: levers.shelter.intensity: 2021-1 is not a month such as 2021-01, "
     "from 1900-01 to 2200-12"},
    {"series_falls_back",
     "extends: base.yaml\n"
     "levers: {shelter: {intensity: {2022-03: 0, 2021-07: 1}}}\n",
     "bad.yaml:2:44: levers.shelter.intensity: 2021-07 does not come after 2022-03; dates "
     "must rise"},
    {"series_out_of_range",
     "extends: base.yaml\n"
     "levers: {shelter: {intensity: {2021-03: 0, 2021-07: 1.6}}}\n",
     "bad.yaml:2:53: levers.shelter.intensity at 2021-07 = 1.6 is outside [0, 1.5]; "
     "default 0"},
    {"clock_backwards",
     "extends: base.yaml\n"
     "clock: {start: 2023-02}\n",
     "base.yaml:1:30: clock.end = 2022-12 lies before clock.start = 2023-02"},
    {"beyond_the_clock",
     "extends: base.yaml\n"
     "shocks: {slump: {start: 2023-01, duration_months: 6}}\n"
     "targets: {firms_110: {indicator: founded, date: 2030-12, since: 2020-11}}\n",
     "bad.yaml:2:25: shocks.slump.start = 2023-01 lies outside the clock, 2021-01 to "
     "2022-12\n"
     "bad.yaml:3:49: targets.firms_110.date = 2030-12 lies outside the clock, 2021-01 to "
     "2022-12\n"
     "bad.yaml:3:65: targets.firms_110.since = 2020-11 lies outside the clock, 2021-01 to "
     "2022-12"},
    {"mix_does_not_sum",
     "extends: base.yaml\n"
     "sources: {university: {sector_mix: {ai: 0.5, bio: 0.4}}}\n",
     "bad.yaml:2:36: sources.university.sector_mix sums to 0.9; shares must sum to 1"},
    {"mix_of_strangers",
     "extends: base.yaml\n"
     "sources: {university: {sector_mix: {ai: 0.5, boi: 0.5}}}\n",
     "bad.yaml:2:46: sources.university.sector_mix.boi is not the share of a sector; did "
     "you mean bio?"},
    {"negative_share",
     "extends: base.yaml\n"
     "sources: {university: {sector_mix: {ai: 1.25, bio: -0.25}}}\n",
     "bad.yaml:2:41: sources.university.sector_mix.ai = 1.25 is outside [0, 1]\n"
     "bad.yaml:2:52: sources.university.sector_mix.bio = -0.25 is outside [0, 1]"},
    {"uncertain_share",
     "extends: base.yaml\n"
     "sources: {university: {sector_mix: {ai: {uniform: [0, 1]}, bio: 0.5}}}\n",
     "bad.yaml:2:41: sources.university.sector_mix.ai = {uniform: [0, 1]} is not a number"},
    {"mix_of_wrong_type",
     "extends: base.yaml\n"
     "sources: {university: {sector_mix: ai}}\n",
     "bad.yaml:2:36: sources.university.sector_mix = ai is not a mapping from sectors to "
     "shares"},
    {"names_of_nothing",
     "extends: base.yaml\n"
     "projects: {landing_zone: TT}\n"
     "targets: {firms_110: {indicator: firm}}\n"
     "funds: {angels: {class: erly}}\n"
     "incumbents: {settled: {funded_stage: c}}\n"
     "reviews: {yearly: {target: firms_111, start: 2021-06}}\n"
     "joint_targets: {both: {all_of: [firms_110, firms_100, firms_110]}}\n",
     "bad.yaml:2:26: projects.landing_zone = TT is not the name of a zone; did you mean "
     "T?\n"
     "bad.yaml:3:34: targets.firms_110.indicator = firm is not the name of an indicator; "
     "did you mean firms?\n"
     "bad.yaml:4:25: funds.angels.class = erly is not a class of capital: early or "
     "growth; did you mean early?\n"
     "bad.yaml:5:38: incumbents.settled.funded_stage = c is not a stage: self, seed, a, "
     "b, late or listed; did you mean a?\n"
     "bad.yaml:6:28: reviews.yearly.target = firms_111 is not the name of a target; did "
     "you mean firms_110?\n"
     "bad.yaml:7:44: joint_targets.both.all_of = firms_100 is not the name of a target; "
     "did you mean firms_110?\n"
     "bad.yaml:7:55: joint_targets.both.all_of names firms_110 twice"},
    {"effects_on_nothing",
     "extends: base.yaml\n"
     "levers:\n"
     "  shelter:\n"
     "    multiplies: {exit.rate_per_yaer: 0.1, zones.*.sheltr: 0.1, '*.quality': 0.1}\n",
     "bad.yaml:4:18: levers.shelter.multiplies.exit.rate_per_yaer leads to nothing that "
     "levers can act on; did you mean exit.rate_per_year?\n"
     "bad.yaml:4:43: levers.shelter.multiplies.zones.*.sheltr leads to nothing that "
     "levers can act on; did you mean zones.T.shelter?\n"
     "bad.yaml:4:64: levers.shelter.multiplies.*.quality leads to nothing that levers can "
     "act on"},
    {"effects_on_what_is_fixed",
     "extends: base.yaml\n"
     "levers:\n"
     "  shelter:\n"
     "    adds:\n"
     "      clock.start: 1\n"
     "      zones.T.chain_rank: 1\n"
     "      levers.shelter.intensity: 0.1\n"
     "      zones.O.graduate_staff: 5\n"
     "      levers.*.lag_years: 1\n",
     "bad.yaml:5:7: levers.shelter.adds.clock.start: clock.start cannot be acted on: only "
     "numbers that may be uncertain, and shares, can\n"
     "bad.yaml:6:7: levers.shelter.adds.zones.T.chain_rank: zones.T.chain_rank cannot be "
     "acted on: only numbers that may be uncertain, and shares, can\n"
     "bad.yaml:7:7: levers.shelter.adds.levers.shelter.intensity: "
     "levers.shelter.intensity cannot be acted on: levers act neither on levers nor on their "
     "budget\n"
     "bad.yaml:8:7: levers.shelter.adds.zones.O.graduate_staff: zones.O.graduate_staff "
     "cannot be acted on: it has no limit that could change\n"
     "bad.yaml:9:7: levers.shelter.adds.levers.*.lag_years: levers.shelter.lag_years "
     "cannot be acted on: levers act neither on levers nor on their budget"},
    {"review_of_a_number",
     "extends: base.yaml\n"
     "reviews:\n"
     "  yearly:\n"
     "    target: firms_110\n"
     "    start: 2021-06\n"
     "    adds: {exit.rate_per_year: 0.1}\n",
     "bad.yaml:6:12: reviews.yearly.adds.exit.rate_per_year: exit.rate_per_year cannot be "
     "acted on by a review: only levers.NAME.intensity can"},
    {"review_after_its_target",
     "extends: base.yaml\n"
     "reviews: {yearly: {target: firms_110, start: 2022-12}}\n",
     "bad.yaml:2:46: reviews.yearly.start = 2022-12 does not lie before its target's "
     "date, 2022-12"},
    {"since_of_a_state",
     "extends: base.yaml\n"
     "targets: {firms_110: {since: 2021-11}}\n",
     "bad.yaml:2:30: targets.firms_110.since sums what happens month by month, but firms is a "
     "state at the date; leave it out"},
    {"growth_in_the_first_year",
     "extends: base.yaml\n"
     "targets: {firms_110: {indicator: output_growth, date: 2021-11}}\n",
     "bad.yaml:2:55: targets.firms_110.date = 2021-11 lies in the clock's first year, in which "
     "output_growth has no value; the first month that has one is 2021-12"},
    {"tagged_numbers",
     "extends: base.yaml\n"
     "exit: {rate_per_year: !!float many, hump_years: !!int 2.5}\n",
     "bad.yaml:2:23: !!float many is no number\n"
     "bad.yaml:2:23: exit.rate_per_year = many is not a number, a distribution or a dated "
     "series\n"
     "bad.yaml:2:49: !!int 2.5 is no whole number"},
    {"null_of_nothing",
     "extends: base.yaml\n"
     "valuation: {unicorn_myuan: ~}\n"
     "certificate: {age_months: }\n",
     "bad.yaml:2:28: valuation.unicorn_myuan is null, which removes what an extended file gives; "
     "none gives it\n"
     "bad.yaml:3:27: certificate.age_months is blank; give a number, a distribution or a dated "
     "series, or leave it out"},
    {"effect_of_nothing",
     "extends: base.yaml\n"
     "levers: {shelter: {multiplies: {zones.T.shelter: }}}\n",
     "bad.yaml:2:33: levers.shelter.multiplies.zones.T.shelter is null, which removes "
     "what an extended file gives; none gives it"},
    {"effect_out_of_range",
     "extends: base.yaml\n"
     "levers: {shelter: {multiplies: {zones.T.shelter: -1.5}}}\n",
     "bad.yaml:2:50: levers.shelter.multiplies.zones.T.shelter = -1.5 is outside [-1, 100]"},
    {"effects_as_list",
     "extends: base.yaml\n"
     "levers: {shelter: {adds: [zones.T.shelter]}}\n",
     "bad.yaml:2:26: levers.shelter.adds is not a mapping from paths to amounts"},
    {"unknown_distribution",
     "extends: base.yaml\n"
     "exit: {rate_per_year: {triangle: [0, 1, 2]}}\n",
     "bad.yaml:2:24: exit.rate_per_year: triangle is neither a distribution nor a month"},
    {"arguments_missing",
     "extends: base.yaml\n"
     "exit: {rate_per_year: {triangular: [0, 1]}}\n",
     "bad.yaml:2:36: exit.rate_per_year: triangular takes [lowest, mode, highest]"},
    {"arguments_not_numbers",
     "extends: base.yaml\n"
     "exit: {rate_per_year: {uniform: [0, high]}}\n",
     "bad.yaml:2:37: exit.rate_per_year = high is not a number"},
    {"arguments_out_of_order",
     "extends: base.yaml\n"
     "exit: {rate_per_year: {triangular: [0.3, 0.2, 0.1]}, floor: {uniform: [1, 1]}, "
     "size: {normal: [0, -1]}, quality: {lognormal: [0, 1]}, hump_years: {beta: [0, 2]}}\n",
     "bad.yaml:2:36: exit.rate_per_year: triangular [lowest, mode, highest]: lowest, mode "
     "and highest must rise, and not be all the same\n"
     "bad.yaml:2:71: exit.floor: uniform [lowest, highest]: the lowest must be less than "
     "the highest\n"
     "bad.yaml:2:95: exit.size: normal [mean, sd], cut at 4 sd: the sd must be positive\n"
     "bad.yaml:2:126: exit.quality: lognormal [median, sigma of the log], cut at 4 sigma: "
     "median and sigma must be positive\n"
     "bad.yaml:2:154: exit.hump_years: beta [a, b] on [0, 1], or [a, b, lowest, highest]: "
     "a and b must be positive"},
    {"distribution_out_of_range",
     "extends: base.yaml\n"
     "exit: {rate_per_year: {normal: [0.1, 0.05]}, hump_years: {beta: [2, 2, 1, 60]}}\n",
     "bad.yaml:2:23: exit.rate_per_year = {normal: [0.1, 0.05]} reaches from -0.1 to 0.3, "
     "outside [0, 2]; default 0.07\n"
     "bad.yaml:2:58: exit.hump_years = {beta: [2, 2, 1, 60]} reaches from 1 to 60, "
     "outside [0.1, 50]; default 3"},
    {"rounds_wrong",
     "extends: base.yaml\n"
     "rounds: {c: {ticket_myuan: 5}}\n",
     "bad.yaml:2:10: rounds.c is not a financing round; they are seed, a, b and late"},
    {"round_removed",
     "extends: base.yaml\n"
     "rounds: {b: null}\n",
     "base.yaml:35:1: rounds.b is missing"},
    {"target_without_threshold",
     "extends: base.yaml\n"
     "targets: {open: {indicator: firms, date: 2022-12}}\n",
     "bad.yaml:2:11: targets.open gives neither at_least nor at_most"},
    {"target_contradicts_itself",
     "extends: base.yaml\n"
     "targets: {firms_110: {at_most: 100}}\n",
     "base.yaml:50:58: targets.firms_110.at_least = 110 lies above "
     "targets.firms_110.at_most = 100"},
    {"target_of_many_series",
     "extends: base.yaml\n"
     "targets: {firms_110: {indicator: occupancy}}\n",
     "bad.yaml:2:34: targets.firms_110.indicator = occupancy is many series; a target "
     "needs a single one"},
    {"bad_names",
     "extends: base.yaml\n"
     "zones: {a.b: {floor_area_m2: 1}, 9z: {floor_area_m2: 1}}\n",
     "bad.yaml:2:9: zones.a.b: a name is made of letters, digits, _ and -, and starts "
     "with a letter or _\n"
     "bad.yaml:2:34: zones.9z: a name is made of letters, digits, _ and -, and starts "
     "with a letter or _"},
    {"missing_fields",
     "extends: base.yaml\n"
     "funds: {third: {}}\n",
     "bad.yaml:2:9: funds.third.class is missing; expected a class of capital: early or "
     "growth\n"
     "bad.yaml:2:9: funds.third.deployment_myuan_per_year is missing; expected a number, "
     "a distribution or a dated series"},
    {"nothing_to_remove",
     "extends: base.yaml\n"
     "funds: {third: null}\n",
     "bad.yaml:2:9: funds.third is null, which removes what an extended file gives; none "
     "gives it"},
    {"section_of_wrong_type",
     "extends: base.yaml\n"
     "exit: 5\n"
     "zones: [T, O]\n",
     "bad.yaml:2:7: exit is not a mapping from fields to values\n"
     "bad.yaml:3:8: zones is not a mapping from names to fields"},
    {"instance_of_wrong_type",
     "extends: base.yaml\n"
     "zones: {T: 5}\n",
     "bad.yaml:2:12: zones.T is not a mapping from fields to values"},
    {"text_of_wrong_type",
     "extends: base.yaml\n"
     "about: {title: [a, b]}\n",
     "bad.yaml:2:16: about.title is not text"},
    {"floor_above_ceiling",
     "extends: base.yaml\n"
     "volatility: {lowest: 0.95}\n",
     "bad.yaml:2:22: volatility.lowest = 0.95 lies above volatility.highest = 0.9"},
    {"same_hash",
     "extends: base.yaml\n"
     "funds:\n"
     "  ojictypg: {class: early, deployment_myuan_per_year: 5}\n"
     "  wgyvnsyd: {class: early, deployment_myuan_per_year: 5}\n",
     "bad.yaml:4:21: funds.ojictypg.class and funds.wgyvnsyd.class have the same hash, and would "
     "share their luck; rename one"},
    {NULL, NULL, NULL},
};
