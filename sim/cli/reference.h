/* Reference pages from the tables of parameters and indicators. */
#ifndef NEOBAY_CLI_REFERENCE_H
#define NEOBAY_CLI_REFERENCE_H

#include "scenario/indicators.h"
#include "scenario/schema.h"

/* Append all parameters: for the eye, as Markdown, as a JSON Schema of scenario files. */
void reference_params(struct text *out);
void reference_params_markdown(struct text *out);
void reference_json_schema(struct text *out);

/* Append all indicators. */
void reference_indicators(struct text *out);
void reference_indicators_markdown(struct text *out);

enum { REFERENCE_WORD_BYTES = 64 };

/* The standard value of a field in words: "required", "0.07", "self", "none" or "" where there
 * cannot be one. Returns `out`. */
const char *reference_standard(char out[REFERENCE_WORD_BYTES], const struct field *field);

/* The range of a number, "[0, 2]"; "" for what has none. Returns `out`. */
const char *reference_range(char out[REFERENCE_WORD_BYTES], const struct field *field);

#endif
