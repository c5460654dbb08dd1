/* The tables as reference pages: parameters and indicators for people, and a JSON Schema for
 * editors. All append to `out`; see struct text for what happens when memory runs out. */
#ifndef NEOBAY_SCENARIO_REFERENCE_H
#define NEOBAY_SCENARIO_REFERENCE_H

#include "base/text.h"

/* Each parameter with path, default, unit, range, sentence and source, as plain text. */
void reference_text(struct text *out);

/* The same as a page of Markdown, a table for each section. */
void reference_markdown(struct text *out);

/* A JSON Schema (draft 2020-12) of scenario files. */
void reference_json_schema(struct text *out);

/* Each indicator with unit, kind, dimension and sentence, as plain text. */
void reference_indicators(struct text *out);

/* The pattern of names of zones, sectors, …, and that of months. */
#define REFERENCE_NAME_PATTERN  "^[A-Za-z_][A-Za-z0-9_-]*$"
#define REFERENCE_MONTH_PATTERN "^[0-9]{4}-[0-9]{2}$"

#endif
