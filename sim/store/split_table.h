/* Chance told from ignorance, as rows of split.csv (see stats/split.h). */
#ifndef NEOBAY_STORE_SPLIT_TABLE_H
#define NEOBAY_STORE_SPLIT_TABLE_H

#include "engine/bands.h"
#include "store/columns.h"

/* A target, joint ones after the others. */
struct split_row split_table_target(const struct summary *summary, const struct bands *bands,
                                    size_t target);

/* Writes the whole file: all targets, then all columns of the panel at the clock's end. */
void split_table_write(struct csv *csv, const struct summary *summary, const struct bands *bands);

#endif
