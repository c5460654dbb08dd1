/* The table that ranks the axes of a sampled batch. */
#ifndef NEOBAY_CLI_RANKING_REPORT_H
#define NEOBAY_CLI_RANKING_REPORT_H

#include "study/ranking.h"

/* Appends it; nothing where no axis says anything. */
bool ranking_report(struct ledger *ledger, bool colour, struct text *out, struct faults *faults);

#endif
