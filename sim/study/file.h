/* Reading a batch file.
 *
 *     title, question: words
 *     base: ../grand-neobay.yaml
 *     set: {policy.delay_months: 6}  what is laid over the base, and over files of a list
 *     scenarios:                     either a list: of files, or of what differs from the base;
 *       plan:
 *       none: ../no-plan.yaml
 *       less: {talent.inflow_per_year: 9000, levers: {founders: {scale: 0.5}}}
 *     vary:                          or axes: any path of a scenario, and `extends` for files
 *       talent.inflow_per_year: {from: 9000, to: 15000, steps: 3}
 *       levers.*.lag_years: [1, 2]
 *       funds.angels.deployment_myuan_per_year: {log: {from: 50, to: 500, steps: 4}}
 *       growth.quality: uncertain     over its distribution in the base; or vary: uncertain, for
 * all extends: [../no-plan.yaml, [../no-plan.yaml, ../shock-downturn.yaml]] design: full or
 * one_at_a_time, latin_hypercube, sobol; the latter with points: 64 reference: plan what a list's
 * scenarios are held against; else its first replicates: 1000 seed: 1
 *
 * Names of files are relative to the batch file.
 */
#ifndef NEOBAY_STUDY_FILE_H
#define NEOBAY_STUDY_FILE_H

#include "study/plan.h"

/* Reads and checks all that can be told without reading a scenario. All faults are reported with
 * file:line:column; on failure the plan is clear. The seed, where `seed` is not NULL, replaces that
 * of the file. */
bool batch_file_read(struct plan *plan, const char *file, const uint64_t *seed,
                     struct faults *faults);

#endif
