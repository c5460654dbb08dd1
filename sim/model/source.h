/* Sources: universities, institutes and centres of the C zone.
 *
 * A month's results: n ~ Poisson(spending * discovery_rate * D). Each draws its sector from the
 * source's mix and quality z ~ N(0, 1). It becomes a venture project with probability
 * min(1, venture_share * exp(a z - a^2 / 2)), a = discovery.venture_quality; else it is licensed
 * with probability licence_share to a firm of its sector, whose log output rises by licence_gain
 * and IP by one; else it is shelved.
 */
#ifndef NEOBAY_MODEL_SOURCE_H
#define NEOBAY_MODEL_SOURCE_H

#include "base/fault.h"
#include "model/kernels/kernels.h"

struct district;

void discoveries_clear(struct discoveries *results);

/* Projects in incubation before the first step, as a process long under way leaves them: work of
 * one stage or two, each with probability 1/2; quality N(a, 1), which is what the venture rule
 * makes of N(0, 1) while its probability stays below 1. */
bool source_start(struct district *district, struct faults *faults);

/* One month of results. */
bool source_step(struct district *district, struct faults *faults);

#endif
