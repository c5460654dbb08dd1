/* The Makefile hands both to this file alone, so that a commit recompiles nothing else. */
#include "store/version.h"

const char neobay_version[] = NEOBAY_VERSION;
const char neobay_commit[] = NEOBAY_COMMIT;
