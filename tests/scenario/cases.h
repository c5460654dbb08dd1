/* Tables of bad input, each with the exact messages that it earns. */
#ifndef NEOBAY_TESTS_SCENARIO_CASES_H
#define NEOBAY_TESTS_SCENARIO_CASES_H

/* `given` is the text of bad.yaml, or an override of base.yaml (the fixture); `told` all messages,
 * a line each. A row of NULL ends a table. */
struct fault_case {
    const char *name, *given, *told;
};

extern const struct fault_case value_cases[];    /* what is written is wrong */
extern const struct fault_case file_cases[];     /* it cannot even be read */
extern const struct fault_case override_cases[]; /* --set */

#endif
