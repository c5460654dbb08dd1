/* The life of a firm in words, a line an event. */
#ifndef NEOBAY_CLI_LIFE_WORDS_H
#define NEOBAY_CLI_LIFE_WORDS_H

#include "engine/life.h"

/* Appends an event: month and what happened. */
void life_words_event(const struct scenario *scenario, const struct life_event *event,
                      struct text *out);

/* Appends how a firm stands that is there to the end. */
void life_words_end(const struct scenario *scenario, const struct firm_row *firm, struct text *out);

#endif
