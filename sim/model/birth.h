/* Births: what a firm is given once, whatever it comes from.
 *
 * Log output is normal around the group's median; R&D share lognormal, technical and revenue
 * shares logit-normal (attributes.*); score noise and quality standard normal (a startup has its
 * project's quality); age exponential. All are drawn at the firm's own address, so a firm is the
 * same in every scenario, whenever it is let in.
 */
#ifndef NEOBAY_MODEL_BIRTH_H
#define NEOBAY_MODEL_BIRTH_H

#include "base/fault.h"
#include "model/kernels/kernels.h"

struct district;

/* A group of newborn: the fields that incumbents and arrivals share. */
struct birth_group {
    double output_median_myuan, output_sigma, mean_age_years, funded_share;
    enum stage funded_stage;
    const struct draw_mix *sectors;
    const struct draw_mix *zones; /* NULL: all in `zone` */
    size_t zone;
};

/* What all newborn of a month have in common, in the shape that groups complete: to be called when
 * the month's numbers are known. */
void birth_attributes(struct district *district);

/* Completes the startups in rows [first, count): agent, origin, quality and kind are set. */
void birth_of_startups(struct district *district, size_t first);

/* Appends `count` members of a group, of ranks 0, 1, … of `origin` in `month` (MONTH_NEVER: there
 * from the start). */
bool birth_of_group(struct district *district, const struct birth_group *group, uint32_t origin,
                    int month, size_t count, struct faults *faults);

#endif
