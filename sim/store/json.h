/* JSON (RFC 8259), as far as we write and read it. */
#ifndef NEOBAY_STORE_JSON_H
#define NEOBAY_STORE_JSON_H

#include "base/text.h"

/* Appends a string in quotes, escaped. NULL becomes null. */
void json_string(struct text *out, const char *string);

/* Appends a number that reads back exactly; what is not finite becomes null. */
void json_number(struct text *out, double value);

#endif
