/* What this program is: release, and the commit that it was built from. */
#ifndef NEOBAY_STORE_VERSION_H
#define NEOBAY_STORE_VERSION_H

extern const char neobay_version[]; /* 0.1.0 */
extern const char neobay_commit[];  /* as git describes it, or "unknown" */

/* Version of the model's numbers: raised with every line under "Numbers changed" in CHANGELOG.md,
 * so that no store mixes replicates of two. */
enum { NEOBAY_NUMBERS = 3 };

#endif
